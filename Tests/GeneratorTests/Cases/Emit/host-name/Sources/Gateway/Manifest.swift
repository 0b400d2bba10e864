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
                "openai-production": "http://llm.internal/v1/chat/completions"
              }
            },
            {
              "path": "/v1/completions",
              "method": "POST",
              "upstreams": {
                "openai-production": "http://llm.internal/v1/completions"
              }
            },
            {
              "path": "/v1/embeddings",
              "method": "POST",
              "upstreams": {
                "openai-production": "http://llm.internal/v1/embeddings"
              }
            },
            {
              "path": "/v1/images/generations",
              "method": "POST",
              "upstreams": {
                "openai-production": "http://llm.internal/v1/images/generations"
              }
            },
            {
              "path": "/v1/audio/transcriptions",
              "method": "POST",
              "upstreams": {
                "openai-production": "http://llm.internal/v1/audio/transcriptions"
              }
            },
            {
              "path": "/v1/audio/translations",
              "method": "POST",
              "upstreams": {
                "openai-production": "http://llm.internal/v1/audio/translations"
              }
            },
            {
              "path": "/v1/moderations",
              "method": "POST",
              "upstreams": {
                "openai-production": "http://llm.internal/v1/moderations"
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
              "url": "http://llm.internal",
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
              "name": "gpt-4o",
              "endpoints": ["openai-production"]
            },
            {
              "name": "gpt-4o-mini",
              "endpoints": ["openai-production"]
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
          "secrets": []
        }
        """
)
