"""Ansible's variables of one host as a target."""

import msgspec

from baseline.content.inventory import settings
from baseline.content.inventory.connection import connection_plugin, read_connection
from baseline.content.inventory.register import check_cloud_settings
from baseline.content.inventory.variables import HostVariables, Variables
from baseline.content.inventory.winrm import means_windows
from baseline.content.nearest import did_you_mean, nearest
from baseline.models.errors import Problem
from baseline.models.platforms import ANSIBLE_NETWORK_OS, IMAGE_PLATFORMS, PLATFORMS
from baseline.models.target import Classification, Exposure, Kind, Level, Parsers, Target

_EXPOSURES: dict[str, Exposure] = {"internet": "internet", "internal": "internal", "intern": "internal"}
_PARSERS: dict[str, Parsers] = {"own": "own", "genie": "genie"}
_LEVELS: dict[str, Level] = {
    "low": "low",
    "medium": "medium",
    "high": "high",
    "laag": "low",
    "midden": "medium",
    "hoog": "high",
}
_ASPECTS = {
    "availability": "availability",
    "integrity": "integrity",
    "confidentiality": "confidentiality",
    "beschikbaarheid": "availability",
    "integriteit": "integrity",
    "vertrouwelijkheid": "confidentiality",
}
_IMPLICIT_GROUPS = ("all", "ungrouped")
_PARAMS_EXAMPLE = "{network-ssh-version-2: {minimum_version: 2}}"
_REASON_EXAMPLE = "for example baseline_exclude: replaced in March, change C-1201"
_NOT_PLAIN = "ansible-vault encrypt_string --stdin-name {name}, or baseline_{kind}_environment: THE_VARIABLE"
_LINUX_CONNECTIONS = ("ssh", "smart", "paramiko", "paramiko_ssh", "local")
MAXIMUM_NAME = 255


def target_of(host: HostVariables) -> tuple[Target | None, list[Problem]]:
    """The target that a host's variables describe, and what is wrong with them.

    The target is None when anything is an error. An excluded host needs no platform or address: it is only counted. That
    an asset has an owner is asked by ISO/IEC 27002, control 5.9.
    """
    variables = Variables(host)
    _check_name(variables)
    _check_secrets(variables)
    _check_spelling(variables)
    check_cloud_settings(variables)
    target = _target(variables)
    return (None if variables.failed else target), variables.problems


def _target(variables: Variables) -> Target:
    excluded = _exclusion(variables)
    kind, platform = _platform(variables, excluded=excluded is not None)
    owner = variables.text("baseline_owner")
    if owner is None:
        variables.report(
            "baseline_owner",
            "has no owner",
            "set baseline_owner",
            "warning",
        )
    target = Target(
        name=variables.host.name,
        kind=kind,
        platform=platform,
        groups=tuple(sorted(group for group in variables.host.groups if group not in _IMPLICIT_GROUPS)),
        site=variables.text("baseline_site"),
        zone=variables.text("baseline_zone"),
        owner=owner,
        exposure=variables.choice("baseline_exposure", _EXPOSURES),
        classification=_classification(variables),
        tags=_tags(variables),
        params=_params(variables),
        remediate=variables.mapping("baseline_remediate", "{as_number: 65010}"),
        parsers=variables.choice("baseline_parsers", _PARSERS) or "own",
        excluded=excluded,
    )
    return target if excluded is not None else _with_connection(target, variables)


def _with_connection(target: Target, variables: Variables) -> Target:
    return msgspec.structs.replace(target, connection=read_connection(variables))


def _check_name(variables: Variables) -> None:
    name = variables.host.name
    if len(name) > MAXIMUM_NAME or not name.isprintable() or "/" in name:
        variables.report("", f"a host name has at most {MAXIMUM_NAME} characters, no control characters and no '/'")


def _check_secrets(variables: Variables) -> None:
    """Refuse secrets in plain text, used or not: whoever reads the inventory reads them."""
    for name in settings.SECRETS:
        value = variables.host.values.get(name)
        if value is not None and value.kind == "exposed":
            kind = "enable" if name in settings.ENABLE else "password"
            variables.report(name, f"{name} is in plain text", _NOT_PLAIN.format(name=name, kind=kind))


def _check_spelling(variables: Variables) -> None:
    """A name near one of ours is an error, since its meaning would be lost; another may belong to a playbook."""
    known = [name.removeprefix(settings.PREFIX) for name in settings.OWN_NAMES]
    for name in variables.unknown_names():
        near = nearest(name.removeprefix(settings.PREFIX), known)
        if near is None:
            variables.report(name, f"{name} is not a setting of baseline", level="warning")
        else:
            variables.report(name, f"{name} is not a setting of baseline", f"did you mean '{settings.PREFIX}{near}'?")


def _exclusion(variables: Variables) -> str | None:
    _, value = variables.value("baseline_exclude")
    if value in (None, False):
        return None
    if value is True:
        variables.report("baseline_exclude", "baseline_exclude must be the reason, not just true", _REASON_EXAMPLE)
        return None
    return variables.text("baseline_exclude")


def _platform(variables: Variables, *, excluded: bool) -> tuple[Kind, str]:
    """The stated platform, else that of ansible_network_os, else what Ansible itself takes the host for: Windows or Linux."""
    stated, network_os = variables.text("baseline_platform"), variables.text("ansible_network_os")
    platform = IMAGE_PLATFORMS.get(stated or "", stated) or ANSIBLE_NETWORK_OS.get(network_os or "", network_os)
    if platform is None and means_windows(variables, connection_plugin(variables)):
        platform = "windows"
    if platform is None and connection_plugin(variables) in _LINUX_CONNECTIONS:
        platform = "linux"
    if platform in PLATFORMS:
        return PLATFORMS[platform], platform
    if not excluded:
        _report_platform(variables, stated, network_os)
    return ("network" if network_os or connection_plugin(variables) == "network_cli" else "host"), platform or "unknown"


def _report_platform(variables: Variables, stated: str | None, network_os: str | None) -> None:
    if stated:
        variables.report(
            "baseline_platform",
            f"'{stated[:60]}' is not a platform",
            did_you_mean(stated, {*PLATFORMS, *IMAGE_PLATFORMS}),
        )
    elif network_os:
        hint = f"baseline_platform: {', '.join(sorted(PLATFORMS))}; or baseline_exclude: the reason"
        variables.report("ansible_network_os", f"no platform belongs to ansible_network_os '{network_os[:60]}'", hint)
    else:
        hint = f"set baseline_platform to one of: {', '.join(sorted(PLATFORMS))}; or baseline_exclude to the reason"
        variables.report("ansible_connection", "the platform is not known", hint)


def _classification(variables: Variables) -> Classification:
    name, found = "baseline_classification", dict[str, Level]()
    for key, value in variables.mapping(name, "{availability: high}").items():
        aspect, level = _ASPECTS.get(key.lower()), _LEVELS.get(str(value).lower())
        if aspect is None:
            variables.report(name, f"'{key[:60]}' is not an aspect of {name}", did_you_mean(key.lower(), _ASPECTS))
        elif level is None:
            variables.report(
                name, f"'{str(value)[:60]}' is not a level of {name}", did_you_mean(str(value).lower(), _LEVELS)
            )
        else:
            found[aspect] = level
    return Classification(**found)


def _tags(variables: Variables) -> tuple[str, ...]:
    """A list, or words with commas between them as an INI file has them."""
    _, value = variables.value("baseline_tags")
    if isinstance(value, str):
        return tuple(word.strip() for word in (variables.text("baseline_tags") or "").split(",") if word.strip())
    return variables.words("baseline_tags", "[core, dmz]")


def _params(variables: Variables) -> dict[str, dict[str, object]]:
    params = variables.mapping("baseline_params", _PARAMS_EXAMPLE)
    wrong = [check for check, values in params.items() if not isinstance(values, dict)]
    for check in wrong:
        message = f"baseline_params of '{check[:100]}' must be a mapping of parameters"
        variables.report("baseline_params", message, f"for example {_PARAMS_EXAMPLE}")
    return {check: values for check, values in params.items() if isinstance(values, dict)}
