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
                "local": "http://127.0.0.1:8000/v1/chat/completions"
              }
            },
            {
              "path": "/v1/completions",
              "method": "POST",
              "upstreams": {
                "local": "http://127.0.0.1:8000/v1/completions"
              }
            },
            {
              "path": "/v1/embeddings",
              "method": "POST",
              "upstreams": {
                "local": "http://127.0.0.1:8000/v1/embeddings"
              }
            },
            {
              "path": "/v1/images/generations",
              "method": "POST",
              "upstreams": {
                "local": "http://127.0.0.1:8000/v1/images/generations"
              }
            },
            {
              "path": "/v1/audio/transcriptions",
              "method": "POST",
              "upstreams": {
                "local": "http://127.0.0.1:8000/v1/audio/transcriptions"
              }
            },
            {
              "path": "/v1/audio/translations",
              "method": "POST",
              "upstreams": {
                "local": "http://127.0.0.1:8000/v1/audio/translations"
              }
            },
            {
              "path": "/v1/moderations",
              "method": "POST",
              "upstreams": {
                "local": "http://127.0.0.1:8000/v1/moderations"
              }
            },
            {
              "path": "/v1/models/*",
              "method": "GET"
            }
          ],
          "endpoints": [
            {
              "name": "local",
              "type": "openai-compatible",
              "url": "http://127.0.0.1:8000",
              "priority": 100,
              "weight": 1,
              "connect_ms": 5000,
              "rate_limit": null,
              "response_header_ms": 600000,
              "stream_idle_ms": 300000,
              "headers": []
            }
          ],
          "models": [
            {
              "name": "llama3",
              "endpoints": ["local"]
            },
            {
              "name": "gpt-4o",
              "endpoints": ["local"]
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
          "clients": [
            {
              "name": "team-a",
              "keys": 1,
              "models": null,
              "routes": null,
              "rate_limit": null
            },
            {
              "name": "team-b",
              "keys": 2,
              "models": ["llama*", "gpt-4o"],
              "routes": ["/v1/chat/completions", "/v1/models*"],
              "rate_limit": {
                "requests_per_minute": 60,
                "burst": 10
              }
            }
          ],
          "cors": {
            "allowed_origins": ["https://app.example.com", "https://*.example.com"],
            "allowed_methods": ["GET", "POST", "OPTIONS"],
            "allowed_headers": ["Authorization", "Content-Type"],
            "exposed_headers": ["X-Olla-Request-ID", "X-Olla-Response-Time", "X-Olla-Endpoint", "X-Olla-Model", "X-Olla-Backend-Type", "Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"],
            "allow_credentials": true,
            "max_age_s": 3600
          },
          "secrets": []
        }
        """
)
