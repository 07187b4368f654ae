"""Telling drift of a fleet, beside judging all of it."""
