"""What is in force, as Windows itself tells it: it goes before what the registry says is set."""

from typing import Any

import msgspec

from baseline.collectors.image.windows.settings import Setting, Word
from baseline.collectors.windows.answer import Answer
from baseline.models.facts.fact import Unknown
from baseline.models.facts.workplace_running import WorkplaceAntimalware

Values = dict[str, Word | Unknown | None]
"""Fact path -> what it is."""

_ON = {"True": True, "False": False}
_LEFT: dict[str, Word | None] = {"NotConfigured": None}
_INBOUND: dict[str, Word] = {"Block": "block", "Allow": "allow"}
_SWITCH: dict[int, Word] = {0: "off", 1: "block", 2: "audit"}
_RULE: dict[int, Word] = {**_SWITCH, 5: "off", 6: "warn"}
_CLOUD: dict[int, Word] = {0: "off", 1: "basic", 2: "advanced"}
_LEVEL: dict[int, Word] = {0: "default", 1: "moderate", 2: "high", 4: "high_plus", 6: "zero_tolerance"}
_PROFILES = ("domain", "private", "public")
_FIREWALL = ("enabled", "inbound_default", "dropped_logged", "local_rules_apply")
_DEFENDER = (
    "real_time_protection",
    "behaviour_monitoring",
    "script_scanning",
    "switched_off",
    "unwanted_programs",
    "cloud_protection",
    "cloud_block_level",
    "network_protection",
)
_ACTIVE_MODES = ("Normal", "EDR Block Mode")


class ToldProfile(msgspec.Struct, frozen=True):
    """One profile, in the words of Get-NetFirewallProfile."""

    name: str
    enabled: str
    inbound: str
    log_blocked: str
    local_rules: str


class ToldProfiles(msgspec.Struct, frozen=True):
    """The profiles of the firewall."""

    profiles: list[ToldProfile]


class ToldStates(msgspec.Struct, frozen=True):
    """Which services run."""

    states: dict[str, str]


class ToldDefender(msgspec.Struct, frozen=True):
    """Get-MpComputerStatus and Get-MpPreference; None is what this version of Defender does not tell."""

    mode: str
    service: bool | None
    antivirus: bool | None
    real_time: bool | None
    behaviour: bool | None
    signature_age: int | None
    tamper: str
    scripts_off: bool | None
    unwanted: int | None
    cloud: int | None
    cloud_level: int | None
    network: int | None
    rules: dict[str, int]


class ToldSmb(msgspec.Struct, frozen=True):
    """Get-SmbServerConfiguration and Get-SmbClientConfiguration; None is what this version of Windows does not tell."""

    version_1: bool | None
    server_signing: bool | None
    client_signing: bool | None
    guest: bool | None


def effective_firewall(answer: Answer) -> Values:
    """Facts below ``firewall``. A firewall whose service does not run lets everything in.

    What Windows calls NotConfigured is left to the registry, and to what Windows does where nothing is set.
    """
    told, states = answer.part("firewall", ToldProfiles), answer.part("states", ToldStates)
    if isinstance(told, Unknown) or isinstance(states, Unknown):
        reason = told if isinstance(told, Unknown) else states
        return {f"firewall.{name}.{fact}": reason for name in _PROFILES for fact in _FIREWALL}  # type: ignore[misc] # narrowed
    runs = _state(states, "mpssvc") == "Running"
    by_name = {one.name.casefold(): one for one in told.profiles}
    return {
        f"firewall.{name}.{fact}": value
        for name in _PROFILES
        for fact, value in _profile(by_name.get(name), runs=runs).items()
        if value is not None
    }


def _state(told: ToldStates, service: str) -> str:
    """The state of a service; empty when it does not exist."""
    return {name.casefold(): state for name, state in told.states.items()}.get(service, "")


def _profile(told: ToldProfile | None, *, runs: bool) -> Values:
    if told is None:
        return dict.fromkeys(_FIREWALL, Unknown("Windows did not tell of this profile"))
    enabled = _word(told.enabled, _ON)
    return {
        "enabled": enabled if runs else False,
        "inbound_default": _word(told.inbound, _INBOUND | _LEFT),
        "dropped_logged": _word(told.log_blocked, _ON | _LEFT),
        "local_rules_apply": _word(told.local_rules, _ON | _LEFT),
    }


def effective_defender(answer: Answer, settings: dict[str, Setting]) -> Values:
    """Facts below ``defender`` and ``attack_surface``."""
    told = answer.part("defender", ToldDefender)
    rules = {path: found for path, setting in settings.items() if (found := _rule(path, setting))}
    if isinstance(told, Unknown):
        return {**{f"defender.{fact}": told for fact in _DEFENDER}, **dict.fromkeys(rules, told)}
    runs = _both(told.service, told.antivirus)
    actions = {name.casefold(): action for name, action in told.rules.items()}
    return {
        "defender.real_time_protection": _told(told.real_time),
        "defender.behaviour_monitoring": _told(told.behaviour),
        "defender.script_scanning": _told(None if told.scripts_off is None else not told.scripts_off),
        "defender.switched_off": _told(None if runs is None else not runs),
        "defender.unwanted_programs": _word(told.unwanted, _SWITCH),
        "defender.cloud_protection": _word(told.cloud, _CLOUD),
        "defender.cloud_block_level": _word(told.cloud_level, _LEVEL),
        "defender.network_protection": _word(told.network, _SWITCH),
        **{path: _word(actions.get(rule, 0), _RULE) for path, rule in rules.items()},
    }


def _rule(path: str, setting: Setting) -> str:
    """The id of an attack surface reduction rule, which its places name; empty for other settings."""
    if not path.startswith("attack_surface."):
        return ""
    return next((place.item.casefold() for place in setting.places if place.item), "")


def antimalware(answer: Answer) -> WorkplaceAntimalware:
    """The fact ``antimalware``. When Defender does not answer, its service tells whether it runs."""
    told = answer.part("defender", ToldDefender)
    if isinstance(told, Unknown):
        states = answer.part("states", ToldStates)
        stopped = not isinstance(states, Unknown) and _state(states, "windefend") != "Running"
        return WorkplaceAntimalware(
            running=False if stopped else told, definitions_age_days=told, tamper_protected=told
        )
    age = told.signature_age
    return WorkplaceAntimalware(
        running=_runs(told),
        # Without any definitions Windows tells of 65535 days, or of 4294967295.
        definitions_age_days=age if age is not None and age >= 0 else Unknown("Windows tells no such age"),
        tamper_protected=_ON.get(told.tamper, Unknown(f"{told.tamper[:40]!a} has no known meaning")),
    )


def _runs(told: ToldDefender) -> bool | Unknown:
    """Whether the engine runs, and not passively."""
    runs = _both(told.service, told.antivirus)
    if runs is False or (told.mode and told.mode not in _ACTIVE_MODES):
        return False
    return _told(runs if told.mode else None)


def effective_smb(answer: Answer) -> Values:
    """Facts below ``smb`` that Windows tells itself."""
    told = answer.part("smb", ToldSmb)
    facts = ("server_version_1", "server_signing_required", "client_signing_required", "guest_logon")
    if isinstance(told, Unknown):
        return {f"smb.{fact}": told for fact in facts}
    values = (told.version_1, told.server_signing, told.client_signing, told.guest)
    return {f"smb.{fact}": _told(value) for fact, value in zip(facts, values, strict=True)}


def _both(one: bool | None, other: bool | None) -> bool | None:
    """Whether both hold; None when that is not known."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _told(value: bool | None) -> bool | Unknown:
    return Unknown("this version of Windows does not tell it") if value is None else value


def _word(told: Any, words: Any) -> Word | Unknown | None:
    found: Word | Unknown | None = words.get(told, Unknown(f"{ascii(told)[:60]} has no known meaning"))
    return found
