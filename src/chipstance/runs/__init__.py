"""Runs over many articles: in pieces, on many cores, on many machines, stopped and gone on with."""
