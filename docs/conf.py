"""How the documentation is built."""

import sys
from pathlib import Path

from pccompute_ext import __version__

sys.path.insert(0, str(Path(__file__).parent))

project = "pccompute"
author = "The pccompute contributors"
release = __version__
extensions = ["myst_parser", "generated"]
html_theme = "pydata_sphinx_theme"
exclude_patterns = ["_build"]
myst_heading_anchors = 3
