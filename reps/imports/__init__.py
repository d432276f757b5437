"""Deals, people and quotas from a CRM's export, whole or not at all.

No single model owns such a write, so it has a layer of its own under tasks.
"""
