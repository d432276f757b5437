"""What a person says of a file they bring: the file itself, its columns, its words."""
