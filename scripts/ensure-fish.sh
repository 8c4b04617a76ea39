#!/usr/bin/env bash
# Makes sure that the fish shell is there for the tests; installs Debian's where it is not and the user may.
set -euo pipefail

if ! command -v fish >/dev/null; then
  "$(dirname "$0")/install-debian.sh" "the fish shell" fish
  command -v fish >/dev/null
fi
