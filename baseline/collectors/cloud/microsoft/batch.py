"""Many reads of Microsoft Graph in few requests (*Combine multiple requests in one HTTP call using JSON batching*)."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec

from baseline.collectors.cloud.microsoft.allow_list import BATCH_SIZE, EVENTUAL
from baseline.collectors.cloud.microsoft.client import Document, MicrosoftClient, request_name
from baseline.collectors.cloud.microsoft.failure import Failure, failed_answer
from baseline.collectors.cloud.microsoft.waiting import ATTEMPTS, REPEATED, wait_seconds


class _Item(msgspec.Struct, frozen=True):
    """One answer inside a batch."""

    status: int
    headers: dict[str, str]
    body: Any


async def get_batch(
    client: MicrosoftClient,
    paths: Sequence[str],
    *,
    permission: str = "",
    version: str = "v1.0",
    eventual: bool = False,
) -> dict[str, Document | Failure]:
    """Read many paths (``/users/1``, without the version), twenty at a time.

    Every path has an answer or a Failure. An item that is throttled or fails at the server is asked again by itself; a list
    that goes on over more pages is completed. ``eventual`` asks with ``ConsistencyLevel: eventual``.
    """
    unique = list(dict.fromkeys(paths))
    groups = [unique[start : start + BATCH_SIZE] for start in range(0, len(unique), BATCH_SIZE)]
    batches = [_Batch(client, permission, version, EVENTUAL if eventual else {}) for _ in groups]
    answered = await asyncio.gather(*(batch.get(group) for batch, group in zip(batches, groups, strict=True)))
    return {path: answer for answers in answered for path, answer in answers.items()}


class _Batch:
    """Up to twenty paths."""

    def __init__(self, client: MicrosoftClient, permission: str, version: str, headers: dict[str, str]) -> None:
        self._client, self._permission, self._version, self._headers = client, permission, version, headers

    async def get(self, paths: list[str]) -> dict[str, Document | Failure]:
        answers: dict[str, Document | Failure] = {}
        waiting = paths
        for attempt in range(ATTEMPTS):
            found = await self._send(waiting)
            if isinstance(found, Failure):
                return answers | dict.fromkeys(waiting, found)
            again = [path for path in waiting if path in found and found[path].status in REPEATED]
            seconds = max((wait_seconds(found[path].headers, attempt) for path in again), default=0.0)
            last = attempt + 1 == ATTEMPTS or seconds >= self._client.deadline.left_seconds
            for path in waiting if last else [path for path in waiting if path not in again]:
                answers[path] = await self._settled(path, found.get(path))
            if last or not again:
                break
            await asyncio.sleep(seconds)
            waiting = again
        return answers

    async def _send(self, paths: list[str]) -> dict[str, _Item] | Failure:
        headers = {"headers": self._headers} if self._headers else {}
        body = {
            "requests": [
                {"id": str(number), "method": "GET", "url": path, **headers} for number, path in enumerate(paths)
            ]
        }
        name = f"/{self._version}/$batch"
        document = await self._client.send("POST", name, body=body, permission=self._permission)
        if isinstance(document, Failure):
            return document
        responses = document.get("responses")
        if not isinstance(responses, list):
            return Failure(code="unparsable", reason=f"POST {name} holds no responses")
        items = [_read(response) for response in responses]
        return {paths[number]: item for number, item in items if item is not None and 0 <= number < len(paths)}

    async def _settled(self, path: str, item: _Item | None) -> Document | Failure:
        """The document, completed over its pages; an item that is not among the answers is a Failure."""
        name = request_name("GET", f"/{self._version}{path}")
        if item is None:
            return Failure(code="unparsable", reason=f"{name} has no answer in the batch")
        if item.status != 200:
            return failed_answer(name, item.status, item.body, self._permission)
        if not isinstance(item.body, dict):
            return Failure(code="unparsable", reason=f"{name} gave no JSON object")
        if not item.body.get("@odata.nextLink"):
            return item.body
        whole = await self._client.rest_of(
            item.body, f"/{self._version}{path}", permission=self._permission, headers=self._headers
        )
        return whole if isinstance(whole, Failure) else {**item.body, "value": whole, "@odata.nextLink": None}


def _read(response: object) -> tuple[int, _Item | None]:
    if not isinstance(response, dict):
        return -1, None
    number, status, headers = response.get("id"), response.get("status"), response.get("headers")
    if not isinstance(number, str) or not number.isascii() or not number.isdigit() or not isinstance(status, int):
        return -1, None
    told = (
        {name: value for name, value in headers.items() if isinstance(value, str)} if isinstance(headers, dict) else {}
    )
    return int(number[:4]), _Item(status, told, response.get("body"))
