"""Every setting that a check is about is flipped in a tenant in order, and its verdict flips with it."""

import pytest

from tests.microsoft365.flips import FLIPS, Flip
from tests.microsoft365.judging import CHECKS, read_directly, verdicts, worst
from tests.microsoft365.tenant import PARAMS, pointed, tenant

STRANGE = ("unknownFutureValue", 12345, {"new": True}, ["unknownFutureValue"])
"""What Microsoft may tell tomorrow."""

ABSENT_IS_NONE = {
    "platforms",
    "locations",
    "devices",
    "authenticationFlows",
    "applicationFilter",
    "excludeGuestsOrExternalUsers",
}
"""Optional conditions, which Graph may leave out where there is none."""
ANY_TEXT = {("m365-passwords-own-words-banned", "value"), ("m365-applications-delegated-limited", "scope")}
"""A word that is banned may be any word; a permission that is not known to be dangerous may be any other."""


def name_of(flip: Flip) -> str:
    """The same in every process that collects: a moment is not told, since it moves with the clock."""
    check, pointer, value = flip
    told = "a moment" if str(pointer[-1]).endswith("DateTime") else str(value)[:30]
    return f"{check}: {pointer[-1]}={told}"


def judged(check: str, documents) -> str:
    return worst(verdicts(read_directly(documents, CHECKS[check].needs), frozenset({check})))[check]


def test_a_tenant_in_order_meets_every_check():
    found = verdicts(read_directly(tenant()))
    assert {key: status for key, status in found.items() if status != "pass"} == {}
    assert len({check for check, _ in found}) == len(CHECKS)


def test_every_check_has_a_setting_that_is_flipped():
    assert {check for check, _, _ in FLIPS} == set(CHECKS)
    assert set(PARAMS) <= set(CHECKS)


@pytest.mark.parametrize("flip", FLIPS, ids=name_of)
def test_a_flipped_setting_flips_the_verdict(flip):
    check, pointer, value = flip
    documents = tenant()
    container, key = pointed(documents, pointer)
    container[key] = value
    assert judged(check, documents) == "fail"


@pytest.mark.parametrize("flip", [flip for flip in FLIPS if flip[1][0] != "dns"], ids=name_of)
def test_what_has_no_known_meaning_is_never_a_pass(flip):
    check, pointer, _ = flip
    passed = []
    tried = [*STRANGE[1:]] if (check, pointer[-1]) in ANY_TEXT else [*STRANGE]
    for strange in tried if pointer[-1] in ABSENT_IS_NONE else [*tried, None]:
        documents = tenant()
        container, key = pointed(documents, pointer)
        if strange is None and isinstance(container, dict):
            del container[key]
        else:
            container[key] = strange
        if judged(check, documents) in ("pass", "not_applicable"):
            passed.append(strange)
    assert passed == []
