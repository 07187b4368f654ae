"""Judging the facts of one device with every shipped network check."""
