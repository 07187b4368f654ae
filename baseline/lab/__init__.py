"""Embedded lab: simulated network devices on loopback, for demonstrations, tests and measurements."""
