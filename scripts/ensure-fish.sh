#!/usr/bin/env bash
# Makes sure that the fish shell is there for the tests; installs Debian's where it is not and the user may.
set -euo pipefail

if command -v fish >/dev/null; then
  exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests need the fish shell, and it was not found. Install it (Debian: apt-get install fish)." >&2
  exit 1
fi
echo "No fish found: installing Debian's." >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >&2
apt-get install -y -qq --no-install-recommends fish >&2
command -v fish >/dev/null
