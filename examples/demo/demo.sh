#!/usr/bin/env bash
# The main job from end to end: check, build and run a gateway, stream through it, lose an endpoint,
# make a mistake. Everything listens on loopback and is stopped at the end.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "$here/../.." && pwd)/.build/debug
work=$(mktemp -d)
url=http://127.0.0.1:40114/olla/openai/v1
started=()

finish() {
    for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
show() { printf '$ %s\n' "$*"; "$@"; }

# Waits until the url answers, 10 seconds at most.
await() {
    for _ in $(seq 100); do
        if curl -sf -o /dev/null "$1"; then return; fi
        sleep 0.1
    done
    echo "nothing answers at $1" >&2
    exit 1
}

# Asks for a streamed completion and prints its words as they come.
stream() {
    curl -sN "$url/chat/completions" -H 'Content-Type: application/json' -D "$work/head" -d '{
        "model": "'"$1"'", "stream": true, "max_tokens": 24,
        "messages": [{"role": "user", "content": "Tell me how a casting is made."}]}' |
        while IFS= read -r line; do
            word=$(sed -n 's/^data: .*"content":"\([^"]*\)".*/\1/p' <<<"$line")
            printf '%s' "$word"
        done
    echo
    grep -i '^x-olla' "$work/head" | tr -d '\r'
}

for port in 40114 18181 18182; do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        echo "the demo needs port $port of 127.0.0.1, and something listens there" >&2
        exit 1
    fi
done

say "1. Two simulated endpoints are started, each an OpenAI-compatible server"
"$bin/ingot-simulator" --port 18181 --name foundry --api-key sk-demo \
    --models gpt-4o,text-embedding-3-small >/dev/null & started+=($!)
foundry=$!
"$bin/ingot-simulator" --port 18182 --name annex --models llama-3.1-8b >/dev/null & started+=($!)
await http://127.0.0.1:18182/v1/models

say "2. The YAML is checked, and cast into one binary"
show cat "$here/gateway.yaml"
show "$bin/ingot" check "$here/gateway.yaml"
show "$bin/ingot" build "$here/gateway.yaml" -o "$work/gateway"

say "3. The gateway starts; without its secret it says so instead"
"$work/gateway" || true
export DEMO_API_KEY=sk-demo
"$work/gateway" >"$work/access.log" & started+=($!)
gateway=$!
await http://127.0.0.1:40114/readyz

say "4. A chat completion streams through it, token by token"
stream gpt-4o

say "5. The preferred endpoint is stopped; the other one answers, under its own model name"
kill "$foundry"
wait "$foundry" 2>/dev/null || true
stream fast

say "6. The models that clients see"
curl -s "$url/models"

say "7. A mistake in the YAML does not get past the build"
sed -e 's/priority: 50/prioritty: 50/' -e 's/fast: gpt-4o/fast: gpt-4/' \
    "$here/gateway.yaml" >"$work/wrong.yaml"
(cd "$work" && "$bin/ingot" check wrong.yaml) || true

say "8. SIGTERM drains the gateway; its log has one line an exchange"
kill "$gateway"
wait "$gateway" || true
cat "$work/access.log"

say "Done. Next: README.md, docs/guide.md, and an own YAML from \`ingot init\`."
