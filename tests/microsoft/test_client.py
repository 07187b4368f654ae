"""How the client bears what servers do: pages, throttling, expired tokens, slow, large and broken answers."""

import asyncio
import json
import time

import pytest

from baseline.collectors.cloud.microsoft.batch import get_batch
from baseline.collectors.cloud.microsoft.client import open_client
from baseline.collectors.cloud.microsoft.clouds import addresses, origin
from baseline.collectors.cloud.microsoft.failure import Failure
from baseline.collectors.cloud.microsoft.waiting import asked_seconds, quota_seconds
from baseline.models.cloud import MicrosoftAccess
from baseline.models.errors import CollectError
from tests.microsoft.loopback import (
    BROKEN,
    DENIED,
    FORBIDDEN,
    NOT_FOUND,
    THROTTLED,
    TOKEN,
    MicrosoftServer,
    Reply,
    microsoft_settings,
    microsoft_target,
)


def using(answer, use, *tokens, target=None, **settings):
    """What ``use(client)`` gives with a server that answers so, and the server."""

    async def run(server):
        known = microsoft_target(server.address, **(target or {}))
        async with open_client(known, microsoft_settings(*tokens, **settings), "graph") as client:
            return await use(client), client

    with MicrosoftServer(answer).running() as server:
        result, client = asyncio.run(run(server))
    return result, server, client


def getting(path="/v1.0/users", permission="User.Read.All"):
    return lambda client: client.get(path, permission=permission)


def everything(path="/v1.0/users"):
    return lambda client: client.get_all(path, permission="User.Read.All")


def in_turn(*replies):
    """The replies one after the other, the last for ever after."""
    waiting = list(replies)
    return lambda _asked: waiting.pop(0) if len(waiting) > 1 else waiting[0]


def test_a_document_is_read_with_the_token_and_kept_without_secrets():
    document = {"id": "1", "adminPassword": "Hush-1", "connection": "Server=x;Password=Hush-2;", "count": 3}
    result, server, client = using(lambda _asked: Reply(document), getting("/v1.0/users/1?$select=id&api-version=1"))
    assert result == document
    assert server.asked[0].headers["authorization"] == f"Bearer {TOKEN}"
    (artefact,) = client.artefacts()
    assert artefact.name == "GET /v1.0/users/1?$select=id"
    assert b"Hush" not in artefact.content
    assert json.loads(artefact.content)["count"] == 3
    assert client.round_trips == 1


def test_a_denied_request_names_itself_and_the_permission():
    result, server, _ = using(lambda _asked: FORBIDDEN, getting())
    assert (result.code, result.status, result.error) == ("denied", 403, "AuthorizationFailed")
    assert result.reason == "GET /v1.0/users was denied (403 AuthorizationFailed); it needs User.Read.All"
    assert result.unknown.reason == result.reason
    assert len(server.asked) == 1


def test_what_is_not_there_differs_from_what_is_denied():
    result, _, _ = using(lambda _asked: NOT_FOUND, getting())
    assert (result.code, result.error) == ("not_found", "ResourceNotFound")


@pytest.mark.parametrize("trouble", [THROTTLED, BROKEN])
def test_throttling_and_server_errors_are_waited_out(trouble):
    result, server, _ = using(in_turn(trouble, trouble, Reply({"id": "1"})), getting())
    assert result == {"id": "1"}
    assert len(server.asked) == 3


@pytest.mark.parametrize(("trouble", "code"), [(THROTTLED, "throttled"), (BROKEN, "server_error")])
def test_but_not_for_ever(trouble, code):
    result, server, _ = using(lambda _asked: trouble, getting())
    assert result.code == code
    assert "GET /v1.0/users" in result.reason
    assert len(server.asked) == 6


def test_no_more_is_waited_than_there_is_time():
    long = Reply({}, 429, {"Retry-After": "3600"})
    result, server, _ = using(lambda _asked: long, getting(), timeout_seconds=5.0)
    assert result.code == "throttled"
    assert len(server.asked) == 1


def test_retry_after_is_seconds_or_a_date_and_the_quota_of_resource_graph_counts():
    assert asked_seconds({"Retry-After": "17"}) == 17
    assert asked_seconds({"retry-after": "Fri, 01 Jan 2100 00:00:00 GMT"}) > 1e9
    assert asked_seconds({"retry-after": "Fri, 01 Jan 2010 00:00:00 GMT"}) == 0
    assert asked_seconds({"retry-after": "soon"}) is None
    assert quota_seconds({"x-ms-user-quota-remaining": "0", "x-ms-user-quota-resets-after": "00:00:05"}) == 5
    assert quota_seconds({"x-ms-user-quota-remaining": "0", "x-ms-user-quota-resets-after": "?"}) == 5
    assert quota_seconds({"x-ms-user-quota-remaining": "1", "x-ms-user-quota-resets-after": "00:00:05"}) is None


def test_a_used_up_quota_holds_the_next_query_back():
    used_up = {"x-ms-user-quota-remaining": "0", "x-ms-user-quota-resets-after": "00:00:00.3"}
    moments = []

    def answer(_asked):
        moments.append(time.monotonic())
        return Reply({}, headers=used_up)

    async def twice(client):
        return [await client.get("/v1.0/users"), await client.get("/v1.0/users")]

    using(answer, twice)
    assert moments[1] - moments[0] >= 0.29


def test_an_expired_token_is_replaced_once():
    result, server, _ = using(lambda _asked: Reply({"id": "1"}), getting(), "expired", TOKEN)
    assert result == {"id": "1"}
    assert [asked.headers["authorization"] for asked in server.asked] == ["Bearer expired", f"Bearer {TOKEN}"]


def test_a_token_that_stays_refused_is_a_failure_and_not_a_loop():
    result, server, _ = using(lambda _asked: Reply({}), getting(), "wrong")
    assert result.code == "authentication"
    assert "User.Read.All" in result.reason
    assert "wrong" not in result.reason
    assert len(server.asked) == 2


def test_all_pages_of_a_list_are_read():
    def answer(asked):
        number = int(asked.path.rpartition("=")[2]) if "skiptoken" in asked.path else 0
        link = {"@odata.nextLink": f"{address(asked)}/v1.0/users?$skiptoken={number + 1}"} if number < 4 else {}
        return Reply({"value": [number * 10, number * 10 + 1], **link})

    result, server, client = using(answer, everything())
    assert result == [0, 1, 10, 11, 20, 21, 30, 31, 40, 41]
    assert len(server.asked) == 5
    assert [artefact.name for artefact in client.artefacts()][:2] == ["GET /v1.0/users", "GET /v1.0/users (2)"]


def address(asked):
    return f"http://{asked.headers['host']}"


def test_a_list_with_a_page_missing_is_no_list():
    def answer(asked):
        if "skiptoken" in asked.path:
            return FORBIDDEN
        return Reply({"value": [1], "nextLink": f"{address(asked)}/v1.0/users?$skiptoken=1"})

    result, _, _ = using(answer, everything())
    assert result.code == "denied"


def test_pages_elsewhere_are_not_fetched():
    link = "https://example.net/v1.0/users?$skiptoken=1"
    result, _, _ = using(lambda _asked: Reply({"value": [1], "@odata.nextLink": link}), everything())
    assert result.code == "not_allowed"


def test_pages_that_lead_back_do_not_loop():
    result, server, _ = using(
        lambda asked: Reply({"value": [1], "nextLink": f"{address(asked)}/v1.0/users?$skiptoken=1"}), everything()
    )
    assert result.code == "unparsable"
    assert len(server.asked) == 2


@pytest.mark.parametrize("document", [{}, {"value": None}, {"value": {}}, {"value": "x"}])
def test_a_list_that_is_none_is_not_an_empty_list(document):
    result, _, _ = using(lambda _asked: Reply(document), everything())
    assert result.code == "unparsable"


NO_OBJECTS = (
    b"<html>sign in to the network</html>",
    b'{"value": [',
    b"",
    b"[1]",
    b'"text"',
    b"[" * 100_000,
    b"\xff\xfe",
)


def test_an_answer_that_is_no_object_is_unparsable():
    async def ask_all(client):
        return await asyncio.gather(*(client.get(f"/v1.0/{number}") for number in range(len(NO_OBJECTS))))

    results, _, _ = using(lambda asked: Reply(text=NO_OBJECTS[int(asked.bare[-1])]), ask_all)
    for number, result in enumerate(results):
        assert result == Failure(code="unparsable", reason=f"GET /v1.0/{number} gave no JSON object")


def test_an_answer_that_is_cut_off_is_asked_again():
    result, _, _ = using(in_turn(Reply({"id": "1"}, cut_off=True), Reply({"id": "1"})), getting())
    assert result == {"id": "1"}


def test_an_answer_that_is_always_cut_off_is_a_failure():
    result, server, _ = using(lambda _asked: Reply({"id": "1"}, cut_off=True), getting())
    assert result.code == "disconnected"
    assert len(server.asked) == 3


def test_a_slow_answer_ends_in_time_and_leaves_the_others():
    async def both(client):
        return await asyncio.gather(client.get("/v1.0/slow"), client.get("/v1.0/users"))

    def answer(asked):
        return Reply({"id": "1" * 500}, seconds_per_byte=0.05 if "slow" in asked.path else 0)

    started = time.monotonic()
    (slow, quick), _, _ = using(answer, both, timeout_seconds=1.0)
    assert slow.code == "timeout"
    assert "GET /v1.0/slow" in slow.reason
    assert quick["id"].startswith("1")
    assert time.monotonic() - started < 5


def test_an_answer_that_is_too_large_is_not_read_to_the_end():
    result, _, _ = using(lambda _asked: Reply({"id": "1" * 100_000}), getting(), maximum_output_bytes=50_000)
    assert result.code == "too_much_output"
    assert "50000 bytes" in result.reason


def test_nobody_there_is_disconnected():
    async def ask(address):
        async with open_client(microsoft_target(address), microsoft_settings(), "graph") as client:
            return await client.get("/v1.0/users")

    with MicrosoftServer(lambda _asked: Reply({})).running() as server:
        pass
    assert asyncio.run(ask(server.address)).code == "disconnected"


def batched(*paths, **options):
    return lambda client: get_batch(client, paths, permission="User.Read.All", **options)


def answer_batch(one):
    """Answers a batch with what ``one(url)`` gives: status, headers, body."""

    def answer(asked):
        responses = []
        for request in reversed(asked.body["requests"]):  # Graph keeps no order
            status, headers, body = one(request["url"])
            responses.append({"id": request["id"], "status": status, "headers": headers, "body": body})
        return Reply({"responses": responses})

    return answer


def test_a_batch_asks_twenty_at_a_time_and_gives_every_path_its_answer():
    paths = [f"/users/{number}" for number in range(45)]
    result, server, _ = using(answer_batch(lambda url: (200, {}, {"id": url})), batched(*paths, paths[0]))
    assert {path: answer["id"] for path, answer in result.items()} == {path: path for path in paths}
    assert sorted(len(asked.body["requests"]) for asked in server.asked) == [5, 20, 20]


def test_a_throttled_item_of_a_batch_is_asked_again_by_itself():
    tries = dict.fromkeys(("/users/1", "/users/2", "/users/3"), 0)

    def one(url):
        tries[url] += 1
        return (429, {"Retry-After": "0.01"}, {}) if url == "/users/2" and tries[url] < 3 else (200, {}, {"id": url})

    result, server, _ = using(answer_batch(one), batched(*tries))
    assert result["/users/2"] == {"id": "/users/2"}
    assert tries == {"/users/1": 1, "/users/2": 3, "/users/3": 1}
    assert [len(asked.body["requests"]) for asked in server.asked] == [3, 1, 1]


def test_items_of_a_batch_that_fail_leave_the_others():
    def one(url):
        return {"1": (403, {}, DENIED), "2": (429, {"Retry-After": "0.01"}, {}), "3": (200, {}, "text")}.get(
            url[-1], (200, {}, {"id": url})
        )

    result, _, _ = using(answer_batch(one), batched("/users/1", "/users/2", "/users/3", "/users/4"))
    assert result["/users/1"].code == "denied"
    assert "GET /v1.0/users/1 was denied" in result["/users/1"].reason
    assert result["/users/2"].code == "throttled"
    assert result["/users/3"].code == "unparsable"
    assert result["/users/4"] == {"id": "/users/4"}


def test_an_item_without_an_answer_is_a_failure():
    def answer(asked):
        return Reply({"responses": [{"id": "0", "status": 200, "body": {"id": "0"}}, {"id": "9"}, None]})

    result, _, _ = using(answer, batched("/users/0", "/users/1"))
    assert result["/users/0"] == {"id": "0"}
    assert "has no answer" in result["/users/1"].reason


@pytest.mark.parametrize("reply", [FORBIDDEN, THROTTLED, Reply({"responses": None})])
def test_a_batch_that_fails_makes_every_item_of_it_a_failure(reply):
    result, _, _ = using(lambda _asked: reply, batched("/users/0", "/users/1"))
    assert all(isinstance(answer, Failure) for answer in result.values())
    assert len(result) == 2


def test_a_list_in_a_batch_is_completed_over_its_pages():
    def answer(asked):
        if asked.method == "GET":
            return Reply({"value": [3, 4]})
        assert asked.body["requests"][0]["headers"] == {"ConsistencyLevel": "eventual"}
        link = f"{address(asked)}/v1.0/groups/1/members?$skiptoken=1"
        body = {"value": [1, 2], "@odata.nextLink": link}
        return Reply({"responses": [{"id": "0", "status": 200, "body": body}]})

    result, server, _ = using(answer, batched("/groups/1/members", eventual=True))
    assert result["/groups/1/members"]["value"] == [1, 2, 3, 4]
    assert server.asked[1].headers["consistencylevel"] == "eventual"


def test_no_token_is_no_target():
    with pytest.raises(CollectError, match="no access token") as raised:
        using(lambda _asked: Reply({}), getting(), secret=lambda _target, _kind: None)
    assert raised.value.code == "credential"


@pytest.mark.parametrize(
    "address_",
    [
        "http://example.net",
        "ftp://127.0.0.1",
        "https://",
        "https://a:b@example.net",
        "x",
        "https://a/b",
        "http://[",
        "https://a:x",
    ],
)
def test_a_token_goes_over_https_or_to_this_machine_only(address_):
    with pytest.raises(CollectError, match="is not") as raised:
        addresses(MicrosoftAccess(graph=address_))
    assert raised.value.code == "not_allowed"


def test_every_cloud_has_its_own_addresses():
    assert origin("https://GRAPH.example.net/") == "https://graph.example.net"
    assert addresses(MicrosoftAccess()).graph == "https://graph.microsoft.com"
    china = addresses(MicrosoftAccess(cloud="china", graph="http://[::1]:8080"))
    assert china.graph == "http://[::1]:8080"
    assert china.graph_audience == "https://microsoftgraph.chinacloudapi.cn"
    assert china.authority == "https://login.chinacloudapi.cn"
