"""Models on disk: their arrays, their manifest, the folders they stand in, by name and version."""
