#!/usr/bin/env bash
# Prints the path of a Chromium for the browser tests; installs Debian's where there is none and the user may.
set -euo pipefail

find_chromium() {
  if [ -n "${PCCOMPUTE_CHROMIUM:-}" ]; then
    echo "$PCCOMPUTE_CHROMIUM"
    return
  fi
  local name
  for name in chromium chromium-browser google-chrome; do
    if command -v "$name"; then
      return
    fi
  done
  return 1
}

if find_chromium; then
  exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "The browser tests need Chromium, and none was found. Install it (Debian: apt-get install chromium)," >&2
  echo "or name one: PCCOMPUTE_CHROMIUM=/path/to/chromium make browser" >&2
  exit 1
fi
echo "No Chromium found: installing Debian's." >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >&2
apt-get install -y -qq chromium >&2
find_chromium
