"""Asking one AWS account, of which a simulator's answers are replayed."""
