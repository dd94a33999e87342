"""Banks: questions, their types, and what is wrong in a bank in a teacher’s words."""
