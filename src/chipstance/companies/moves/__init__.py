"""What a text says that shares did, and whose they are."""
