#!/usr/bin/env bash
# Installs packages of Debian, or says what the tests need where the user may not: install-debian.sh <what they need> <package> …
set -euo pipefail

needed="$1"
shift
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests need $needed, which was not found. Install it (Debian: apt-get install $*)." >&2
  exit 1
fi
echo "The tests need $needed: installing Debian's $1." >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >&2
apt-get install -y -qq --no-install-recommends "$@" >&2
