"""The names of companies in a text, those of the table and those that it does not know."""
