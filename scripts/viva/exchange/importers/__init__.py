"""A module for each format that questions come in; its file is named as the format is."""
