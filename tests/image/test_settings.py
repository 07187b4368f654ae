"""Every setting, on real hives: the fix of a check turns it to pass, a bad value turns it to fail."""

import csv
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest

from baseline.assess.judge import Judged, judge
from baseline.collectors.image.reader.directory import DirectoryTree
from baseline.collectors.image.reader.lookup import AnyCase
from baseline.collectors.image.windows.facts import read_windows
from baseline.collectors.image.windows.registry import Registry
from baseline.collectors.image.windows.settings import all_settings, read_setting
from baseline.content.fact_schema import Scalar, resolve
from baseline.models.facts.fact import Unknown
from baseline.models.facts.workplace import WorkplaceFacts
from tests.image.hives import make_hive
from tests.image.images import need
from tests.image.registry_edits import fix_of, hives_of, workplace_checks
from tests.image.windows_tree import make_windows
from tests.reference import reference_path

CHECKS = workplace_checks()
FIXES = {name: fix for name, compiled in CHECKS.items() if (fix := fix_of(compiled.check))}
PATHS = {name: [path for path in CHECKS[name].needs if path in all_settings()] for name in FIXES}


def verdict(name: str, document: dict[str, Any]) -> str:
    compiled = CHECKS[name]
    (found,) = judge(compiled, Judged(document, {"platform": "windows_image"}, 0), compiled.check.params)
    return str(found.status)


def windows_with(folder, edits):
    """The facts document of a Windows with these registry values."""
    hives = hives_of(edits)
    root = make_windows(folder, software_extra=hives["SOFTWARE"], system_extra=hives["SYSTEM"])
    facts, _ = read_windows(AnyCase(DirectoryTree(root)))
    return msgspec.to_builtins(facts)


@pytest.fixture(scope="module")
def hardened(tmp_path_factory):
    """A Windows on which the fix of every check was carried out."""
    need("hivexregedit")
    return windows_with(tmp_path_factory.mktemp("hard") / "c", list(FIXES.values()))


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    """A Windows on which nothing is set."""
    need("hivexregedit")
    return windows_with(tmp_path_factory.mktemp("bare") / "c", [])


@pytest.fixture(scope="module")
def weakened(tmp_path_factory, untouched):
    """A Windows on which a bad value was written for every check."""
    managed = changed(untouched, "administrator_password.backup", "entra")
    edits = [bad_edit(name, managed) for name in FIXES]
    return windows_with(tmp_path_factory.mktemp("weak") / "c", [edit for edit in edits if edit])


def bad_edit(name, document):
    """A value in the place of the fix with which the check is not met; None when the name of a check has none."""
    key, value, good = FIXES[name]
    for path in PATHS[name]:
        setting = all_settings()[path]
        place = next((place for place in setting.places if place.at.casefold() == f"{key}:{value}".casefold()), None)
        if place is None:
            continue
        for raw in candidates(setting, place, good):
            meaning = meaning_of(setting, place, raw)
            if verdict(name, changed(document, path, meaning)) == "fail":
                return key, value, raw
    return None


def candidates(setting, place, good):
    if setting.kind in ("number", "digits"):
        numbers = [0, 1, 99_999_999]
        return [str(number) for number in numbers] if isinstance(good, str) else numbers
    if setting.kind == "text":
        return ["something else"]
    words = list(place.words or setting.words or {"0": 0, "1": 1})
    return words if isinstance(good, str) else [int(word) for word in words]


def meaning_of(setting, place, raw):
    if setting.kind in ("number", "digits"):
        return int(raw)
    if setting.kind == "text":
        return raw
    found = (place.words or setting.words or {"0": False, "1": True})[str(raw)]
    return (not found) if place.invert else found


def changed(document, path, value):
    first, *rest = path.split(".")
    if not rest:
        return {**document, first: value}
    return {**document, first: changed(document[first], ".".join(rest), value)}


def test_there_are_checks_enough_and_each_names_its_alternatives():
    assert len(CHECKS) >= 80
    for name in FIXES:
        text = CHECKS[name].check.remediation.text
        assert "Registry:" in text, name
        assert "MDM" in text, name
        assert "When nothing is set:" in text, name


@pytest.mark.parametrize("name", sorted(FIXES))
def test_the_fix_of_a_check_turns_it_to_pass(name, hardened):
    assert verdict(name, hardened) == "pass"


@pytest.mark.parametrize("name", sorted(FIXES))
def test_a_bad_value_turns_a_check_to_fail(name, weakened):
    if CHECKS[name].check.applies_to.when.startswith("administrator_password.backup"):
        weakened = changed(weakened, "administrator_password.backup", "entra")
    assert verdict(name, weakened) == "fail"


@pytest.mark.parametrize("name", sorted(FIXES))
def test_an_unreadable_registry_is_an_error_never_a_verdict(name):
    document = msgspec.to_builtins(WorkplaceFacts())
    assert verdict(name, document) == "error"


def test_every_setting_of_the_tables_is_a_fact_of_its_type():
    for path, setting in all_settings().items():
        found = resolve(WorkplaceFacts, tuple(path.split(".")))
        assert isinstance(found, Scalar), path
        assert found.optional == (setting.missing is None), path
        meanings = set(setting.words.values()) | {word for place in setting.places for word in place.words.values()}
        expected = {"number": int, "digits": int, "text": str, "flag": bool}.get(setting.kind)
        if expected is None:
            expected = bool if all(isinstance(word, bool) for word in meanings) else str
        assert found.python is expected, path
        if found.choices:
            assert meanings | ({setting.missing} - {None}) == set(found.choices), path


def test_every_setting_of_the_model_is_in_the_tables():
    named = set(all_settings())
    sections = {path.split(".")[0] for path in named}
    for section in sections:
        model = get_args(get_type_hints(WorkplaceFacts, include_extras=True)[section])[0]
        assert leaves(model, section) <= named


def leaves(model, prefix):
    found = set()
    for name, hint in get_type_hints(model, include_extras=True).items():
        inner = get_args(hint)[0]
        below = isinstance(inner, type) and issubclass(inner, msgspec.Struct) and get_origin(inner) is not Literal
        found |= leaves(inner, f"{prefix}.{name}") if below else {f"{prefix}.{name}"}
    return found


EXPLAINED = {
    "W11-040": "nothing is managed, so it does not apply; that nothing is managed is a fail of its own",
    "W11-041": "nothing is managed, so it does not apply; that nothing is managed is a fail of its own",
    "W11-053": "good, unknown and bad but critical drivers is what Windows does without a value",
    "W11-088": "clients of Windows demand a login for remote calls without a value; servers do not",
    "W11-071": "the firewall of Windows is on without a value",
    "W11-072": "the firewall of Windows is on without a value",
    "W11-073": "the firewall of Windows is on without a value",
    "W11-074": "Windows blocks what comes in without a value",
    "W11-070": "convenience PINs are off on domain members without a value",
    "W11-081": "the WinRM service refuses Basic without a value",
    "W11-082": "the WinRM service refuses unencrypted traffic without a value",
    "W11-084": "Remote Desktop asks for network level authentication without a value",
}
"""Rows of the reference on which we differ about what a missing value means, and why."""


def test_what_a_missing_value_means_agrees_with_the_reference_or_is_explained(untouched):
    with reference_path("hosts/windows-settings.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    by_place = {f"{key}\\{name}".casefold(): check for check, (key, name, _) in FIXES.items()}
    compared, different = 0, {}
    for row in rows:
        name = by_place.get(f"{row['hive']}\\{row['path']}\\{row['name']}".casefold())
        if name is None:
            continue
        compared += 1
        status = verdict(name, untouched)
        if status != row["missing"]:
            different[row["id"]] = (name, status, row["missing"])
    assert compared >= 90
    assert set(different) == set(EXPLAINED), different


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """A registry in which policy, MDM and the machine itself disagree."""
    need("hivexregedit")
    policy = "Policies\\Microsoft\\Windows\\LanmanWorkstation"
    manager = "Microsoft\\PolicyManager\\current\\device"
    rules = "9e6c4e1f-7d60-472f-ba1a-a39ef669e4b2=1|D4F940AB-401B-4EFC-AADC-AD5F3C50688A=2"

    def registry(*, policy_value=None, mdm_value=None, wins=None, strange=None):
        root = tmp_path_factory.mktemp("places")
        tree = {f"{manager}\\Defender": {"AttackSurfaceReductionRules": rules}}
        if policy_value is not None:
            tree[policy] = {"AllowInsecureGuestAuth": policy_value}
        if mdm_value is not None:
            tree[f"{manager}\\LanmanWorkstation"] = {"EnableInsecureGuestLogons": mdm_value}
        if wins is not None:
            tree[f"{manager}\\ControlPolicyConflict"] = {"MDMWinsOverGP": wins}
        if strange is not None:
            tree[policy] = {"AllowInsecureGuestAuth": strange}
        configuration = root / "Windows" / "System32" / "config"
        make_hive(configuration / "SOFTWARE", tree)
        make_hive(configuration / "SYSTEM", {"Select": {"Default": 1}, "ControlSet001": {}})
        return Registry(AnyCase(DirectoryTree(root)))

    return registry


def guest(registry):
    return read_setting(registry, all_settings()["smb.guest_logon"])


def test_group_policy_goes_before_mdm_unless_the_machine_says_otherwise(places):
    assert guest(places(policy_value=0, mdm_value=1)).value is False
    assert guest(places(policy_value=0, mdm_value=1)).origin.startswith("policy: ")
    assert guest(places(policy_value=0, mdm_value=1, wins=1)).value is True
    assert guest(places(mdm_value=0)).origin.startswith("mdm: ")
    assert guest(places()).value is None


def test_a_value_of_another_type_or_without_meaning_is_unknown(places):
    for strange in ("0", 7, b"\0"):
        found = guest(places(strange=strange))
        assert isinstance(found.value, Unknown), strange


def test_rules_that_mdm_keeps_in_one_line_are_found(places):
    registry = places()
    settings = all_settings()
    assert read_setting(registry, settings["attack_surface.lsass_credential_theft"]).value == "block"
    assert read_setting(registry, settings["attack_surface.office_child_processes"]).value == "audit"
    assert read_setting(registry, settings["attack_surface.ransomware"]).value == "off"
