"""Resource Graph may leave rows out, stop early or change; none of it may look like fewer resources."""

import json
import re
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.cloud.azure.catalogue import KINDS
from baseline.collectors.cloud.azure.firewall_rules import Rule, admits, inbound_rules
from baseline.collectors.cloud.azure.items import fields_of, told_by
from baseline.collectors.cloud.azure.row import Properties, Row, moment_of, tls_version
from baseline.models.facts.azure import AzureFacts
from baseline.models.facts.fact import Unknown
from tests.azure.judging import statuses, worst
from tests.azure.tenant import DETAILS, PRODUCTION, ROWS, ST, rule
from tests.microsoft.loopback import Reply
from tests.reference import reference_path

ROW = {"id": ST, "name": "st01", "type": "microsoft.storage/storageaccounts", "subscriptionId": PRODUCTION}


def answer(**changes):
    return Reply(
        {"totalRecords": 1, "count": 1, "data": [{**ROW, "properties": {}}], "resultTruncated": "false", **changes}
    )


def storage(collect, tenant, reply):
    tenant.replies["resources"] = reply
    facts = collect("storage_accounts.*.https_only").facts
    assert isinstance(facts, AzureFacts)
    return facts.storage_accounts


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"totalRecords": 2}, "1 of 2 rows came"),
        ({"totalRecords": 0}, "1 of 0 rows came"),
        ({"totalRecords": None}, "does not say how many rows"),
        ({"totalRecords": True}, "does not say how many rows"),
        ({"resultTruncated": "true"}, "cut off after 1 rows"),
        ({"resultTruncated": True}, "cut off after 1 rows"),
        ({"data": None}, "another form"),
        ({"data": {"columns": []}}, "another form"),
        ({"data": ["x"]}, "another form"),
        ({"data": [{**ROW, "type": None}]}, "another form"),
        ({"data": [{**ROW, "subscriptionId": ""}]}, "another form"),
        ({"data": {"columns": [{"name": "id"}], "rows": [[ST]]}}, "another form"),
        ({"$skipToken": "same"}, "do not come to an end"),
        ({"$skipToken": 7}, "do not come to an end"),
    ],
)
def test_an_answer_that_is_not_whole_is_unknown(collect, tenant, changes, reason):
    found = storage(collect, tenant, answer(**changes))
    assert isinstance(found, Unknown)
    assert "Resource Graph query for resources" in found.reason
    assert reason in found.reason


def test_rows_come_in_pages(collect, tenant, azure):
    before = statuses(collect())
    azure.asked.clear()
    tenant.page_size = 3
    assert statuses(collect()) == before
    assert len([asked for asked in azure.asked if asked.method == "POST"]) > 20


def test_a_page_that_is_missing_makes_the_list_unknown(collect, tenant, azure):
    tenant.page_size = 3
    whole = tenant.answer

    def broken(asked):
        later = asked.method == "POST" and asked.body.get("options", {}).get("$skipToken") == "3"
        return Reply({"error": {"code": "X", "message": "y"}}, 400) if later else whole(asked)

    azure.answer = broken
    assert (
        worst(collect("storage_accounts", "key_vaults", "disks", "sql_servers"))["azure-storage-https-only"] == "error"
    )


def test_a_used_up_quota_is_waited_for(collect, tenant, azure):
    whole = tenant.answer
    moments = []

    def counting(asked):
        reply = whole(asked)
        if asked.method != "POST":
            return reply
        moments.append(time.monotonic())
        quota = {"x-ms-user-quota-remaining": "0", "x-ms-user-quota-resets-after": "00:00:00.4"}
        return Reply(reply.document, headers=quota)

    tenant.page_size = 20
    azure.answer = counting
    assert worst(collect("storage_accounts", "key_vaults", "resources"))["azure-storage-https-only"] == "pass"
    assert max(moments) - min(moments) >= 0.4


def test_a_resource_of_which_no_properties_are_told_is_an_error(collect, tenant):
    found = storage(collect, tenant, answer(data=[{**ROW, "properties": None}]))
    (account,) = found
    assert isinstance(account.https_only, Unknown)
    assert account.name.endswith("/st01")


def test_resources_with_the_same_name_stay_apart(collect, tenant):
    for identity in (ST.replace("rg-app", "RG-APP"), ST.replace("Microsoft", "microsoft")):
        tenant.rows[identity] = tenant.rows[ST]
    names = [item.name for item in collect("storage_accounts.*.https_only").facts.storage_accounts]
    assert len(names) == len(set(names)) == 3


def test_hostile_text_does_no_harm(collect, tenant):
    row = {**ROW, "name": "\x1b[31m" + "x" * 5000, "location": "\n", "tags": {"owner": "\x00"}, "properties": {}}
    (account,) = storage(collect, tenant, answer(data=[row]))
    assert account.name.isprintable()
    assert len(account.name) < 500


def test_artefacts_hold_the_answers_without_secrets(collect, tenant):
    tenant.change(ST, "properties.adminPassword", "Hush-1")
    tenant.change(ST, "tags", {"note": "AccountKey=Hush-2;"})
    collection = collect()
    text = b"".join(artefact.content for artefact in collection.artefacts)
    assert b"Hush" not in text
    assert b"supportsHttpsTrafficOnly" in text
    assert b"eyJ0" not in text
    of_azure = [artefact for artefact in collection.artefacts if artefact.name != "inventory"]
    assert collection.round_trips == len(of_azure)


def test_every_fact_says_where_it_was_read(collect, tenant):
    tenant.page_size = 10
    collection = collect()
    artefacts = {artefact.name: artefact.content.decode().split("\n") for artefact in collection.artefacts}
    name = "Productie/rg-app/st01"
    known = collection.sources[f"storage_accounts.{name}"]
    assert ST in artefacts[known.artefact][known.lines[0] - 1]
    days = collection.sources[f"storage_accounts.{name}.blob_soft_delete_days"]
    assert "deleteRetentionPolicy" in "".join(artefacts[days.artefact])
    assert {source.artefact for source in collection.sources.values()} <= set(artefacts)
    lists = {
        (fact, item.name)
        for fact in AzureFacts.__struct_fields__
        if fact not in {"tenant", "subscriptions"}
        for item in getattr(collection.facts, fact)
    }
    assert {pair for pair in lists if f"{pair[0]}.{pair[1]}" not in collection.sources} == set()


RECORDED = "cloud/examples/c7n/"


def recorded(name):
    """The bodies of recorded answers, by what was asked."""
    found = {}
    for interaction in json.loads(reference_path(RECORDED + name).read_text("utf-8"))["interactions"]:
        found[interaction["request"]["method"]] = interaction["response"]["body"]["data"]
    return found


def ask_recorded(collect, tenant, kind, fact):
    """The items of a recorded answer: as it is, which lacks rows that it counts, and with the count put right."""
    body = recorded(f"ResourceGraphSource.test_resource_graph_and_arm_sources_{kind}_are_equivalent.json")["POST"]
    subscription = body["data"]["rows"][0][10]
    tenant.details["/subscriptions"][0]["subscriptionId"] = subscription
    tenant.details[f"/subscriptions/{subscription}/providers/Microsoft.Authorization/permissions"] = [
        {"actions": ["*"]}
    ]
    tenant.replies["resources"] = Reply(body)
    cut = getattr(collect(fact).facts, fact.partition(".")[0])
    tenant.replies["resources"] = Reply({**body, "totalRecords": len(body["data"]["rows"])})
    return cut, getattr(collect(fact).facts, fact.partition(".")[0])


def test_recorded_storage_accounts_are_read(collect, tenant):
    cut, (account,) = ask_recorded(collect, tenant, "storage", "storage_accounts.*.https_only")
    assert "1 of 18 rows came" in cut.reason
    assert account.https_only is False
    assert account.minimum_tls == "1.0", "older accounts say nothing, which means 1.0"
    assert account.network == "public"
    assert isinstance(account.anonymous_access, Unknown)


def test_recorded_machines_are_read(collect, tenant):
    cut, (machine,) = ask_recorded(collect, tenant, "vm", "virtual_machines.*.managed_disks")
    assert "1 of 2 rows came" in cut.reason
    assert machine.managed_disks is True
    assert machine.password_login is True
    assert machine.trusted_launch is False


def test_the_published_example_of_an_answer_is_whole(collect, tenant):
    example = json.loads(
        reference_path("cloud/examples/azure-rest-api-specs/ResourcesBasicQuery.json").read_text("utf-8")
    )
    body = example["responses"]["200"]["body"]
    tenant.details["/subscriptions"][0]["subscriptionId"] = example["parameters"]["query"]["subscriptions"][0]
    path = f"/subscriptions/{example['parameters']['query']['subscriptions'][0]}/providers/Microsoft.Authorization/permissions"
    tenant.details[path] = [{"actions": ["*/read"]}]
    rows = [{**row, "subscriptionId": row["id"].split("/")[2]} for row in body["data"]]
    tenant.replies["every resource"] = Reply({**body, "data": rows})
    assert len(collect("resources").facts.resources) == 3


@given(st.text(max_size=20))
def test_a_version_of_tls_is_one_that_is_known_or_unknown(text):
    assert tls_version(text, Unknown("x")) in {"none", "1.0", "1.1", "1.2", "1.3", Unknown("x")}


@pytest.mark.parametrize("text", ["TLS1_2", "Tls12", "1.2", "TLSv1.2", "tls1.2", "minimumTls12"])
def test_spellings_of_tls_1_2(text):
    assert tls_version(text, Unknown("x")) == "1.2"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "c"]), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_readers_of_properties_never_fail_and_never_make_up_a_value(document):
    properties = Properties(document, "x")
    assert properties.flag("a.b") in (True, False) or isinstance(properties.flag("a.b"), Unknown)
    assert isinstance(properties.word("a", {"good": "good"}), Unknown) or str(properties.raw("a")).lower() == "good"
    for found in (properties.number("a"), properties.text("a.b.c"), properties.items("a"), properties.tls("b")):
        assert isinstance(found, Unknown | int | str | list)
    assert moment_of(document) is None or isinstance(document, str)


def rules_of(*rules):
    found = inbound_rules(Row({"name": "nsg", "properties": {"securityRules": list(rules)}}))
    assert not isinstance(found, Unknown)
    return found


@pytest.mark.parametrize(
    ("rules", "admitted"),
    [
        ([], False),
        ([rule("a", 100, "22")], True),
        ([rule("a", 100, "20-30", "Internet")], True),
        ([rule("a", 100, "*", "0.0.0.0/0", "*")], True),
        ([rule("a", 100, "22", "::/0")], True),
        ([rule("a", 100, "22", "0.0.0.0/1")], True),
        ([rule("a", 100, "22", "203.0.113.0/24")], False),
        ([rule("a", 100, "22", "VirtualNetwork")], False),
        ([rule("a", 100, "22", "*", "Udp")], False),
        ([rule("a", 100, "22", "*", "*", "Deny"), rule("b", 200, "22")], False),
        ([rule("b", 100, "22"), rule("a", 200, "22", "*", "*", "Deny")], True),
        ([rule("a", 100, "22", "10.0.0.0/8", "*", "Deny"), rule("b", 200, "22")], True),
        ([rule("a", 100, "22", "*", "Udp", "Deny"), rule("b", 200, "22")], True),
        ([rule("a", 100, "22", "::/0", "*", "Deny"), rule("b", 200, "22")], True),
        ([rule("a", 100, "22", "::/0", "*", "Deny"), rule("b", 200, "22", "0.0.0.0/0")], True),
        ([rule("a", 100, "22", "0.0.0.0/0", "*", "Deny"), rule("b", 200, "22", "0.0.0.0/0")], False),
        (
            [
                rule("a", 100, "22", "0.0.0.0/0", "*", "Deny"),
                rule("b", 110, "22", "::/0", "*", "Deny"),
                rule("c", 200, "22"),
            ],
            False,
        ),
    ],
)
def test_the_first_rule_that_matches_decides(rules, admitted):
    assert admits(rules_of(*rules), "tcp", 22) is admitted


@pytest.mark.parametrize(("ports", "admitted"), [("1024", True), ("*", False), ("0-65535", False)])
def test_a_deny_of_some_ports_to_send_from_leaves_the_others_open(ports, admitted):
    deny = rule("a", 100, "22", "*", "*", "Deny")
    deny["properties"] |= {"sourcePortRange": "", "sourcePortRanges": [ports]}
    assert admits(rules_of(deny, rule("b", 200, "22")), "tcp", 22) is admitted


def test_several_ports_and_sources_in_one_rule_all_count():
    several = rule("a", 100, "")
    several["properties"] |= {
        "sourceAddressPrefix": None,
        "sourceAddressPrefixes": ["10.0.0.0/8", "*"],
        "destinationPortRange": None,
        "destinationPortRanges": ["80", "20-23"],
    }
    assert admits(rules_of(several), "tcp", 22)
    assert not admits(rules_of(several), "tcp", 24)


@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 3), st.integers(0, 3)), max_size=6),
    st.integers(0, 3),
)
def test_rules_are_judged_as_a_walk_through_them_would(drawn, port):
    rules = [
        Rule(
            priority=number,
            allows=allows,
            protocols=frozenset({"tcp"}),
            ports=((min(first, last), max(first, last)),),
            internet=frozenset({4, 6} if wide else ()),
            everything=frozenset({4, 6} if wide else ()),
        )
        for number, (allows, wide, first, last) in enumerate(drawn)
    ]
    decided = next((one.allows for one in rules if one.internet and one.ports[0][0] <= port <= one.ports[0][1]), False)
    assert admits(rules, "tcp", port) is decided


WORDS = st.sampled_from(["Enabled", "Disabled", "TLS1_2", "", "x", "2026-01-01T00:00:00Z", "*", "1-", "0.0.0.0"])
ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 99999) | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "properties", "name"]), inner),
    max_leaves=4,
)
PATHS = sorted(
    {
        part
        for kind in KINDS
        for told in (*(row for row in ROWS.values()), *DETAILS.values())
        for part in re.findall(r"'(\w+)':", str(told))
    }
)


@given(
    st.dictionaries(st.sampled_from(PATHS), ODD | st.dictionaries(st.sampled_from(PATHS), ODD, max_size=4), max_size=12)
)
def test_no_answer_however_odd_stops_the_rest(properties):
    row = Row({**ROW, "properties": properties, "kind": properties.get("kind"), "identity": properties.get("identity")})
    for kind in KINDS:
        found = fields_of(kind, row, datetime.now(UTC))
        assert set(found) <= set(kind.model.__struct_fields__)
        for detail in kind.details:
            told = told_by(detail, {"properties": properties, "value": properties.get("value")}, "x")
            assert set(told) == set(detail.supplies)
