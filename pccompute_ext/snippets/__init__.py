"""The code that users get."""
