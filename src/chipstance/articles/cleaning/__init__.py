"""Which lines of a file are its article: furniture goes, wrapped lines become paragraphs."""
