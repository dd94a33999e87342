"""A module for each format that questions leave in; its file is named as the format is."""
