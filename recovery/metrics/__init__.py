"""Figures for Prometheus at /metrics, for who shows METRICS_TOKEN: counts, no names.

Two kinds, by who can know them. *Requests* are counted by the process that answers
them, and the processes of one web server leave their counts in one folder
(PROMETHEUS_MULTIPROC_DIR), where prometheus-client adds them up, so that it does not
matter which of them is asked. *How it stands* (outbox, queue, heartbeat, connections)
is looked up when somebody asks, in the database and the broker, and holds for all
processes and machines.

Several web containers do not share a folder: each tells its own requests, so each is
scraped. Workers serve no page and count nothing; what they do shows in the outbox.
"""
