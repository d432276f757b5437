"""What a file that is brought in says: its text, its table, its columns and values."""
