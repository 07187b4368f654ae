"""A made-up organisation: its inventory with waivers and attestations, and a store that knows three nights of it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from baseline.drift.watch import update
from baseline.models.result import Severity, Status
from baseline.models.target import Target
from baseline.store.records import CheckVersion
from baseline.store.store import Store
from tests.store.examples import reached, result, unreached

NOW = datetime.now(UTC).replace(microsecond=0)
SSH, SNMP, ROOT = "network-ssh-version-2", "network-snmp-community-not-default", "host-ssh-root-login-refused"
SWITCHES = ("sw-01", "sw-02", "sw-03", "sw-04")
HOSTS = ("web-01", "web-02")
SITES = {"sw-01": "zwolle", "sw-02": "zwolle", "sw-03": "kampen", "sw-04": "kampen"}
EVERY_TARGET = (*SWITCHES, *HOSTS, "sw-old")


def days(number: float) -> date:
    return (datetime.now().astimezone() + timedelta(days=number)).date()


def inventory(folder: Path) -> Path:
    """An inventory with a target (sw-new) that no run held, waivers, one of which ended, and a statement."""
    folder.mkdir(exist_ok=True)
    switches = "\n".join(
        f"    {name}: {{baseline_site: {SITES.get(name, 'kampen')}}}" for name in (*SWITCHES, "sw-new")
    )
    hosts = "\n".join(f"    {name}: {{}}" for name in HOSTS)
    (folder / "hosts.yml").write_text(f"""
switches:
  vars: {{ansible_network_os: cisco.ios.ios, ansible_connection: ansible.netcommon.network_cli, ansible_user: auditor,
         baseline_owner: netwerkbeheer, ansible_host: 127.0.0.1, ansible_port: 1}}
  hosts:
{switches}
servers:
  vars: {{baseline_owner: serverbeheer, baseline_site: zwolle, ansible_user: auditor, ansible_host: 127.0.0.1, ansible_port: 1}}
  hosts:
{hosts}
""")
    (folder / "waivers.yml").write_text("waivers:\n" + waiver("W-1", SSH, 20) + waiver("W-2", SNMP, -1))
    (folder / "attestations.yml").write_text(f"""
attestations:
  - id: A-1
    control: bio2:5.01.01
    outcome: met
    statement: The policy was adopted by the board.
    signer: A. Bakker
    role: CISO
    signed_on: {days(-10)}
    valid_until: {days(100)}
""")
    return folder / "hosts.yml"


def waiver(name: str, check: str, ends_in_days: float) -> str:
    return f"""
  - id: {name}
    kind: temporary
    follow_up: {{action: replace it, owner: netwerkbeheer, due: {days(ends_in_days)}}}
    checks: [{check}]
    targets: ['sw-*']
    owner: netwerkbeheer
    requester: J. Jansen
    approver: P. Pietersen
    ciso_advice: until it is replaced
    reason: replacement is planned
    risk_reference: R-12
    starts: {days(-60)}
    ends: {days(ends_in_days)}
"""


def targets() -> list[Target]:
    switches = [
        Target(name=name, kind="network", platform="cisco_ios", site=SITES[name], owner="netwerkbeheer")
        for name in SWITCHES
    ]
    hosts = [Target(name=name, kind="host", platform="linux", site="zwolle", owner="serverbeheer") for name in HOSTS]
    old = Target(name="sw-old", kind="network", platform="cisco_ios", site="kampen", excluded="is being replaced")
    return [*switches, *hosts, old]


def outcomes(night: datetime, *, last: bool) -> list:
    """What a night found: sw-01 has a bad community, sw-02 and sw-03 waived fails, sw-04 is gone, web-02 changed."""
    critical, high = Severity.CRITICAL, Severity.HIGH
    switches = {
        "sw-01": [result(SSH), result(SNMP, Status.FAIL, "public", severity=critical)],
        "sw-02": [result(SSH, Status.WAIVED, waiver="W-1"), result(SNMP, severity=critical)],
        "sw-03": [result(SSH), result(SNMP, Status.WAIVED, severity=critical, waiver="W-2")],
    }
    found = [reached(*each, target=name, at=night, key=f"{night}") for name, each in switches.items()]
    errors = (
        result(SSH, Status.ERROR, reason="timeout"),
        result(SNMP, Status.ERROR, severity=critical, reason="timeout"),
    )
    found.append(unreached(*errors, target="sw-04", at=night))
    for name in HOSTS:
        status = Status.FAIL if last and name == "web-02" else Status.PASS
        found.append(reached(result(ROOT, status, severity=high), target=name, at=night, key=f"{night}{status}"))
    return found


def fill(store: Store) -> None:
    """Three nights; the state of the first is approved."""
    for number, ago in enumerate((3, 2, 1)):
        night = NOW - timedelta(days=ago)
        versions = [CheckVersion(id=name, digest=name, document=name) for name in (SSH, SNMP, ROOT)]
        run = store.begin_run({}, "0.1.0", targets(), versions)
        store.record_targets(run, outcomes(night, last=number > 0))
        store.finish_run(run)
        if number == 0:
            states = store.drift.latest([*SWITCHES, *HOSTS])
            store.drift.approve(list(states.values()), ticket="C-1", person="A. Bakker")
    update(store)
    _schedule(store)


def _schedule(store: Store) -> None:
    due = NOW - timedelta(hours=20)
    store.schedule.claim("nightly", due, due)
    store.schedule.finish("nightly", due, "done", exit_code=1, reason="", now=due + timedelta(minutes=4))
    store.schedule.note_missed("hourly", [NOW - timedelta(hours=1)], "this machine was off", NOW)
