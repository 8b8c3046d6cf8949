"""Label files: their schema, their checks, what is in them."""
