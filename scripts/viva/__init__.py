"""viva: Markdown modules and YAML quiz banks in, a course site with self-checks out."""
