"""The site engines that can turn a staged course into pages."""
