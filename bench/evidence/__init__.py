"""Exporting and verifying evidence."""
