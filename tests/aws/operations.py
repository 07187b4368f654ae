"""Tells which operation of AWS an HTTP request is, from the models that botocore has."""

import re
from functools import cache
from urllib.parse import parse_qsl

from botocore.session import Session

from baseline.collectors.cloud.aws.table import read_list

_CREDENTIAL = re.compile(r"Credential=[^/]+/\d{8}/([^/]+)/([^/]+)/")


def signed_for(authorization: str) -> tuple[str, str]:
    """Region and signing name of a request."""
    found = _CREDENTIAL.search(authorization)
    return (found[1], found[2]) if found else ("", "")


def operation_of(method: str, address: str, headers, body: bytes) -> tuple[str, str]:
    """Service, as botocore calls it, and operation."""
    _, signing = signed_for(headers.get("Authorization", ""))
    path, _, query = address.partition("?")
    known = _services().get(signing, [])
    if target := headers.get("X-Amz-Target"):
        return _first(known, target.rpartition(".")[2])
    if "/operation/" in path:
        return _first(known, path.rpartition("/")[2])
    if action := dict(parse_qsl(body.decode("latin-1"))).get("Action") or dict(parse_qsl(query)).get("Action"):
        return _first(known, action)
    return _rest(known, method, path, {name for name, _ in parse_qsl(query, keep_blank_values=True)})


def _first(known, operation):
    service = next((name for name, model in known if operation in model.operation_names), "?")
    return service, operation


@cache
def _services():
    found = {}
    session = Session()
    for service in sorted({name for name, _ in read_list()} | {"sts"}):
        model = session.get_service_model(service)
        found.setdefault(model.signing_name, []).append((service, model))
    return found


@cache
def _routes(service):
    """(method, path pattern, keys of the query, operation), the most precise first."""
    model = next(model for models in _services().values() for name, model in models if name == service)
    routes = []
    for name in model.operation_names:
        http = model.operation_model(name).http
        path, _, query = http["requestUri"].partition("?")
        keys = frozenset(key for key, _ in parse_qsl(query, keep_blank_values=True))
        pattern = re.sub(r"\\\{\w+\\\+\\\}", ".+", re.escape(path))
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", pattern)
        routes.append((http["method"], re.compile(pattern.rstrip("/") + "/?"), keys, name, path.count("{")))
    return sorted(routes, key=lambda route: (-len(route[2]), route[4]))


def _rest(known, method, path, keys):
    names = sorted((name for name, _ in known), key=lambda name: name == "s3")
    for service in names:
        for verb, pattern, needed, operation, _ in _routes(service):
            if verb == method and needed <= keys and pattern.fullmatch(path):
                return service, operation
    return "?", f"{method} {path}"
