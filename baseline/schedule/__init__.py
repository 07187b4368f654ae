"""Runs checks by the clock, once each, and tells people what changed."""
