"""Expressions in CEL, typed against the fact models when loaded and evaluated over plain facts."""
