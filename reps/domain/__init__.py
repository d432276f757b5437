"""What selling figures mean: plain Python, without Django, clock or database."""
