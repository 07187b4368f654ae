"""The sudo configuration."""

from collections.abc import Mapping

import msgspec

from baseline.collectors.host.answer import Answer
from baseline.collectors.host.section import Reading, ScriptSection
from baseline.collectors.host.sections.sudoers import MOST_ALIASES, Grant, Sudoers, read_sudoers
from baseline.collectors.host.values import unreadable, version_order
from baseline.models.facts.fact import Fact, Unknown
from baseline.models.facts.host import HostFacts
from baseline.models.facts.host_access import Sudo, SudoRule

PTY_BY_DEFAULT = version_order("1.9.14")
"""From this version on use_pty is on unless switched off (sudo's NEWS)."""
TOO_LONG = Unknown(f"sudoers has more than {MOST_ALIASES} aliases of commands, or a rule with as many commands")
DEFAULTS = {"use_pty": "use_pty", "log_file": "logfile", "timestamp_timeout_minutes": "timestamp_timeout"}


def parse(answers: Mapping[str, Answer]) -> Reading:
    """``sudo``. Without sudo there are no rules, no log and no timeout to speak of."""
    answer = answers["sudo"]
    if answer.missing("sudo"):
        absent = _without_rules(Unknown("sudo is not installed"), installed=False, version=None)
        absent = msgspec.structs.replace(absent, rules=[])
        return Reading(HostFacts(sudo=absent), {"sudo": answer.source()})
    said = [line.text for line in answer.output("sudo -V")]
    version = next((text.split()[-1] for text in said if text.startswith(("Sudo version", "sudo-rs "))), None)
    if not any(path.endswith("sudoers") for path in answer.files_read()) or answer.unreadable("/etc/sudoers"):
        hidden = answer.unreadable("/") or Unknown("/etc/sudoers could not be read")
        installed = True if said else unreadable(None, "word of sudo")
        sudo = _without_rules(hidden, installed=installed, version=version or unreadable(None, "version"))
        return Reading(HostFacts(sudo=sudo), {"sudo": answer.source()})
    return _with_rules(answer, said, version)


def _without_rules(why: Unknown, *, installed: Fact[bool], version: Fact[str | None]) -> Sudo:
    return Sudo(
        installed=installed,
        version=version,
        rules=why,
        use_pty=why,
        log_file=why,
        timestamp_timeout_minutes=why,
    )


def _with_rules(answer: Answer, said: list[str], version: str | None) -> Reading:
    sudoers = read_sudoers(answer.settings())
    overlooked = _overlooked(answer, sudoers)
    sources = {"sudo": answer.source()}
    sources |= {f"sudo.rules.{_name(grant)}": answer.source(grant.number) for grant in sudoers.grants}
    sources |= {
        f"sudo.{fact}": answer.source(sudoers.lines[key]) for fact, key in DEFAULTS.items() if key in sudoers.lines
    }
    sudo = Sudo(
        installed=True,
        version=version or unreadable(None, "version"),
        rules=overlooked or TOO_LONG
        if overlooked or sudoers.too_long
        else [_rule(grant, sudoers) for grant in sudoers.grants],
        use_pty=_use_pty(sudoers, version),
        log_file=sudoers.defaults.get("logfile") or None,
        timestamp_timeout_minutes=_timeout(sudoers, said),
    )
    return Reading(HostFacts(sudo=sudo), sources)


def _overlooked(answer: Answer, sudoers: Sudoers) -> Unknown | None:
    """The reason when a file is included that was not looked at: those that an included file names are not followed."""
    looked_at = [*answer.files_read(), *answer.named("absent"), *answer.named("masked")]
    for place in sudoers.included:
        if not any(path.startswith(place) if place.endswith("/") else path == place for path in looked_at):
            return Unknown(f"sudoers includes {place[:200]}, which was not looked at")
    return None


def _name(grant: Grant) -> str:
    return f"{grant.path}:{grant.line}" + (" NOPASSWD" if grant.no_password else "")


def _rule(grant: Grant, sudoers: Sudoers) -> SudoRule:
    return SudoRule(
        name=_name(grant),
        who=grant.who,
        run_as=grant.run_as,
        commands=list(grant.commands),
        all_commands="ALL" in grant.commands,
        no_password=_no_password(grant, sudoers),
    )


def _no_password(grant: Grant, sudoers: Sudoers) -> Fact[bool]:
    """Whether some or all of those whom a line is about are asked no password (sudoers(5), authenticate).

    Who belongs to a group, an alias or a host is not looked up: a default for others may then hold for them too.
    """
    if grant.no_password or "!authenticate" in sudoers.defaults:
        return True
    who = set(grant.who.replace(",", " ").split())
    scopes = [(scope, set(scope[1:].split(","))) for scope in sudoers.unasked]
    if any((scope[0] == ":" and members & who) or (scope[0] in ":!" and "ALL" in members) for scope, members in scopes):
        return True
    for scope, members in scopes:
        if scope[0] == "!" and not any(member[:1].isupper() for member in members):
            continue  # single commands, as with NOPASSWD for them
        if scope[0] != ":" or not all(map(_is_user, members | who)):
            return Unknown(f"Defaults{scope[:80]} !authenticate may hold for {grant.who[:80]} too")
    return False


def _is_user(name: str) -> bool:
    """One account: no group, netgroup, alias or negation."""
    return name[:1].islower() or name.startswith("_")


def _use_pty(sudoers: Sudoers, version: str | None) -> Fact[bool]:
    if "use_pty" in sudoers.defaults:
        return True
    if "!use_pty" in sudoers.defaults:
        return False
    return version_order(version) >= PTY_BY_DEFAULT if version else unreadable(None, "version")


def _timeout(sudoers: Sudoers, said: list[str]) -> Fact[float]:
    """As configured, else as ``sudo -V`` tells root what was compiled in."""
    told = next((text.partition(":")[2].split() for text in said if "timestamp timeout:" in text), [])
    text = sudoers.defaults.get("timestamp_timeout") or (told[0] if told else None)
    try:
        return float(text) if text is not None else Unknown("not set, and sudo -V tells its default to root only")
    except ValueError:
        return unreadable(text, "a number of minutes")


SECTION = ScriptSection(name="sudo", artefact="sudoers", supplies=("sudo",), parse=parse)
