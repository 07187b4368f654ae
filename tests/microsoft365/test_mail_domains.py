"""SPF, DKIM and DMARC, asked of a resolver on loopback, and only of the one that the inventory names."""

import asyncio
import contextlib
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.cloud.microsoft365.collector import Microsoft365Collector
from baseline.collectors.cloud.microsoft365.mail_domains import NOT_SET, _address
from baseline.collectors.cloud.microsoft365.text_records import BadAnswerError, question, read_answer, text_records
from baseline.models.facts.fact import Unknown
from tests.microsoft.loopback import MicrosoftServer, microsoft_settings, microsoft_target
from tests.microsoft365.judging import collected, verdicts, worst
from tests.microsoft365.resolver import header, resolving, told_by
from tests.microsoft365.tenant import TENANT, Graph, tenant

DOMAIN = "provincie.example"
MAIL = frozenset({"mail_domains"})


def mail(dns, domain=DOMAIN):
    documents = tenant()
    documents["/domains"]["value"][0]["id"] = domain
    documents["dns"] = dns
    (found,) = collected(Graph(documents), MAIL).facts.mail_domains
    return found


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["v=spf1 include:spf.protection.outlook.com -all", "other"], "fail"),
        (["V=SPF1 mx ~ALL"], "softfail"),
        (["v=spf1 mx ?all"], "neutral"),
        (["v=spf1 mx"], "neutral"),
        (["v=spf1 all"], "pass"),
        (["v=spf1 redirect=_spf.example"], "redirect"),
        (["v=spf10 -all"], None),
        (["v=spf1 -all", "v=spf1 mx -all"], None),
        (["something"], None),
    ],
)
def test_spf_is_what_it_says_of_mail_from_anywhere_else(texts, expected):
    assert mail({DOMAIN: texts}).spf == expected


def test_dmarc_of_a_domain_above_holds_with_its_policy_for_subdomains():
    told = mail({"_dmarc.example.nl": ["v=DMARC1; p=reject; sp=none"]}, "a.b.example.nl")
    assert (told.dmarc, told.dmarc_percent, told.dmarc_reports) == ("none", 100, False)
    own = mail({f"_dmarc.{DOMAIN}": ["v=DMARC1;p=quarantine;pct=20;rua=mailto:x@y.example"]})
    assert (own.dmarc, own.dmarc_percent, own.dmarc_reports) == ("quarantine", 20, True)
    assert mail({}).dmarc is None
    twice = {
        "_dmarc.a.b.example.nl": ["v=DMARC1; p=none", "v=DMARC1; p=reject"],
        "_dmarc.example.nl": ["v=DMARC1; p=reject"],
    }
    assert mail(twice, "a.b.example.nl").dmarc is None
    assert isinstance(mail({f"_dmarc.{DOMAIN}": ["v=DMARC1; p=invented"]}).dmarc, Unknown)


def test_a_dkim_key_may_stand_at_either_selector_and_an_empty_one_is_withdrawn():
    key = "v=DKIM1; k=rsa; p=" + "A" * 392
    assert mail({f"selector2._domainkey.{DOMAIN}": [key]}).dkim is True
    assert mail({f"selector1._domainkey.{DOMAIN}": ["v=DKIM1; p="]}).dkim is False
    failing = {f"selector1._domainkey.{DOMAIN}": ["SERVFAIL"]}
    assert isinstance(mail(failing).dkim, Unknown)
    assert mail({**failing, f"selector2._domainkey.{DOMAIN}": [key]}).dkim is True


def test_a_resolver_that_fails_makes_the_results_errors():
    documents = tenant()
    documents["dns"] = {key: ["SERVFAIL"] for key in documents["dns"]}
    found = worst(verdicts(collected(Graph(documents), MAIL).facts, frozenset({"m365-mail-spf-strict"})))
    assert found == {"m365-mail-spf-strict": "error"}


@pytest.mark.slow
def test_a_resolver_that_keeps_silent_costs_a_third_of_the_time_and_no_other_result():
    stopped = threading.Event()

    def silent(message, _name):
        stopped.wait(10)
        return message

    graph = Graph(tenant())
    graph.documents.pop("dns")
    with resolving(silent) as resolver, MicrosoftServer(graph).running() as server:
        target = microsoft_target(server.address, "m365", resolver=resolver, tenant=TENANT)
        started = time.monotonic()
        facts = asyncio.run(
            Microsoft365Collector().collect(target, frozenset(), microsoft_settings(timeout_seconds=6))
        ).facts
        took = time.monotonic() - started
        stopped.set()
    assert took < 6
    found = worst(verdicts(facts))
    assert {identity for identity, status in found.items() if status != "pass"} == {
        identity for identity in found if identity.startswith("m365-mail-")
    }
    assert "in time" in facts.mail_domains[0].spf.reason


def test_without_a_resolver_in_the_inventory_nothing_is_looked_up_and_the_reason_says_what_to_set():
    documents = tenant()
    del documents["dns"]
    facts = collected(Graph(documents), MAIL).facts
    assert facts.mail_domains == NOT_SET
    assert "baseline_microsoft_resolver" in NOT_SET.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("192.0.2.53", ("192.0.2.53", 53)),
        ("192.0.2.53:5353", ("192.0.2.53", 5353)),
        ("2001:db8::53", ("2001:db8::53", 53)),
        ("[2001:db8::53]", ("2001:db8::53", 53)),
        ("[2001:db8::53]:5353", ("2001:db8::53", 5353)),
    ],
)
def test_the_resolver_is_an_address_with_or_without_a_port(text, expected):
    assert _address(text) == expected


@pytest.mark.parametrize(
    "answer",
    [
        lambda message, _: b"",
        lambda message, _: message,
        lambda message, _: b"\0\0" + header(message, code=0)[2:] if message[:2] != b"\0\0" else b"",
        lambda message, _: header(message, code=0, answers=3),
        lambda message, _: header(message, code=0, answers=1) + b"\xc0\x0c\0\x10\0\1\0\0\0\0\xff\xff",
        lambda message, _: header(message, code=5),
        lambda message, _: header(message, code=0)[:12] + b"\5other\0\0\x10\0\1",
    ],
    ids=range(7),
)
def test_an_answer_that_is_none_is_unknown(answer):
    async def ask(address):
        return await text_records(DOMAIN, _address(address), 2)

    with resolving(answer) as address:
        assert isinstance(asyncio.run(ask(address)), Unknown)


def test_a_resolver_that_is_not_there_is_unknown():
    with resolving(told_by({})) as address:
        pass
    assert isinstance(asyncio.run(text_records(DOMAIN, _address(address), 2)), Unknown)


@pytest.mark.parametrize("name", ["", "a..b", "x" * 64 + ".nl", "a." * 140 + "nl"])
def test_a_name_that_cannot_stand_in_dns_is_not_asked(name):
    with resolving(told_by({})) as address:
        assert isinstance(asyncio.run(text_records(name, _address(address), 2)), Unknown)


@given(st.binary(max_size=300))
def test_hostile_bytes_are_texts_or_refused(tail):
    message = question(DOMAIN, 7)
    for start in (b"", message[:2] + b"\x81\x80\0\1\0\2\0\0\0\0" + message[12:]):
        with contextlib.suppress(BadAnswerError):
            assert all(isinstance(text, str) for text in read_answer(start + tail, 7, message[12:]))
