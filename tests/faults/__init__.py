"""`make faults`: nudges sent while workers, Redis and PostgreSQL are killed.

Nothing here runs in the product, and no switch of it is there.
"""
