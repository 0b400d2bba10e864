import GatewayRuntime

/// What the binary says of itself; secrets are named and never held.
let manifest = Manifest(
    version: "0.1.0",
    digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000",
    json: #"""
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
                "class": "http://127.0.0.1:8000/v1/chat/completions",
                "a-b": "unix:/run/llm.sock:/v1/chat/completions",
                "a.b": "http://[::1]:9000/v1/chat/completions"
              }
            },
            {
              "path": "/v1/completions",
              "method": "POST",
              "upstreams": {
                "class": "http://127.0.0.1:8000/v1/completions",
                "a-b": "unix:/run/llm.sock:/v1/completions",
                "a.b": "http://[::1]:9000/v1/completions"
              }
            },
            {
              "path": "/v1/embeddings",
              "method": "POST",
              "upstreams": {
                "class": "http://127.0.0.1:8000/v1/embeddings",
                "a-b": "unix:/run/llm.sock:/v1/embeddings",
                "a.b": "http://[::1]:9000/v1/embeddings"
              }
            },
            {
              "path": "/v1/images/generations",
              "method": "POST",
              "upstreams": {
                "class": "http://127.0.0.1:8000/v1/images/generations",
                "a-b": "unix:/run/llm.sock:/v1/images/generations",
                "a.b": "http://[::1]:9000/v1/images/generations"
              }
            },
            {
              "path": "/v1/audio/transcriptions",
              "method": "POST",
              "upstreams": {
                "class": "http://127.0.0.1:8000/v1/audio/transcriptions",
                "a-b": "unix:/run/llm.sock:/v1/audio/transcriptions",
                "a.b": "http://[::1]:9000/v1/audio/transcriptions"
              }
            },
            {
              "path": "/v1/audio/translations",
              "method": "POST",
              "upstreams": {
                "class": "http://127.0.0.1:8000/v1/audio/translations",
                "a-b": "unix:/run/llm.sock:/v1/audio/translations",
                "a.b": "http://[::1]:9000/v1/audio/translations"
              }
            },
            {
              "path": "/v1/moderations",
              "method": "POST",
              "upstreams": {
                "class": "http://127.0.0.1:8000/v1/moderations",
                "a-b": "unix:/run/llm.sock:/v1/moderations",
                "a.b": "http://[::1]:9000/v1/moderations"
              }
            },
            {
              "path": "/v1/models/*",
              "method": "GET"
            },
            {
              "path": "/v1/responses",
              "method": "*",
              "upstreams": {
                "class": "http://127.0.0.1:8000/v1/responses",
                "a-b": "unix:/run/llm.sock:/v1/responses",
                "a.b": "http://[::1]:9000/v1/responses"
              }
            }
          ],
          "endpoints": [
            {
              "name": "class",
              "type": "openai-compatible",
              "url": "http://127.0.0.1:8000",
              "priority": 100,
              "weight": 1,
              "connect_ms": 5000,
              "rate_limit": {
                "requests_per_minute": 1200,
                "burst": 50
              },
              "response_header_ms": 600000,
              "stream_idle_ms": 300000,
              "headers": ["Authorization", "X-Basic"]
            },
            {
              "name": "a-b",
              "type": "openai-compatible",
              "url": "unix:/run/llm.sock",
              "priority": 200,
              "weight": 1,
              "connect_ms": 5000,
              "rate_limit": null,
              "response_header_ms": 600000,
              "stream_idle_ms": 300000,
              "headers": []
            },
            {
              "name": "a.b",
              "type": "openai-compatible",
              "url": "http://[::1]:9000",
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
              "endpoints": ["a-b", "class=llama3:8b"]
            },
            {
              "name": "q\"uote",
              "endpoints": ["class"]
            },
            {
              "name": "fast",
              "endpoints": ["a-b=llama3", "class=llama3:8b"]
            },
            {
              "name": "qwen*",
              "endpoints": ["class"]
            },
            {
              "name": "*",
              "endpoints": ["a.b"]
            }
          ],
          "aliases": {
            "fast": ["llama3"]
          },
          "default_model": "fast",
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
          "rate_limits": {
            "global": {
              "requests_per_minute": 6000,
              "burst": 600
            },
            "per_client": {
              "requests_per_minute": 60,
              "burst": 10
            }
          },
          "secrets": ["OPENAI_API_KEY", "USER", "file:/run/pw"]
        }
        """#
)
