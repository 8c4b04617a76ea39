"""``jupyter pccompute``: what the panel knows, in a terminal."""
