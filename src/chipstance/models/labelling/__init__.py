"""What a model does for who labels: checks, doubts, what to label next, verdicts to confirm."""
