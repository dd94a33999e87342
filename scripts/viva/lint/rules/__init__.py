"""The rules, one function each; a module for each family. There is no list to edit."""
