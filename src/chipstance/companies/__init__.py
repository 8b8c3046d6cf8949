"""Who is named: the company table, linking, stated price moves."""
