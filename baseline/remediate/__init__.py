"""Repairs what is not met: the one part of baseline that changes a target, and only after it was asked to."""
