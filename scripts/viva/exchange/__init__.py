"""Questions go to other systems and come from them: a format is a module, found by its name."""
