#!/usr/bin/env bash
# Makes `ingot` out of its sources, in an image with Swift; the folder of the sources is named.
set -euo pipefail

apt-get update -qq
apt-get install -y -qq --no-install-recommends \
    ca-certificates libc-ares-dev libcurl4-openssl-dev libssl-dev libyaml-dev >/dev/null
swift build --package-path "$1" --configuration release --product ingot
ln -sf "$(realpath "$1")/.build/release/ingot" /usr/local/bin/ingot
