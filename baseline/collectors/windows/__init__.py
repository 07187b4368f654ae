"""Asks Windows that runs, over SSH or WinRM: one script, one answer in JSON."""
