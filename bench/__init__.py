"""Measures baseline beside the programs that people use today. See README.md."""
