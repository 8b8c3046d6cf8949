"""Programs that print the figures which the documents state."""
