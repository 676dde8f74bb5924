"""What Deltaflow takes of time, measured and printed; nothing here passes or fails."""
