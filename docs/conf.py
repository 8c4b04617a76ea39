"""How the documentation is built."""

from pccompute_ext import __version__

project = "pccompute"
author = "The pccompute contributors"
release = __version__
extensions = ["myst_parser"]
html_theme = "pydata_sphinx_theme"
exclude_patterns = ["_build"]
myst_heading_anchors = 3
