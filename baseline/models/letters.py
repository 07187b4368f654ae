"""A classification in three letters, as tags of clouds write it."""

import re

from baseline.models.target import Classification, Level

_LETTERS: dict[str, Level] = {"h": "high", "m": "medium", "l": "low"}


def classification_of_letters(text: str) -> Classification:
    """Availability, integrity and confidentiality out of three letters, such as ``HHM``; none out of anything else.

    >>> classification_of_letters("HHM").confidentiality
    'medium'
    """
    if not re.fullmatch(r"[hml]{3}", text.lower()):
        return Classification()
    availability, integrity, confidentiality = (_LETTERS[letter] for letter in text.lower())
    return Classification(availability=availability, integrity=integrity, confidentiality=confidentiality)
