"""Exported files, read and marked the way that other systems do; each knows nothing of our own."""
