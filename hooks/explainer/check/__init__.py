"""The rules between records: one generator of problems for each."""
