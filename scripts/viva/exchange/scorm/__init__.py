"""SCORM: our own pages inside a learning management system, and a frame that tells the marks."""
