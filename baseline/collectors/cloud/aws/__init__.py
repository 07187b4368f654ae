"""Asks AWS accounts, read-only: every enabled region, each list once, only for the facts that are needed."""
