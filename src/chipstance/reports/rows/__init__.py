"""Scored rows as files: written, and read back."""
