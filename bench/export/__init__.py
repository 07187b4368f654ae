"""Metrics of a large store: what a scrape costs."""
