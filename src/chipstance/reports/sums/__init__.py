"""Scored rows added up, without a word on how they are shown."""
