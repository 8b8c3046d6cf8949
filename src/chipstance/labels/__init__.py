"""Label files: their rows, checks and counts, and the way to annotation tools and back."""
