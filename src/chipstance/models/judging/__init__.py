"""How good verdicts are: evaluation, two models compared, what training changed, drift."""
