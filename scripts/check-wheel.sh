#!/usr/bin/env bash
# Installs a wheel into an empty virtual environment, with no Node.js in reach, and asks Jupyter whether it sees both halves.
set -euo pipefail
wheel="$1"

list="$(python3 -m zipfile -l "$wheel")"
for part in labextensions/pccompute-ext/package.json labextensions/pccompute-ext/static/style.js labextensions/pccompute-ext/install.json \
  jupyter_server_config.d/pccompute_ext.json pccompute_ext/py.typed pccompute_ext/openapi.json; do
  grep -qF "$part" <<<"$list" || { echo "The wheel lacks $part." >&2; exit 1; }
done
if grep -E '\.map\b|node_modules|tsbuildinfo' <<<"$list"; then
  echo "The wheel holds the files above, which are for building only." >&2
  exit 1
fi

home="$(mktemp -d)"
trap 'rm -rf "$home"' EXIT
python3 -m venv "$home/venv"
# Only the new environment: no Node.js, nothing of the development environment, no settings of the user's.
run() { env PATH="$home/venv/bin" JUPYTER_CONFIG_DIR="$home/config" JUPYTER_DATA_DIR="$home/data" "$@"; }
run python -m pip install -q -c requirements/constraints.txt "$wheel" jupyterlab

labextensions="$(run jupyter labextension list 2>&1)"
echo "$labextensions"
grep -qE 'pccompute-ext v[0-9.]+.*enabled.*OK' <<<"$labextensions"
extensions="$(run jupyter server extension list 2>&1)"
echo "$extensions"
grep -qE 'pccompute_ext [0-9.]+.*OK' <<<"$extensions"
