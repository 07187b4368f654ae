"""Loads, lints and tests checks."""
