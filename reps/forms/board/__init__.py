"""The forms of the board: a deal, its facts, and where it goes."""
