"""Files from a CRM or a spreadsheet: brought, matched, looked at, and then taken in.

What is shown is what a worker wrote into the import's row (`reps/imports/reading.py`).
"""
