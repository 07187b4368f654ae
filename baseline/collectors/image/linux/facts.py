"""Host facts from what was told of an image; what only a running host shows is unknown, never met."""

from collections.abc import Iterable
from typing import Any

import msgspec

from baseline.collectors.host.collector import read_facts
from baseline.collectors.host.merge import merge, unknown_facts
from baseline.collectors.host.sections import SECTIONS
from baseline.collectors.host.transcript import Transcript, read_transcript
from baseline.collectors.image.linux.script import TOLD
from baseline.models.artefact import SourceLines
from baseline.models.facts.fact import Section, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_access import SshServer

NOT_RUNNING = Unknown("an image does not run: check a host that was made from it")
NOT_SET = Unknown(
    "the configuration leaves it to the default of this sshd: state it, or check a host made from the image"
)
NOT_READ = "an image is not searched for it: check a host that was made from it"

RUNNING = (
    "antimalware.active",
    "audit.active",
    "boot.kernel_arguments",
    "boot.secure_boot",
    "boot.uefi",
    "containers.active",
    "containers.network_socket",
    "core_dumps.pattern",
    "cryptography.fips_enabled",
    "cryptography.openssl_version",
    "kernel_modules.*.loaded",
    "kernel_parameters.*.running",
    "logging.syslog_active",
    "mandatory_access_control.enforcing",
    "mandatory_access_control.profiles_complaining",
    "mandatory_access_control.profiles_enforcing",
    "mandatory_access_control.system",
    "packages.last_change_epoch_seconds",
    "packages.lists_age_days",
    "packages.lists_refreshed_epoch_seconds",
    "packages.pending_security_updates",
    "packages.pending_updates",
    "packages.reboot_required",
    "running_services",
    "services.*.active",
    "ssh_server.running",
    "system.architecture",
    "system.booted_epoch_seconds",
    "system.hostname",
    "system.init",
    "system.kernel",
    "system.uptime_days",
    "system.virtualisation",
    "time_synchronisation.active",
    "time_synchronisation.synchronised",
)
"""Facts that only a running host shows; ``*`` stands for every key of a mapping."""


def host_facts(text: str, mark: str, *, boots: bool) -> tuple[HostFacts, dict[str, SourceLines], Transcript]:
    """Facts, their sources and what they were read from. ``boots``: the image holds a kernel, so it is no container."""
    told = [section for section in SECTIONS if section.name in TOLD]
    transcript = read_transcript(text.encode(), mark, {section.name: section.artefact for section in told})
    facts, sources = read_facts(transcript, told)
    supplied = {path for section in told for path in section.supplies}
    others = unknown_facts(
        (path for section in SECTIONS if section not in told for path in section.supplies if path not in supplied),
        NOT_READ,
    )
    whole = _without_running(merge([others, facts]), RUNNING)
    container: bool | Unknown = False if boots else NOT_RUNNING
    system = msgspec.structs.replace(whole.system, container=container)
    whole = msgspec.structs.replace(whole, ssh_server=_with_defaults(whole.ssh_server))
    return msgspec.structs.replace(whole, system=system), sources, transcript


def _with_defaults(server: SshServer) -> SshServer:
    """Settings that the configuration leaves out: what they are then is up to the program."""
    left = [
        name
        for name in server.__struct_fields__
        if isinstance(value := getattr(server, name), Unknown) and value.reason.startswith("this sshd prints no ")
    ]
    if server.listen_addresses == []:
        left.append("listen_addresses")
    return msgspec.structs.replace(server, **dict.fromkeys(left, NOT_SET))


def _without_running(facts: HostFacts, paths: Iterable[str]) -> HostFacts:
    for path in paths:
        facts = _unknown_at(facts, path.split("."))
    return facts


def _unknown_at(value: Any, parts: list[str]) -> Any:
    """The same, with what stands at a path unknown."""
    if not parts:
        return NOT_RUNNING
    if isinstance(value, Unknown):
        return value
    if parts[0] == "*" and isinstance(value, dict):
        return {key: _unknown_at(item, parts[1:]) for key, item in value.items()}
    if isinstance(value, Section):
        return msgspec.structs.replace(value, **{parts[0]: _unknown_at(getattr(value, parts[0]), parts[1:])})
    return value
