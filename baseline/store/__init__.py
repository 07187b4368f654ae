"""Runs, results and evidence, kept in SQLite or PostgreSQL.

``records`` holds what goes in and comes out and is light to import; ``store`` holds ``Store`` and imports SQLAlchemy.
"""
