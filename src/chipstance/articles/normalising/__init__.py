"""One form for all scripts and regions, by character and by term."""
