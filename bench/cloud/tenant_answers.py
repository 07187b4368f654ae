"""A generated Microsoft tenant on loopback: 20 subscriptions of 90 resources, 5,000 users, 1,000 devices, 200 applications."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from tests.azure.tenant import DETAILS, PRODUCTION, ROWS, Tenant
from tests.microsoft.loopback import Asked, MicrosoftServer, Reply
from tests.microsoft365.tenant import GUESTS, Graph, tenant

SUBSCRIPTIONS, COPIES = 20, 3
USERS, GUEST_USERS, DEVICES, APPLICATIONS = 5000, 500, 1000, 200
GRAPH_PAGE = 100
"""Items in an answer of Microsoft Graph where the request names no number (*Paging Microsoft Graph data*: most lists)."""
MANAGED, REGISTERED = "/deviceManagement/managedDevices", "/reports/authenticationMethods/userRegistrationDetails"


def azure_answers() -> Callable[[Asked], Reply]:
    """Each subscription holds three copies of every kind of resource, and what is asked of each of them."""
    found, told = Tenant(), json.dumps([ROWS, DETAILS])
    found.rows.clear()
    listed: list[Any] = []
    for number in range(SUBSCRIPTIONS):
        for copy in range(COPIES):
            own = told.replace(PRODUCTION, str(UUID(int=number + 1))).replace("/rg-app/", f"/rg-{copy}/")
            rows, details = json.loads(own)
            found.rows |= rows
            found.details |= details
        listed.append(found.details["/subscriptions"][0] | {"displayName": f"subscription-{number:02}"})
    found.details["/subscriptions"] = listed
    return found.answer


def graph_answers() -> Graph:
    """Lists of the size of a province's tenant, each page as long as the request asks."""
    documents = tenant()
    documents.pop("dns")
    for place, count in (
        (REGISTERED, USERS),
        (GUESTS, GUEST_USERS),
        (MANAGED, DEVICES),
        ("/applications", APPLICATIONS),
    ):
        known = documents[place]["value"]
        more = range(1, count + 1 - len(known))
        documents[place]["value"] = known + [known[-1] | {"id": str(UUID(int=number))} for number in more]
    return PagedGraph(documents)


class PagedGraph(Graph):
    """Answers with as many items as ``$top`` says."""

    def page(self, version: str, path: str, document: Any) -> Any:
        """One page."""
        stated = re.search(r"\$top=(\d+)", path)
        self.page_size = int(stated[1]) if stated else GRAPH_PAGE
        return super().page(version, path, document)


class Replayed:
    """Answers that are made once, and then given after a latency in seconds; ``calls`` counts them."""

    def __init__(self, answer: Callable[[Asked], Reply]) -> None:
        self._answer, self._known = answer, dict[str, Reply]()
        self._making = threading.Lock()
        self.latency, self.calls = 0.0, 0
        self.requests: list[dict[str, Any]] = []

    def __call__(self, asked: Asked) -> Reply:
        time.sleep(self.latency)
        key = json.dumps([asked.method, asked.path, asked.body])
        with self._making:
            self.calls += 1
            if key not in self._known:
                self.requests.append({"method": asked.method, "path": asked.path, "body": asked.body})
                self._known[key] = Reply(text=self._answer(asked).content())
        return self._known[key]


@contextmanager
def serving(answer: Callable[[Asked], Reply]) -> Iterator[tuple[str, Replayed]]:
    """A server for these answers: its address, and what it replays."""
    replayed = Replayed(answer)
    with MicrosoftServer(replayed).running() as server:
        if isinstance(answer, Graph):
            answer.address = server.address
        yield server.address, replayed
