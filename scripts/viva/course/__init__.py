"""The course around the banks: pages, references, glossary, cards, and links between them."""
