"""What everything stands on: problems, YAML in and out, the cache, folding, tables."""
