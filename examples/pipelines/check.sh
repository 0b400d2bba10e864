#!/usr/bin/env bash
# Checks the YAML of every environment; what is wrong is printed with its place. Needs no compiler.
# Call it in the folder that holds `environments`.
set -euo pipefail

failed=0
for yaml in environments/*.yaml; do
    name=$(basename "$yaml" .yaml)
    if ! ingot check "$yaml"; then
        failed=1
        continue
    fi
    # What leads where, for the reviewers.
    printf '%s\n' "$name"
    ingot routes "$yaml" | sed -n '/^Models/,$p'
    # The deployment that is kept beside the YAML has to be the one that follows from it.
    if [ -f "deploy/$name.yaml" ]; then
        image=$(sed -n 's/^ *image: "\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "deploy/$name.yaml")
        ingot deploy kubernetes "$yaml" --image "$image" -o "deploy/$name.yaml" || failed=1
    fi
done
exit "$failed"
