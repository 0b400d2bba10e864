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
                "one": "http://127.0.0.1:8000/v1/chat/completions",
                "two": "http://127.0.0.1:8000/v1/chat/completions"
              }
            },
            {
              "path": "/v1/completions",
              "method": "POST",
              "upstreams": {
                "one": "http://127.0.0.1:8000/v1/completions",
                "two": "http://127.0.0.1:8000/v1/completions"
              }
            },
            {
              "path": "/v1/embeddings",
              "method": "POST",
              "upstreams": {
                "one": "http://127.0.0.1:8000/v1/embeddings",
                "two": "http://127.0.0.1:8000/v1/embeddings"
              }
            },
            {
              "path": "/v1/images/generations",
              "method": "POST",
              "upstreams": {
                "one": "http://127.0.0.1:8000/v1/images/generations",
                "two": "http://127.0.0.1:8000/v1/images/generations"
              }
            },
            {
              "path": "/v1/audio/transcriptions",
              "method": "POST",
              "upstreams": {
                "one": "http://127.0.0.1:8000/v1/audio/transcriptions",
                "two": "http://127.0.0.1:8000/v1/audio/transcriptions"
              }
            },
            {
              "path": "/v1/audio/translations",
              "method": "POST",
              "upstreams": {
                "one": "http://127.0.0.1:8000/v1/audio/translations",
                "two": "http://127.0.0.1:8000/v1/audio/translations"
              }
            },
            {
              "path": "/v1/moderations",
              "method": "POST",
              "upstreams": {
                "one": "http://127.0.0.1:8000/v1/moderations",
                "two": "http://127.0.0.1:8000/v1/moderations"
              }
            },
            {
              "path": "/v1/models/*",
              "method": "GET"
            }
          ],
          "endpoints": [
            {
              "name": "one",
              "type": "openai-compatible",
              "url": "http://127.0.0.1:8000",
              "priority": 100,
              "weight": 1,
              "connect_ms": 5000,
              "rate_limit": null,
              "response_header_ms": 600000,
              "stream_idle_ms": 300000,
              "headers": []
            },
            {
              "name": "two",
              "type": "openai-compatible",
              "url": "http://127.0.0.1:8000",
              "priority": 200,
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
              "name": "model-0",
              "endpoints": ["one"]
            },
            {
              "name": "model-1",
              "endpoints": ["one"]
            },
            {
              "name": "model-2",
              "endpoints": ["one"]
            },
            {
              "name": "model-3",
              "endpoints": ["one"]
            },
            {
              "name": "model-4",
              "endpoints": ["one"]
            },
            {
              "name": "model-5",
              "endpoints": ["one"]
            },
            {
              "name": "model-6",
              "endpoints": ["one"]
            },
            {
              "name": "model-7",
              "endpoints": ["one"]
            },
            {
              "name": "model-8",
              "endpoints": ["one"]
            },
            {
              "name": "model-9",
              "endpoints": ["one"]
            },
            {
              "name": "model-10",
              "endpoints": ["one"]
            },
            {
              "name": "model-11",
              "endpoints": ["one"]
            },
            {
              "name": "model-12",
              "endpoints": ["one"]
            },
            {
              "name": "model-13",
              "endpoints": ["one"]
            },
            {
              "name": "model-14",
              "endpoints": ["one"]
            },
            {
              "name": "model-15",
              "endpoints": ["one"]
            },
            {
              "name": "model-16",
              "endpoints": ["one"]
            },
            {
              "name": "model-17",
              "endpoints": ["one"]
            },
            {
              "name": "model-18",
              "endpoints": ["one"]
            },
            {
              "name": "model-19",
              "endpoints": ["one"]
            },
            {
              "name": "model-20",
              "endpoints": ["one"]
            },
            {
              "name": "model-21",
              "endpoints": ["one"]
            },
            {
              "name": "model-22",
              "endpoints": ["one"]
            },
            {
              "name": "model-23",
              "endpoints": ["one"]
            },
            {
              "name": "model-24",
              "endpoints": ["one"]
            },
            {
              "name": "model-25",
              "endpoints": ["one"]
            },
            {
              "name": "model-26",
              "endpoints": ["one"]
            },
            {
              "name": "model-27",
              "endpoints": ["one"]
            },
            {
              "name": "model-28",
              "endpoints": ["one"]
            },
            {
              "name": "model-29",
              "endpoints": ["one"]
            },
            {
              "name": "model-30",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-31",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-32",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-33",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-34",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-35",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-36",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-37",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-38",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-39",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-40",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-41",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-42",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-43",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-44",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-45",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-46",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-47",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-48",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-49",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-50",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-51",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-52",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-53",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-54",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-55",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-56",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-57",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-58",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-59",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-60",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-61",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-62",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-63",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-64",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-65",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-66",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-67",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-68",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-69",
              "endpoints": ["two", "one"]
            },
            {
              "name": "model-70",
              "endpoints": ["two"]
            },
            {
              "name": "model-71",
              "endpoints": ["two"]
            },
            {
              "name": "model-72",
              "endpoints": ["two"]
            },
            {
              "name": "model-73",
              "endpoints": ["two"]
            },
            {
              "name": "model-74",
              "endpoints": ["two"]
            },
            {
              "name": "model-75",
              "endpoints": ["two"]
            },
            {
              "name": "model-76",
              "endpoints": ["two"]
            },
            {
              "name": "model-77",
              "endpoints": ["two"]
            },
            {
              "name": "model-78",
              "endpoints": ["two"]
            },
            {
              "name": "model-79",
              "endpoints": ["two"]
            },
            {
              "name": "fast",
              "endpoints": ["two=model-77", "one=model-7"]
            },
            {
              "name": "p-long-*",
              "endpoints": ["two"]
            },
            {
              "name": "p-*",
              "endpoints": ["two"]
            }
          ],
          "aliases": {
            "fast": ["model-7", "model-77"]
          },
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
