"""The nearest right word for a misspelt one."""

import difflib
from collections.abc import Iterable


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like ``word``, or None when nothing comes near."""
    found = difflib.get_close_matches(word, list(candidates), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """A hint ``did you mean 'x'?``, or the list of what is possible when that is short, else how many there are."""
    options = sorted(candidates)
    best = nearest(word, options)
    if best is not None:
        return f"did you mean '{best}'?"
    if not options:
        return "there are none"
    return (
        f"one of: {', '.join(options)}" if len(options) <= 12 else f"none of the {len(options)} known names is like it"
    )
