"""A file again, into a bank that is there: questions by id."""
