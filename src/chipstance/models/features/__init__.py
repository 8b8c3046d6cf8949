"""What features are counted in: views of sentences, and the word lists of the trade."""
