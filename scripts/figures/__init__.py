"""Draws the course's anatomy from one bone model and measures the ischiofemoral space in it."""
