"""Features, training, evaluation, the saved model and the scorer."""
