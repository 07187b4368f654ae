"""Azure Resource Graph: one query over many subscriptions.

It leaves out, without a word, what the account may not see, and may stop early; both must not look like an empty list.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from baseline.collectors.cloud.azure.row import Row
from baseline.collectors.cloud.microsoft.allow_list import RESOURCE_GRAPH
from baseline.collectors.cloud.microsoft.client import Document, MicrosoftClient
from baseline.collectors.cloud.microsoft.failure import Failure

API_VERSION = "2022-10-01"
PAGE_SIZE = 1000
"""Rows in one answer at most (Microsoft, *Working with large Azure resource data sets*)."""
SUBSCRIPTIONS_AT_ONCE = 1000
"""Subscriptions in one query at most (Microsoft, *Azure subscription and service limits*, Resource Graph)."""
MAXIMUM_PAGES = 2000
_ALWAYS = ("id", "type", "subscriptionId")
PERMISSION = "Microsoft.ResourceGraph/resources/read"


def artefact_of(name: str) -> str:
    """What the answer to a query is kept as; further pages get a number."""
    return f"Resource Graph: {name}"


async def query(client: MicrosoftClient, name: str, text: str, subscriptions: Sequence[str]) -> list[Row] | Failure:
    """All rows of a query; a Failure when any of them is missing. ``name`` is how reasons call it."""
    rows: list[Row] = []
    for start in range(0, len(subscriptions), SUBSCRIPTIONS_AT_ONCE):
        found = await _query(client, name, text, subscriptions[start : start + SUBSCRIPTIONS_AT_ONCE])
        if isinstance(found, Failure):
            return found
        rows += found
    return rows


async def _query(client: MicrosoftClient, name: str, text: str, subscriptions: Sequence[str]) -> list[Row] | Failure:
    rows: list[Row] = []
    seen: set[str] = set()
    options: dict[str, Any] = {"resultFormat": "objectArray", "$top": PAGE_SIZE}
    for _ in range(MAXIMUM_PAGES):
        body = {"subscriptions": list(subscriptions), "query": text, "options": options}
        address = f"{RESOURCE_GRAPH}?api-version={API_VERSION}"
        answer = await client.send("POST", address, body=body, permission=PERMISSION, artefact=artefact_of(name))
        if isinstance(answer, Failure):
            return _named(answer, name)
        page = _rows(answer)
        if page is None:
            return _broken(name, "its rows have another form than is known here")
        rows += page
        token = answer.get("$skipToken")
        if not token:
            return _whole(answer, rows, name)
        if not isinstance(token, str) or token in seen:
            return _broken(name, "its pages do not come to an end")
        seen.add(token)
        options = {**options, "$skipToken": token}
    return _broken(name, f"it has more than {MAXIMUM_PAGES} pages")


def _whole(last: Document, rows: list[Row], name: str) -> list[Row] | Failure:
    """The rows, when they are all there are."""
    total = last.get("totalRecords")
    if str(last.get("resultTruncated", "false")).lower() != "false":
        return _broken(name, f"it was cut off after {len(rows)} rows")
    if not isinstance(total, int) or isinstance(total, bool):
        return _broken(name, "it does not say how many rows there are")
    if len(rows) != total:
        return _broken(name, f"{len(rows)} of {total} rows came")
    return rows


def _rows(answer: Document) -> list[Row] | None:
    data = answer.get("data")
    if isinstance(data, dict) and isinstance(data.get("columns"), list) and isinstance(data.get("rows"), list):
        names = [column.get("name") for column in data["columns"] if isinstance(column, dict)]
        data = [dict(zip(names, row, strict=False)) for row in data["rows"] if isinstance(row, list)]
    if not isinstance(data, list) or not all(map(_is_row, data)):
        return None
    return [Row(row) for row in data]


def _is_row(row: object) -> bool:
    """Whether it says what it is and where: what does not would be in no list."""
    return isinstance(row, dict) and all(isinstance(row.get(name), str) and row[name] for name in _ALWAYS)


def _broken(name: str, why: str) -> Failure:
    return Failure(code="unparsable", reason=f"the Resource Graph query for {name} is not complete: {why}")


def _named(failure: Failure, name: str) -> Failure:
    return msgspec.structs.replace(failure, reason=f"the Resource Graph query for {name}: {failure.reason}")
