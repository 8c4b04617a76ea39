#!/usr/bin/env bash
# Makes sure that a keyring of the operating system can be started for the tests; installs Debian's where there is none and the user may.
set -euo pipefail

has_keyring() {
  [ "$(uname)" != Linux ] || { command -v dbus-run-session && command -v gnome-keyring-daemon; } >/dev/null
}

if ! has_keyring; then
  "$(dirname "$0")/install-debian.sh" "a keyring" gnome-keyring dbus dbus-daemon
  has_keyring
fi
