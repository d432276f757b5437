"""Why there is no backup, or no restore."""


class BackupRefused(Exception):
    """One sentence for the person at the terminal; nothing was changed."""
