"""Files with an article a row: JSON Lines, JSON, CSV and Parquet."""
