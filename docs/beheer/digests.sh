#!/bin/sh
# Which images exactly? Write their digests of today to compose.env, once; later builds keep to those.
# It asks the registry through docker; to renew: remove the line and run it again. Nothing is printed but what is lacking.
set -eu
file="$(dirname "$0")/compose.env"
umask 077
touch "$file"
digest() {
    grep -q "^$1=sha256:" "$file" && return
    found="$(docker buildx imagetools inspect "$2" --format '{{.Manifest.Digest}}')" || found=""
    case "$found" in
        sha256:*) printf '%s=%s\n' "$1" "$found" >> "$file" ;;
        *) echo "Geen digest van $2: is er internet, en docker met buildx? Zet anders $1=sha256:… in $file." >&2; exit 1 ;;
    esac
}
digest PYTHON_DIGEST docker.io/library/python:3.11-slim
digest POSTGRES_DIGEST docker.io/library/postgres:17
grep -q "^POSTGRES_PASSWORD=" "$file" || printf 'POSTGRES_PASSWORD=%s\n' "$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')" >> "$file"
