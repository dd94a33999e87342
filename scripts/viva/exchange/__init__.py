"""Questions go to other systems and come from them: a module for each format, found by its name."""
