#!/usr/bin/env bash
# Builds one static binary for each environment that is named, into `dist`: the binary, what was
# compiled into it, and its checksum. Call it in the folder that holds `environments`.
set -euo pipefail

mkdir -p dist
for name; do
    ingot build "environments/$name.yaml" --static -o "dist/gateway-$name"
    "dist/gateway-$name" --manifest >"dist/gateway-$name.json"
    (cd dist && sha256sum "gateway-$name" >"gateway-$name.sha256")
    "dist/gateway-$name" --version
done
