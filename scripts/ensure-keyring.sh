#!/usr/bin/env bash
# Makes sure that a keyring of the operating system can be started for the tests; installs Debian's where there is none and the user may.
set -euo pipefail

has_keyring() {
  [ "$(uname)" != Linux ] || { command -v dbus-run-session && command -v gnome-keyring-daemon; } >/dev/null
}

if has_keyring; then
  exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests need a keyring, and none was found. Install it (Debian: apt-get install gnome-keyring dbus-daemon)." >&2
  exit 1
fi
echo "No keyring found: installing Debian's gnome-keyring." >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >&2
apt-get install -y -qq --no-install-recommends gnome-keyring dbus dbus-daemon >&2
has_keyring
