"""Asking Linux hosts: one round trip per host against one per question."""
