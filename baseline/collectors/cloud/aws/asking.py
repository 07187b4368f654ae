"""Asks one account: each question once, in threads, with every failure as a value."""

import asyncio
import contextlib
import ctypes
import itertools
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeAlias

from baseline.collectors.cloud.aws.call import Call
from baseline.collectors.cloud.aws.failures import MISREAD, WrongForm, error_code, misread, unanswered
from baseline.collectors.cloud.aws.recording import Line, Recorder
from baseline.collectors.cloud.aws.session import THREADS, AwsSession
from baseline.models.errors import CollectError
from baseline.models.facts.fact import Unknown

MAXIMUM_PAGES = 2000
_M_ARENA_MAX = -8
MAXIMUM_ITEMS = 100_000
_TOO_LATE = "no answer within the time of this target; give it more with --timeout"

Answer: TypeAlias = dict[str, Any]
Item: TypeAlias = tuple[dict[str, Any], Line | None]


class Asker:
    """The questions to one account. ``regions`` are those to ask, or why they are not known."""

    def __init__(self, session: AwsSession, account: str, deadline: float) -> None:
        self.account, self.session = account, session
        self.recorder = Recorder()
        self.regions: tuple[str, ...] | Unknown = ()
        self.requests = itertools.count()
        self._deadline = deadline
        _share_memory()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="aws")
        self._asked: dict[tuple[Any, ...], asyncio.Task[Answer | Unknown]] = {}
        self._listed: dict[tuple[int, str, str], list[Item] | Unknown] = {}

    def close(self) -> None:
        """Let threads go, without waiting for an answer that nobody wants any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def ask(self, call: Call, region: str = "", **parameters: Any) -> Answer | Unknown:
        """The whole answer, all pages together; asked once for the same parameters."""
        key = (id(call), region, *sorted((name, str(value)) for name, value in parameters.items()))
        if key not in self._asked:
            self._asked[key] = asyncio.create_task(self._ask(call, region, {**call.parameters, **parameters}))
        return await self._asked[key]

    async def items(self, call: Call, region: str = "", path: str = "") -> list[Item] | Unknown:
        """The items of a list, each with the line that it is kept in. ``path`` is of another list in the same answer."""
        answer = await self.ask(call, region)
        if isinstance(answer, Unknown):
            return answer
        key = (id(call), region, path or call.items)
        if key not in self._listed:
            self._listed[key] = self._kept(call, region, path or call.items, answer)
        return self._listed[key]

    def line(self, call: Call, region: str, parameters: Mapping[str, Any], answer: Answer | Unknown) -> Line:
        """Keep the answer to a question about one item."""
        told = {"error": answer.reason} if isinstance(answer, Unknown) else {"answer": answer}
        return self.recorder.note(_artefact_name(call, region), {"asked": dict(parameters), **told})

    def _kept(self, call: Call, region: str, path: str, answer: Answer) -> list[Item] | Unknown:
        try:
            found = list(items_at(answer, path.split(".")))
        except WrongForm as error:
            return unanswered(call, region, error)
        if len(found) > MAXIMUM_ITEMS:
            return Unknown(f"{call.service}:{call.operation}: more than {MAXIMUM_ITEMS} items")
        name = _artefact_name(call, region)
        return [(item, self.recorder.note(name, item)) for item in found]

    async def _ask(self, call: Call, region: str, parameters: dict[str, Any]) -> Answer | Unknown:
        left = self._deadline - time.monotonic()
        if left <= 0:
            return unanswered(call, region, WrongForm(_TOO_LATE))
        loop = asyncio.get_running_loop()
        answering = loop.run_in_executor(self._threads, self._answer, call, region, parameters)
        try:
            return await asyncio.wait_for(answering, left)
        except TimeoutError:
            return unanswered(call, region, WrongForm(_TOO_LATE))

    def _answer(self, call: Call, region: str, parameters: dict[str, Any]) -> Answer | Unknown:
        """In a thread of its own."""
        from botocore.exceptions import BotoCoreError, ClientError, EndpointConnectionError  # noqa: PLC0415 - heavy
        from botocore.parsers import ResponseParserError  # noqa: PLC0415 - heavy

        where = region or self.session.home_region
        try:
            answer = self._pages(call, self.session.client(call.service, where), parameters)
        except ClientError as error:
            absent = call.absent.get(error_code(error))
            return unanswered(call, region, error) if absent is None else absent
        except EndpointConnectionError as error:
            offered = not call.items or self.session.offers(call.service, where)
            return unanswered(call, region, error) if offered else {call.items: []}
        except (BotoCoreError, ResponseParserError, CollectError, WrongForm, OSError) as error:
            return unanswered(call, region, error)
        except MISREAD as error:
            return misread(call, region, error)
        return answer

    def _pages(self, call: Call, client: Any, parameters: dict[str, Any]) -> Answer:
        if call.run is not None:
            next(self.requests)
            return call.run(client, parameters)
        method = _method(client, call.operation)
        lists = tuple(filter(None, (call.items.partition(".")[0], *call.requires)))
        if not client.can_paginate(method):
            next(self.requests)
            return _required(call, getattr(client, method)(**parameters), lists)
        pages = client.get_paginator(method).paginate(**parameters)
        whole: Answer = {}
        for number, page in enumerate(pages):
            next(self.requests)
            if number >= MAXIMUM_PAGES:
                raise WrongForm(f"more than {MAXIMUM_PAGES} pages")
            _join(whole, _required(call, page, lists))
        return whole


@cache
def _share_memory() -> None:
    """Let threads share two memory arenas of glibc: one for each would keep some 20 MB that nobody uses (mallopt(3))."""
    with contextlib.suppress(AttributeError, OSError):  # another C library
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def _method(client: Any, operation: str) -> str:
    """The name of an operation in Python."""
    names: dict[str, str] = client.meta.method_to_api_mapping
    return next(method for method, api in names.items() if api == operation)


def _required(call: Call, page: Answer, keys: Iterable[str]) -> Answer:
    """The page, if it holds what it must. An empty list that an operation leaves out is put back.

    Raises:
        WrongForm: it does not: cut off, or of a service that changed.
    """
    if call.omits_empty:
        page.setdefault(call.items, [])
    missing = [key for key in keys if key not in page]
    if missing:
        raise WrongForm(f"the answer holds no {missing[0]}")
    return page


def _join(whole: Answer, page: Answer) -> None:
    for key, value in page.items():
        known = whole.get(key)
        if isinstance(value, list) and isinstance(known, list):
            whole[key] = [*known, *value]
        elif isinstance(value, dict) and isinstance(known, dict):
            _join(known, value)
        else:
            whole[key] = value


def items_at(answer: Any, path: list[str]) -> Iterable[dict[str, Any]]:
    """The items of a list, or of lists in a list. CloudFront leaves out an empty list and says that its quantity is 0.

    Raises:
        WrongForm: there is no list.
    """
    if not path:
        yield answer if isinstance(answer, dict) else {"value": answer}
        return
    if isinstance(answer, dict) and answer.get("Quantity") == 0:
        return
    found = answer.get(path[0]) if isinstance(answer, dict) else None
    if isinstance(found, dict):
        yield from items_at(found, path[1:])
    elif isinstance(found, list):
        for entry in found:
            yield from items_at(entry, path[1:])
    else:
        raise WrongForm(f"the answer holds no {path[0]}")


def _artefact_name(call: Call, region: str) -> str:
    return " ".join(filter(None, (call.service, call.operation, region)))
