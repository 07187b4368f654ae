"""Asking a fleet of network devices."""
