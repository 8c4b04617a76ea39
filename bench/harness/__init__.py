"""What all benchmarks share: figures, processes that end, a browser."""
