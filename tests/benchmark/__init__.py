"""How much time and memory the site costs as it grows. `make bench` runs it; pytest does not."""
