"""Metrics in Prometheus's text format, from the store."""
