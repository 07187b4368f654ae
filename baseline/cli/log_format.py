"""How lines of the log are written: without secrets, whatever was logged."""

import logging

from baseline.cli.shown import shown
from baseline.models.redaction import redact_text


class RedactingFormatter(logging.Formatter):
    """Writes a record as usual, tracebacks included, and then takes out what can be told to be a secret."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text."""
        return shown(redact_text(super().format(record)))
