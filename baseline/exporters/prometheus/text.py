"""Writes metrics as text (https://prometheus.io/docs/instrumenting/exposition_formats/, version 0.0.4)."""

import os
import tempfile
from pathlib import Path

from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from baseline.models.errors import BaselineError

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def as_text(collector: Collector) -> bytes:
    """Everything that a collector tells."""
    return generate_latest(collector)


def write_textfile(path: Path, content: bytes) -> None:
    """Put a file in place at once, for the textfile collector of node_exporter: a reader sees the old one or the new.

    Raises:
        BaselineError: the folder cannot be written.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            try:
                file.write(content)
                file.flush()
                os.fchmod(file.fileno(), 0o644)
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise BaselineError(f"{path} cannot be written: {error.strerror}") from error
