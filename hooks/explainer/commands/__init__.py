"""What a contributor or reader can ask of the records."""
