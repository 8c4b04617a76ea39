"""Figures for people: at the terminal, and in the documentation."""
