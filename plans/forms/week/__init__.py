"""Forms of a rep's week."""
