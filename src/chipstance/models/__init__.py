"""Features, training, evaluation, the saved model and the scorer.

Each room imports only rooms before it: features, scoring, stored, verdicts, learning, judging,
labelling.
"""
