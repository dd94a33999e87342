"""The course as HTML: questions, text fields, generated pages, study data and assets."""
