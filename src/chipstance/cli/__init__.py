"""The command `classify`, a file for each command."""
