"""Storing what a run found: the first time, and when nothing changed."""
