"""How a tenant is asked: few round trips, all pages, bad answers, and nobody's name in what is kept."""

import json
import time

import msgspec
import pytest

from baseline.collectors.cloud.microsoft365.personal import without_people
from tests.microsoft.loopback import TOKEN, Reply
from tests.microsoft365.judging import CHECKS, collected, verdicts, worst
from tests.microsoft365.tenant import ADMINISTRATOR, GROUP, GUEST, TENANT, USERS, Graph, ago, policy, tenant

PEOPLE = ("Jansen", "Pietersen", "@provincie.example", "griffie", "LT-JJANSEN")
"""Names, addresses, a device named after its user, and a banned word: all of them in the answers."""


def all_text(collection) -> str:
    kept = [artefact.content.decode() for artefact in collection.artefacts]
    return "\n".join([msgspec.json.encode(collection.facts).decode(), *kept])


def test_a_whole_tenant_takes_five_round_trips_and_one_check_takes_one():
    graph = Graph(tenant())
    assert collected(graph).round_trips == 5
    assert len(graph.items) == len(set(graph.items)), "nothing is asked twice"
    graph = Graph(tenant())
    assert collected(graph, frozenset({"sharing"})).round_trips == 1
    assert graph.items == ["/admin/sharepoint/settings"]


def test_no_name_address_or_secret_is_kept_and_people_are_named_by_object_id():
    told = json.dumps(tenant())
    assert all(name in told for name in PEOPLE)
    collection = collected(Graph(tenant()))
    assert [name for name in PEOPLE if name in all_text(collection)] == []
    assert ADMINISTRATOR in all_text(collection)
    assert collection.facts.tenant.name == TENANT
    artefacts = {item.name: item.content.decode().splitlines() for item in collection.artefacts}
    assert {source.artefact for source in collection.sources.values()} <= set(artefacts)
    guest = collection.sources[f"guests.{GUEST}"]
    assert GUEST in artefacts[guest.artefact][guest.lines[0] - 1]


def test_names_are_taken_out_wherever_they_stand():
    document = {
        "value": [{"@odata.type": "#microsoft.graph.user", "displayName": "Jan Jansen", "id": "1"}],
        "deep": {"otherMails": ["jan@provincie.example"], "text": "ask jan@provincie.example or call"},
        "values": [{"name": "BannedPasswordList", "value": "griffie"}],
        "clientSecret": "hunter2",
        "displayName": "Beleid",
    }
    kept = json.dumps(without_people(document))
    assert not any(word in kept for word in ("Jansen", "jan@", "griffie", "hunter2"))
    assert "Beleid" in kept
    assert "or call" in kept


@pytest.mark.parametrize("page_size", [1, 2])
def test_lists_are_read_over_all_their_pages(page_size):
    assert verdicts(collected(Graph(tenant(), page_size)).facts) == verdicts(collected(Graph(tenant())).facts)


def test_a_page_that_is_missing_makes_the_list_unknown():
    documents = tenant()
    documents["/reports/authenticationMethods/userRegistrationDetails"]["@odata.nextLink"] = "/v1.0/gone?$skiptoken=x"
    found = worst(verdicts(collected(Graph(documents)).facts))
    assert {identity for identity, status in found.items() if status == "error"} == {
        "m365-users-second-factor-registered",
        "m365-administrators-second-factor-registered",
        "m365-administrators-passkey-registered",
    }


def test_five_thousand_users_are_counted_in_time():
    documents = tenant()
    place = "/reports/authenticationMethods/userRegistrationDetails"
    ordinary = documents[place]["value"][2]
    documents[place]["value"] += [{**ordinary, "id": f"u{number}"} for number in range(5000)]
    started = time.monotonic()
    facts = collected(Graph(documents, 999), frozenset({"registration"})).facts
    assert (facts.registration.members, facts.registration.members_without_second_factor) == (5003, 0)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    "reply",
    [
        Reply(text=b'{"responses": [{"id": "0", "status": 200'),
        Reply({"responses": []}),
        Reply({"responses": "none"}),
        Reply({"responses": [{"id": "0", "status": "200", "body": {}}]}),
        Reply({"responses": [{"id": str(number), "status": 200, "body": "text"} for number in range(20)]}),
        Reply({"responses": [{"id": str(number), "status": 200, "body": {"value": 5}} for number in range(20)]}),
        Reply({"responses": [{"id": str(number), "status": 200, "body": {"value": ["x"]}} for number in range(20)]}),
        Reply({"responses": [{"id": str(number), "status": 200, "body": {}} for number in range(20)]}),
        Reply(text=b"<html>proxy</html>"),
        Reply({}, cut_off=True),
    ],
    ids=range(10),
)
def test_an_answer_that_makes_no_sense_is_never_a_pass(reply):
    graph = Graph(tenant())
    graph.__class__ = type("Strange", (Graph,), {"__call__": lambda _self, _asked: reply})
    found = worst(verdicts(collected(graph, timeout_seconds=5).facts))
    assert set(found) == set(CHECKS)
    assert {identity for identity, status in found.items() if status in ("pass", "not_applicable")} == set()


def test_an_expired_token_is_replaced_and_nothing_is_lost():
    collection = collected(Graph(tenant()), tokens=("expired", TOKEN))
    assert set(worst(verdicts(collection.facts)).values()) == {"pass"}


def test_a_token_that_is_never_accepted_is_an_error_of_every_result_that_says_so():
    facts = collected(Graph(tenant()), tokens=("expired",)).facts
    assert set(worst(verdicts(facts)).values()) == {"error"}
    assert "not accepted as signed in" in facts.guests.reason


def test_a_member_of_a_group_with_a_role_counts_as_administrator():
    documents = tenant()
    documents[f"/groups/{GROUP}/transitiveMembers"]["value"] += [
        {"@odata.type": "#microsoft.graph.servicePrincipal", "id": "sp-in-group"},
        {"@odata.type": "#microsoft.graph.user", "id": "guest-in-group"},
    ]
    documents[USERS]["value"].append(
        {"id": "guest-in-group", "accountEnabled": True, "userType": "Guest", "onPremisesSyncEnabled": None}
    )
    found = verdicts(collected(Graph(documents), frozenset({"roles"})).facts)
    assert found["m365-administrators-not-guests", "guest-in-group"] == "fail"
    assert worst(found)["m365-applications-roles-known"] == "fail"


@pytest.mark.parametrize(
    ("kind", "status"), [("agentIdentity", "error"), ("device", "pass"), ("orgContact", "pass"), ("group", "pass")]
)
def test_a_member_of_a_new_kind_does_not_vanish_from_a_group_with_a_role(kind, status):
    documents = tenant()
    member = {"@odata.type": f"#microsoft.graph.{kind}", "id": "in-group"}
    documents[f"/groups/{GROUP}/transitiveMembers"]["value"].append(member)
    found = worst(verdicts(collected(Graph(documents), frozenset({"roles"})).facts))
    assert found["m365-administrators-not-guests"] == found["m365-applications-roles-known"] == status


@pytest.mark.parametrize(
    ("since", "status"), [(ago(30), "pass"), (ago(-30), "fail"), ("soon", "error"), (None, "pass")]
)
def test_a_limit_on_secrets_that_is_for_applications_to_come_limits_nothing_yet(since, status):
    documents = tenant()
    (limit,) = documents["/policies/defaultAppManagementPolicy"]["applicationRestrictions"]["passwordCredentials"]
    limit["restrictForAppsCreatedAfterDateTime"] = since
    check = "m365-applications-credentials-ruled"
    assert worst(verdicts(collected(Graph(documents), CHECKS[check].needs).facts))[check] == status


def test_hostile_ids_go_nowhere_else_and_name_nothing_they_should_not():
    documents = tenant()
    held = documents["/roleManagement/directory/roleAssignments"]["value"]
    held.append({**held[-1], "id": "hostile", "principalId": "../../users?$select=id#"})
    held.append({**held[0], "id": "hostile-2", "principalId": "x' or startswith(id,'"})
    graph = Graph(documents)
    found = worst(verdicts(collected(graph).facts))
    assert [item for item in graph.items if item not in documents] == [], "it was not sent"
    assert {found[f"m365-administrators-{name}"] for name in ("cloud-only", "not-guests", "enabled")} == {"error"}
    assert found["m365-mfa-everyone"] == "pass", "the rest of the batch is not lost"
    for strange in ("", "a\nb", "x" * 301, None):
        documents = tenant()
        documents["/users (guests)"]["value"][0]["id"] = strange
        assert (
            worst(verdicts(collected(Graph(documents), frozenset({"guests"})).facts))["m365-guests-active"] == "error"
        )


def test_an_administrator_of_whom_graph_tells_nothing_is_unknown_and_the_others_are_not():
    documents = tenant()
    documents[USERS]["value"].pop()
    found = verdicts(collected(Graph(documents), frozenset({"roles"})).facts)
    told = {subject: status for (check, subject), status in found.items() if check == "m365-administrators-cloud-only"}
    assert sorted(told.values()) == ["error", "pass", "pass"]


@pytest.mark.parametrize(
    "place",
    [
        "/organization",
        "/roleManagement/directory/roleAssignments",
        "/roleManagement/directory/roleAssignmentScheduleInstances",
        "/policies/roleManagementPolicyAssignments",
        "/reports/authenticationMethods/userRegistrationDetails",
        "/domains",
        "/deviceManagement/deviceEnrollmentConfigurations",
        "/security/secureScores",
        "/security/secureScoreControlProfiles",
    ],
)
def test_nothing_where_there_always_is_something_is_an_error_and_no_pass(place):
    graph = Graph({**tenant(), place: {"value": []}})
    changed = {
        identity: status for identity, status in worst(verdicts(collected(graph).facts)).items() if status != "pass"
    }
    assert set(changed.values()) == {"error"}


def test_policies_of_the_same_name_are_told_apart():
    documents = tenant()
    documents["/identity/conditionalAccess/policies"]["value"] += [
        policy("Dubbel", "mfa", id="p1", state="enabledForReportingButNotEnforced", modifiedDateTime=ago(99)),
        policy("Dubbel", "mfa", id="p2"),
    ]
    found = verdicts(collected(Graph(documents), frozenset({"conditional_access"})).facts)
    assert found["m365-policies-enforced", "Dubbel (p1)"] == "fail"
    assert found["m365-policies-enforced", "Dubbel (p2)"] == "pass"


@pytest.mark.parametrize(
    ("controls", "status"),
    [
        (("mfa", "compliantDevice", "domainJoinedDevice"), "pass"),
        (("compliantDevice", "domainJoinedDevice"), "pass"),
        (("mfa", "approvedApplication"), "fail"),
        (("mfa", "compliantDevice", "newControl"), "error"),
    ],
)
def test_a_choice_between_a_second_factor_and_a_managed_device_protects_registering(controls, status):
    documents = tenant()
    policies = documents["/identity/conditionalAccess/policies"]["value"]
    registering = next(one for one in policies if one["displayName"] == "Registration")
    registering["grantControls"]["builtInControls"] = list(controls)
    found = worst(verdicts(collected(Graph(documents), frozenset({"conditional_access"})).facts))
    assert found["m365-security-information-protected"] == status


def test_a_policy_for_a_condition_that_is_new_leaves_the_demand_unknown_until_another_policy_meets_it():
    documents = tenant()
    strange = policy("Nieuw", "mfa")
    strange["conditions"]["moonPhase"] = ["full"]
    documents["/identity/conditionalAccess/policies"]["value"][0] = strange
    assert worst(verdicts(collected(Graph(documents)).facts))["m365-mfa-everyone"] == "error"
    documents["/identity/conditionalAccess/policies"]["value"].append(policy("MFA", "mfa"))
    assert worst(verdicts(collected(Graph(documents)).facts))["m365-mfa-everyone"] == "pass"


def test_a_score_that_a_person_declared_is_not_believed():
    documents = tenant()
    profile = documents["/security/secureScoreControlProfiles"]["value"][0]
    profile["controlStateUpdates"] = [
        {"state": "default", "updatedDateTime": ago(20)},
        {"state": "thirdParty", "updatedDateTime": ago(10)},
    ]
    found = worst(verdicts(collected(Graph(documents), frozenset({"audit"})).facts))
    assert (found["m365-audit-log-on"], found["m365-audit-mailboxes-on"]) == ("error", "pass")
