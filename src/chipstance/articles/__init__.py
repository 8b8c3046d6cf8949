"""From the file to clean articles and their sentences."""
