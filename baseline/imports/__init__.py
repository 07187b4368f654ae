"""Findings of other scanners: read, bounded and redacted, marked as theirs, and stored beside our own results."""
