"""Scored rows: writing them, adding them up, showing them."""
