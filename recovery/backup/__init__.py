"""Backup and restore: a database in one file, and the way back (docs/adr/0010)."""
