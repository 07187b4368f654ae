"""Settings of console and virtual terminals."""

from baseline.collectors.network.platforms.indented.words import number
from baseline.collectors.network.section_tree import Line

DEFAULT_IDLE_SECONDS = 600
"""``exec-timeout`` is 10 minutes unless set (Cisco IOS Configuration Fundamentals Command Reference)."""


def idle_timeout(section: Line) -> int | None:
    """Seconds from ``exec-timeout M S``; None when sessions never end, ten minutes when nothing is said."""
    if section.first("no exec-timeout"):
        return None
    line = section.first("exec-timeout")
    if line is None:
        return DEFAULT_IDLE_SECONDS
    words = line.text.split()
    minutes = number(words[1]) if len(words) > 1 else None
    seconds = number(words[2]) if len(words) > 2 else None
    return (minutes or 0) * 60 + (seconds or 0) or None
