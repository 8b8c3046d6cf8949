"""Label rows to annotation tools and back."""
