"""The comments above a configuration of IOS XR: the release that wrote it, and who changed it last."""

import re
from dataclasses import dataclass

_RELEASE = re.compile(r"!! IOS XR Configuration(?: version =)? (\d{1,3})\.(\d{1,3})\S{0,20}")
_CHANGED = re.compile(r"!! Last configuration change at (?P<moment>.{5,60}?) by (?P<user>\S{1,64})")
_ABOVE = re.compile(r"(?:[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} [\d:.]{8,20} \S{1,10}|Building configuration\.{3})")
"""What stands above the comments: the time, and that the router is at work."""


@dataclass(frozen=True, slots=True)
class Header:
    """``release``: its first two numbers. ``changed_at`` and ``changed_by`` stand on line ``changed_line``."""

    release: tuple[int, int]
    changed_at: str | None = None
    changed_by: str | None = None
    changed_line: int = 0


def read_header(output: str) -> Header | None:
    """The comments above the first setting, however many an archive has put there; None when IOS XR's is not there."""
    release: tuple[int, int] | None = None
    changed: tuple[str, str, int] | None = None
    for number, raw in enumerate(output.split("\n"), 1):
        text = raw[:200].strip()
        if not text.startswith("!"):
            if text and not _ABOVE.fullmatch(text):
                break
        elif found := _RELEASE.fullmatch(text):
            release = int(found[1]), int(found[2])
        elif found := _CHANGED.fullmatch(text):
            changed = found["moment"].strip(), found["user"], number
    if release is None:
        return None
    return Header(release, *changed) if changed else Header(release)
