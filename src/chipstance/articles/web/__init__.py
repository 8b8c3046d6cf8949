"""Web pages: what they show, which of it is the article, and what they say of it."""
