import GatewayRuntime

/// What the binary says of itself; secrets are named and never held.
let manifest = Manifest(
    version: "0.1.0",
    digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000",
    json: """
        {
          "version": "0.1.0",
          "digest": "sha256:0000000000000000000000000000000000000000000000000000000000000000",
          "prefixes": ["/olla/openai-compatible", "/olla/openai"],
          "routes": [
            {
              "path": "/v1/models",
              "method": "GET"
            },
            {
              "path": "/v1/chat/completions",
              "method": "POST",
              "upstreams": {
                "e0": "https://api.example.com/v1/chat/completions",
                "e1": "https://api.example.com/v1/chat/completions",
                "e2": "https://api.example.com/v1/chat/completions"
              }
            },
            {
              "path": "/v1/completions",
              "method": "POST",
              "upstreams": {
                "e0": "https://api.example.com/v1/completions",
                "e1": "https://api.example.com/v1/completions",
                "e2": "https://api.example.com/v1/completions"
              }
            },
            {
              "path": "/v1/embeddings",
              "method": "POST",
              "upstreams": {
                "e0": "https://api.example.com/v1/embeddings",
                "e1": "https://api.example.com/v1/embeddings",
                "e2": "https://api.example.com/v1/embeddings"
              }
            },
            {
              "path": "/v1/images/generations",
              "method": "POST",
              "upstreams": {
                "e0": "https://api.example.com/v1/images/generations",
                "e1": "https://api.example.com/v1/images/generations",
                "e2": "https://api.example.com/v1/images/generations"
              }
            },
            {
              "path": "/v1/audio/transcriptions",
              "method": "POST",
              "upstreams": {
                "e0": "https://api.example.com/v1/audio/transcriptions",
                "e1": "https://api.example.com/v1/audio/transcriptions",
                "e2": "https://api.example.com/v1/audio/transcriptions"
              }
            },
            {
              "path": "/v1/audio/translations",
              "method": "POST",
              "upstreams": {
                "e0": "https://api.example.com/v1/audio/translations",
                "e1": "https://api.example.com/v1/audio/translations",
                "e2": "https://api.example.com/v1/audio/translations"
              }
            },
            {
              "path": "/v1/moderations",
              "method": "POST",
              "upstreams": {
                "e0": "https://api.example.com/v1/moderations",
                "e1": "https://api.example.com/v1/moderations",
                "e2": "https://api.example.com/v1/moderations"
              }
            },
            {
              "path": "/v1/models/*",
              "method": "GET"
            }
          ],
          "endpoints": [
            {
              "name": "e0",
              "type": "openai-compatible",
              "url": "https://api.example.com",
              "priority": 100,
              "weight": 1,
              "connect_ms": 5000,
              "tls_ms": 10000,
              "rate_limit": null,
              "response_header_ms": 600000,
              "stream_idle_ms": 300000,
              "headers": [],
              "tls": {
                "verified": true,
                "roots": "system",
                "server_name": "api.example.com",
                "min_version": "1.2"
              },
              "proxy": "http://proxy.internal:3128",
              "http_version": "1.1"
            },
            {
              "name": "e1",
              "type": "openai-compatible",
              "url": "https://api.example.com",
              "priority": 100,
              "weight": 1,
              "connect_ms": 5000,
              "tls_ms": 10000,
              "rate_limit": null,
              "response_header_ms": 600000,
              "stream_idle_ms": 300000,
              "headers": [],
              "tls": {
                "verified": true,
                "roots": "system",
                "server_name": "api.example.com",
                "min_version": "1.2"
              },
              "proxy": "environment",
              "http_version": "2"
            },
            {
              "name": "e2",
              "type": "openai-compatible",
              "url": "https://api.example.com",
              "priority": 100,
              "weight": 1,
              "connect_ms": 5000,
              "tls_ms": 10000,
              "rate_limit": null,
              "response_header_ms": 600000,
              "stream_idle_ms": 300000,
              "headers": [],
              "tls": {
                "verified": true,
                "roots": "system",
                "server_name": "api.example.com",
                "min_version": "1.2"
              },
              "http_version": "2"
            }
          ],
          "models": [
            {
              "name": "gpt-4o",
              "endpoints": ["e0", "e1", "e2"]
            }
          ],
          "aliases": {},
          "default_model": null,
          "limits": {
            "head_bytes": 65536,
            "fields": 128,
            "target_bytes": 8192,
            "body_bytes": 104857600,
            "repeatable_body_bytes": 1048576,
            "held_body_bytes": 33554432
          },
          "timeouts": {
            "client_header_ms": 10000,
            "client_body_ms": 30000,
            "keep_alive_ms": 75000,
            "upstream_idle_ms": 60000
          },
          "retry": {
            "attempts": 0,
            "on_status": [429, 502, 503, 504],
            "budget_percent": 20,
            "first_event": true
          },
          "drain": {
            "lag_ms": 0,
            "timeout_ms": 300000
          },
          "balance": {
            "by": "least_requests"
          },
          "secrets": ["PROXY_USER", "file:/run/secrets/proxy"]
        }
        """
)
