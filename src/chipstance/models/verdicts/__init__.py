"""A model in use: articles in, verdicts out, and which words moved them."""
