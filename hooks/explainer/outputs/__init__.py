"""From records to data, feeds, search entries and pictures."""
