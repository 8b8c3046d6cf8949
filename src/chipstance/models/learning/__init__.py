"""From labelled rows to a model: examples, TF-IDF, logistic regression, calibration."""
