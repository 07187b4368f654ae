"""Each request is denied, and throttled, in turn: exactly the results that need it become errors, and nothing vanishes."""

import msgspec
import pytest

from baseline.collectors.cloud.microsoft365 import requests
from baseline.collectors.cloud.microsoft365.inquiry import parts_for
from baseline.collectors.cloud.microsoft365.parts import PARTS
from baseline.collectors.cloud.microsoft365.request import Request
from tests.microsoft.loopback import BROKEN, FORBIDDEN, THROTTLED, Reply
from tests.microsoft365.judging import CHECKS, collected, verdicts, worst
from tests.microsoft365.tenant import EMERGENCY, GROUP, USERS, Graph, place_of, tenant

SCOPES = {place_of(value.path): value.scope for value in vars(requests).values() if isinstance(value, Request)}
SCOPES |= {f"/groups/{GROUP}/transitiveMembers": "GroupMember.Read.All", USERS: "User.Read.All"}

DECIDED_WITHOUT = {
    "/policies/identitySecurityDefaultsEnforcementPolicy": {"m365-mfa-everyone", "m365-legacy-authentication-blocked"},
    "/policies/deviceRegistrationPolicy": {"m365-devices-join-second-factor"},
}
"""Request -> checks that pass without it: a policy demands it already."""


@pytest.fixture(scope="module")
def in_order():
    return verdicts(collected(Graph(tenant())).facts)


def supplied_by(place: str) -> frozenset[str]:
    """Facts that come from a request, by what the parts say of themselves."""
    return frozenset(
        part.fact
        for part in PARTS
        for request in (*part.requests, *part.followed)
        if place in (place_of(request.path), place_of(request.path.replace("{id}", GROUP)))
    )


def depending_on(place: str) -> set[str]:
    facts = supplied_by(place)
    return {
        identity
        for identity, compiled in CHECKS.items()
        if any(part.fact in facts for part in parts_for(compiled.needs))
    }


def unknown_reasons(value: object) -> set[str]:
    if isinstance(value, dict):
        own = {value["$unknown"]} if "$unknown" in value else set()
        return own.union(*map(unknown_reasons, value.values()))
    return set().union(*map(unknown_reasons, value)) if isinstance(value, list) else set()


def reasons_of(facts: object) -> set[str]:
    return unknown_reasons(msgspec.to_builtins(facts)) - {"not collected"}


def assert_only_these_are_errors(place, found, in_order):
    told = worst(found)
    changed = {identity for identity, status in told.items() if status != "pass"}
    assert set(told) == set(CHECKS), "nothing vanishes"
    assert {told[identity] for identity in changed} <= {"error"}
    assert changed == depending_on(place) - DECIDED_WITHOUT.get(place, set())
    kept = {key: status for key, status in in_order.items() if key[0] not in changed}
    assert {key: status for key, status in found.items() if key[0] not in changed} == kept


def test_every_fact_that_a_check_needs_is_supplied_by_a_part_with_scopes_and_reasons():
    assert [identity for identity, compiled in CHECKS.items() if not parts_for(compiled.needs)] == []
    for request in (request for part in PARTS for request in (*part.requests, *part.followed)):
        assert request.scope.replace(" and ", "").replace(".", "").isalpha(), request
        assert ".Read" in request.scope
        assert "Write" not in request.scope
        assert request.why


@pytest.mark.parametrize("place", sorted(SCOPES))
def test_a_denied_request_makes_exactly_its_results_errors_and_names_the_scope_to_grant(place, in_order):
    graph = Graph(tenant())
    graph.faults[place] = FORBIDDEN
    facts = collected(graph).facts
    assert_only_these_are_errors(place, verdicts(facts), in_order)
    for reason in reasons_of(facts):
        assert place.partition(" ")[0] in reason
        assert f"grant the application permission {SCOPES[place]}" in reason


@pytest.mark.parametrize("place", sorted(SCOPES))
def test_a_throttled_request_is_repeated_by_itself_and_in_the_end_only_its_results_are_errors(place, in_order):
    graph = Graph(tenant())
    replies = [THROTTLED, BROKEN]
    graph.faults[place] = lambda: replies.pop() if replies else Reply(graph.documents[place])
    assert reasons_of(collected(graph, supplied_by(place)).facts) == set()
    assert graph.items.count(place) == 3
    assert {count for name in graph.items if (count := graph.items.count(name)) and name != place} <= {1}
    graph.faults[place] = THROTTLED
    facts = collected(graph).facts
    assert_only_these_are_errors(place, verdicts(facts), in_order)
    assert all("throttled" in reason for reason in reasons_of(facts))


LICENCES = [
    Reply({"error": {"code": "Forbidden", "message": "Your tenant is not licensed for this feature."}}, 403),
    Reply({"error": {"code": "AadPremiumLicenseRequired", "message": "The tenant needs Entra ID P2."}}, 400),
    Reply({"error": {"code": "BadRequest", "message": "Request not applicable to target tenant."}}, 400),
]


@pytest.mark.parametrize("reply", LICENCES, ids=lambda reply: reply.document["error"]["code"])
@pytest.mark.parametrize("place", ["/deviceManagement/managedDevices", "/identityProtection/riskyUsers"])
def test_a_missing_licence_is_said_and_never_a_pass(place, reply, in_order):
    graph = Graph(tenant())
    graph.faults[place] = reply
    facts = collected(graph).facts
    assert_only_these_are_errors(place, verdicts(facts), in_order)
    assert all("no licence" in reason and "grant" not in reason for reason in reasons_of(facts))


def test_without_a_licence_for_eligibility_only_active_administrators_count_and_permanence_is_unknown():
    graph = Graph(tenant())
    for place in (
        "/roleManagement/directory/roleEligibilityScheduleInstances",
        "/policies/roleManagementPolicyAssignments",
    ):
        graph.faults[place] = LICENCES[1]
    graph.faults["/roleManagement/directory/roleAssignmentScheduleInstances"] = LICENCES[1]
    collection = collected(graph, frozenset({"roles"}))
    assert collection.facts.roles.global_administrators == len(EMERGENCY)
    found = worst(verdicts(collection.facts))
    assert found["m365-global-administrators-few"] == "pass"
    assert found["m365-roles-eligible"] == found["m365-roles-activation-guarded"] == "error"


def test_when_the_whole_batch_fails_every_result_is_an_error():
    def failing(_asked):
        return BROKEN

    graph = Graph(tenant())
    graph.__class__ = type("Broken", (Graph,), {"__call__": lambda _self, asked: failing(asked)})
    found = verdicts(collected(graph).facts)
    assert set(worst(found).values()) == {"error"}
    assert {identity for identity, _ in found} == set(CHECKS)
