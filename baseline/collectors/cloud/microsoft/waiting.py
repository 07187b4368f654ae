"""How long to wait before a request is repeated, or sent at all."""

import random
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

ATTEMPTS = 6
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
REPEATED = frozenset({408, 429, 500, 502, 503, 504})
"""Statuses after which the same request may succeed (Azure Architecture Center, *Retry pattern*)."""

_QUOTA_RESET = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})(\.\d+)?")


def wait_seconds(headers: Mapping[str, str], attempt: int) -> float:
    """Seconds to wait after the ``attempt``-th answer (from 0): what the server asks, else doubling with some chance."""
    asked = asked_seconds(headers)
    if asked is not None:
        return asked
    longest = min(FIRST_WAIT_SECONDS * 2.0**attempt, LONGEST_WAIT_SECONDS)
    return longest * (0.5 + random.random() / 2)  # noqa: S311 - spreads requests, guards nothing


def asked_seconds(headers: Mapping[str, str]) -> float | None:
    """What ``Retry-After`` asks, as seconds or as a date (RFC 9110, section 10.2.3); None when it asks nothing readable."""
    lowered = {name.lower(): value for name, value in headers.items()}
    value = lowered.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value):
        return float(value)
    if value:
        return _until(value)
    return quota_seconds(lowered)


def quota_seconds(headers: Mapping[str, str]) -> float | None:
    """Seconds until Resource Graph has room again, None while it has.

    Resource Graph counts queries per user and tells in ``x-ms-user-quota-remaining`` and ``x-ms-user-quota-resets-after``
    (Microsoft, *Guidance for throttled requests in Azure Resource Graph*).
    """
    if headers.get("x-ms-user-quota-remaining", "").strip() != "0":
        return None
    found = _QUOTA_RESET.fullmatch(headers.get("x-ms-user-quota-resets-after", "").strip())
    if found is None:
        return 5.0
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3]) + float(found[4] or 0)


def _until(date: str) -> float | None:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


class Deadline:
    """A moment after which nothing is waited for any more."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left_seconds(self) -> float:
        """Seconds that are left, 0 when none are."""
        return max(0.0, self._end - time.monotonic())
