"""Nothing but reading leaves the process: every way around the allow-list that we could think of is tried."""

import asyncio
import json

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.cloud.microsoft.allow_list import NotAllowedError, ReadOnlyTransport, refusal
from baseline.collectors.cloud.microsoft.client import _http_client, open_client
from baseline.collectors.cloud.microsoft.failure import Failure
from tests.microsoft.loopback import MicrosoftServer, Reply, microsoft_settings, microsoft_target

ORIGIN = "https://graph.microsoft.com"
QUERY = f"{ORIGIN}/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01"
BATCH = f"{ORIGIN}/v1.0/$batch"


def plainly(document: object) -> bytes:
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()


def batch(*items: object, **more: object) -> bytes:
    return plainly({"requests": list(items), **more})


def item(**changes: object) -> dict[str, object]:
    return {"id": "0", "method": "GET", "url": "/users", **changes}


@pytest.mark.parametrize(
    "request_",
    [
        httpx.Request("GET", f"{ORIGIN}/v1.0/users?$top=5"),
        httpx.Request("GET", "https://graph.microsoft.com:443/v1.0/users"),
        httpx.Request("POST", QUERY, content=plainly({"query": "resources"})),
        httpx.Request("POST", BATCH, content=batch(item(), item(id="1", url="/users?$filter=a eq 'b..c'"))),
        httpx.Request("POST", BATCH, content=batch(item(headers={"ConsistencyLevel": "eventual"}))),
    ],
)
def test_reading_is_allowed(request_):
    assert refusal(request_, ORIGIN) is None


WRITING = [
    *(
        httpx.Request(method, f"{ORIGIN}/v1.0/users")
        for method in ("POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
    ),
    *(httpx.Request(method, f"{ORIGIN}/v1.0/users") for method in ("TRACE", "CONNECT", "GET\t", "XGET")),
    httpx.Request("GET", f"{ORIGIN}/v1.0/users", content=b"{}"),
    httpx.Request("GET", "http://graph.microsoft.com/v1.0/users"),
    httpx.Request("GET", "https://graph.microsoft.com:8443/v1.0/users"),
    httpx.Request("GET", "https://graph.microsoft.com.example.net/v1.0/users"),
    httpx.Request("GET", "https://graph.microsoft.com@example.net/v1.0/users"),
    httpx.Request("GET", "https://user:secret@graph.microsoft.com/v1.0/users"),
    httpx.Request("GET", f"{ORIGIN}/v1.0/users", headers={"Host": "example.net"}),
    httpx.Request("GET", f"{ORIGIN}/v1.0/users", headers={"X-HTTP-Method-Override": "DELETE"}),
    httpx.Request("GET", f"{ORIGIN}/v1.0/users", headers={"X-Method-Override": "DELETE"}),
    httpx.Request("GET", f"{ORIGIN}/v1.0/users", headers={"X-HTTP-Method": "DELETE"}),
    httpx.Request("GET", f"{ORIGIN}/v1.0/users", headers={"X-Original-URL": "/v1.0/other"}),
    httpx.Request("POST", QUERY.replace("resources?", "resources/../../x?"), content=b"{}"),
    httpx.Request("POST", QUERY.replace("resources?", "resources/?"), content=b"{}"),
    httpx.Request("POST", QUERY.replace("resources?", "resourcesHistory?"), content=b"{}"),
    httpx.Request("POST", QUERY.replace("/providers", "//providers"), content=b"{}"),
    httpx.Request("POST", QUERY.replace("providers", "provider%73"), content=b"{}"),
    httpx.Request("POST", QUERY + "&x=y", content=b"{}"),
    httpx.Request("POST", QUERY.partition("?")[0], content=b"{}"),
    httpx.Request("POST", QUERY, content=b" " * 300_000),
    httpx.Request("POST", QUERY, content=iter([b"{}"])),
    httpx.Request("POST", f"{ORIGIN}/subscriptions/x/providers/a/b/listKeys?api-version=2022-10-01", content=b"{}"),
    httpx.Request("POST", f"{BATCH}?x=y", content=batch(item())),
    httpx.Request("POST", f"{ORIGIN}/v1.0/x/../$batch/", content=batch(item())),
    *(
        httpx.Request("POST", BATCH, content=content)
        for content in (
            b"",
            b"[]",
            b"{}",
            b"\xff",
            b"[" * 100_000,
            batch(),
            batch(item(method="POST")),
            batch(item(), item(id="1", method="DELETE")),
            batch(item(method="get")),
            batch(item(method=["GET"])),
            batch(item(body={})),
            batch(item(dependsOn=["1"])),
            batch(item(headers={"X-HTTP-Method-Override": "DELETE"})),
            batch(item(headers={"ConsistencyLevel": "eventual", "Prefer": "x"})),
            batch(item(url="https://example.net/")),
            batch(item(url="//example.net/")),
            batch(item(url="/\\example.net/")),
            batch(item(url="users")),
            batch(item(url=None)),
            batch(item(url="/../beta/users")),
            batch(item(url="/%2e%2e/beta/users")),
            batch(item(url="/%2E./beta/users")),
            batch(item(url="/$batch")),
            batch(item(url="/%24batch")),
            batch("GET /users"),
            batch(item(), more=[]),
            batch(*(item(id=str(number)) for number in range(21))),
            b'{"requests":[{"id":"0","method":"GET","url":"/users"}],"requests":[{"id":"0","method":"DELETE","url":"/x"}]}',
            b'{"requests":[{"id":"0","method":"DELETE","url":"/users","method":"GET"}]}',
            b'{"requests":[{"id":"0","method":"GET","url":"/users"}],"\\u0072equests":[]}',
        )
    ),
]


@pytest.mark.parametrize("request_", WRITING, ids=range(len(WRITING)))
def test_anything_else_is_refused_before_it_leaves(request_):
    sent = []

    async def attempt():
        transport = ReadOnlyTransport(ORIGIN, httpx.MockTransport(sent.append))
        await transport.handle_async_request(request_)

    with pytest.raises(NotAllowedError, match="is not sent"):
        asyncio.run(attempt())
    assert not sent


@given(st.text(max_size=12), st.text(max_size=60), st.binary(max_size=60))
def test_whatever_is_sent_by_post_is_one_of_the_three_addresses(method, path, body):
    try:
        request = httpx.Request(method, f"{ORIGIN}/{path}", content=body)
    except (httpx.InvalidURL, UnicodeError, ValueError):
        return
    if refusal(request, ORIGIN) is None:
        assert request.method == "GET"
        assert not body


def test_a_redirect_is_not_followed_anywhere_and_the_token_stays_here():
    with MicrosoftServer(lambda _asked: Reply({}, 200)).running() as elsewhere:
        reply = Reply({}, 302, {"Location": f"{elsewhere.address}/v1.0/users"})
        with MicrosoftServer(lambda _asked: reply).running() as server:
            answer = asyncio.run(get(server.address, "/v1.0/users"))
    assert isinstance(answer, Failure)
    assert "redirect" in answer.reason
    assert elsewhere.asked == []


def test_even_a_client_that_follows_redirects_does_not_leave_the_host():
    async def follow(address):
        async with _http_client(address, microsoft_settings()) as http:
            await http.get("/start", follow_redirects=True, headers={"Authorization": "Bearer eyJ0.loopback.token"})

    with MicrosoftServer(lambda _asked: Reply({}, 200)).running() as elsewhere:
        reply = Reply({}, 307, {"Location": f"{elsewhere.address}/v1.0/users"})
        with MicrosoftServer(lambda _asked: reply).running() as server, pytest.raises(NotAllowedError):
            asyncio.run(follow(server.address))
    assert elsewhere.asked == []


@pytest.mark.parametrize("method", ["POST", "DELETE", "PATCH", "PUT"])
def test_the_client_cannot_write(method):
    async def write(address):
        async with open_client(microsoft_target(address), microsoft_settings(), "graph") as client:
            return await client.send(method, "/v1.0/users", body={"displayName": "x"})

    with MicrosoftServer(lambda _asked: Reply({})).running() as server:
        answer = asyncio.run(write(server.address))
    assert isinstance(answer, Failure)
    assert answer.code == "not_allowed"
    assert server.asked == []


async def get(address: str, path: str):
    async with open_client(microsoft_target(address), microsoft_settings(), "graph") as client:
        return await client.get(path)
