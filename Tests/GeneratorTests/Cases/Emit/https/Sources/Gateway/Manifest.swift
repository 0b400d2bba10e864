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
                "openai-production": "https://api.openai.com/v1/chat/completions",
                "private": "https://10.0.0.7:8443/v1/chat/completions",
                "sibling": "https://10.0.0.7:8443/v1/chat/completions",
                "lab": "https://lab.internal/v1/chat/completions"
              }
            },
            {
              "path": "/v1/completions",
              "method": "POST",
              "upstreams": {
                "openai-production": "https://api.openai.com/v1/completions",
                "private": "https://10.0.0.7:8443/v1/completions",
                "sibling": "https://10.0.0.7:8443/v1/completions",
                "lab": "https://lab.internal/v1/completions"
              }
            },
            {
              "path": "/v1/embeddings",
              "method": "POST",
              "upstreams": {
                "openai-production": "https://api.openai.com/v1/embeddings",
                "private": "https://10.0.0.7:8443/v1/embeddings",
                "sibling": "https://10.0.0.7:8443/v1/embeddings",
                "lab": "https://lab.internal/v1/embeddings"
              }
            },
            {
              "path": "/v1/images/generations",
              "method": "POST",
              "upstreams": {
                "openai-production": "https://api.openai.com/v1/images/generations",
                "private": "https://10.0.0.7:8443/v1/images/generations",
                "sibling": "https://10.0.0.7:8443/v1/images/generations",
                "lab": "https://lab.internal/v1/images/generations"
              }
            },
            {
              "path": "/v1/audio/transcriptions",
              "method": "POST",
              "upstreams": {
                "openai-production": "https://api.openai.com/v1/audio/transcriptions",
                "private": "https://10.0.0.7:8443/v1/audio/transcriptions",
                "sibling": "https://10.0.0.7:8443/v1/audio/transcriptions",
                "lab": "https://lab.internal/v1/audio/transcriptions"
              }
            },
            {
              "path": "/v1/audio/translations",
              "method": "POST",
              "upstreams": {
                "openai-production": "https://api.openai.com/v1/audio/translations",
                "private": "https://10.0.0.7:8443/v1/audio/translations",
                "sibling": "https://10.0.0.7:8443/v1/audio/translations",
                "lab": "https://lab.internal/v1/audio/translations"
              }
            },
            {
              "path": "/v1/moderations",
              "method": "POST",
              "upstreams": {
                "openai-production": "https://api.openai.com/v1/moderations",
                "private": "https://10.0.0.7:8443/v1/moderations",
                "sibling": "https://10.0.0.7:8443/v1/moderations",
                "lab": "https://lab.internal/v1/moderations"
              }
            },
            {
              "path": "/v1/models/*",
              "method": "GET"
            }
          ],
          "endpoints": [
            {
              "name": "openai-production",
              "type": "openai-compatible",
              "url": "https://api.openai.com",
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
                "server_name": "api.openai.com",
                "min_version": "1.2"
              }
            },
            {
              "name": "private",
              "type": "openai-compatible",
              "url": "https://10.0.0.7:8443",
              "priority": 100,
              "weight": 1,
              "connect_ms": 5000,
              "tls_ms": 3000,
              "rate_limit": null,
              "response_header_ms": 600000,
              "stream_idle_ms": 300000,
              "headers": [],
              "tls": {
                "verified": true,
                "roots": ["CN=Private Root,O=Example"],
                "server_name": "api.internal",
                "min_version": "1.3",
                "client_certificate": "file:/run/secrets/client.pem"
              }
            },
            {
              "name": "sibling",
              "type": "openai-compatible",
              "url": "https://10.0.0.7:8443",
              "priority": 100,
              "weight": 1,
              "connect_ms": 5000,
              "tls_ms": 3000,
              "rate_limit": null,
              "response_header_ms": 600000,
              "stream_idle_ms": 300000,
              "headers": [],
              "tls": {
                "verified": true,
                "roots": ["CN=Private Root,O=Example"],
                "server_name": "api.internal",
                "min_version": "1.3"
              }
            },
            {
              "name": "lab",
              "type": "openai-compatible",
              "url": "https://lab.internal",
              "priority": 100,
              "weight": 1,
              "connect_ms": 5000,
              "tls_ms": 10000,
              "rate_limit": null,
              "response_header_ms": 600000,
              "stream_idle_ms": 300000,
              "headers": [],
              "tls": {
                "verified": false,
                "server_name": "lab.internal",
                "min_version": "1.2"
              }
            }
          ],
          "models": [
            {
              "name": "gpt-4o",
              "endpoints": ["openai-production"]
            },
            {
              "name": "llama3",
              "endpoints": ["private", "sibling"]
            },
            {
              "name": "test",
              "endpoints": ["lab"]
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
          "server_tls": {
            "certificate": "/run/tls/tls.crt",
            "key": "/run/tls/tls.key"
          },
          "secrets": ["file:/run/secrets/client.pem", "CLIENT_KEY"]
        }
        """
)
