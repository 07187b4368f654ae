"""Approved configurations and templates from files that a person names."""

from pathlib import Path

from baseline.collectors.files.reading import read_saved
from baseline.drift.template import require_template
from baseline.models.errors import BaselineError, CollectError

MAXIMUM_BYTES = 16 * 1024 * 1024


class ApprovedFileError(BaselineError):
    """A file that holds no configuration to compare with."""


def read_approved(path: Path) -> str:
    """The text of an approved configuration or template.

    Raises:
        ApprovedFileError: it cannot be read, is too large or is no text.
        TemplateError: it is empty, or must be filled in first.
    """
    folder = path.absolute().resolve().parent
    try:
        text = read_saved(folder, path.resolve().name, MAXIMUM_BYTES).text
    except CollectError as error:
        raise ApprovedFileError(str(error)) from error
    require_template(text, str(path))
    return text
