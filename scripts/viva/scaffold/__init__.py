"""What `viva new` writes."""
