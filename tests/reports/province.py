"""An imaginary province: eight switches and three hosts, measured every week of a quarter, with things that went wrong."""

import hashlib
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from pathlib import Path

from baseline.models.artefact import Artefact, SourceLines
from baseline.models.result import Result, Status
from baseline.models.target import Classification, Target
from baseline.store.canonical import canonical_json
from baseline.store.records import CheckVersion, FactsDocument, TargetOutcome, Unreached
from baseline.store.store import Store
from tests.shipped import shipped_checks

FIRST = datetime(2026, 6, 24, 3, 0, tzinfo=UTC)
WEEKS = 15
HIGH = Classification(availability="high", integrity="high", confidentiality="medium")
MEDIUM = Classification(availability="medium", integrity="medium", confidentiality="medium")

SWITCHES = tuple(
    Target(
        name=name,
        kind="network",
        platform="cisco_ios",
        groups=("network", *groups),
        site=site,
        owner=owner,
        exposure=exposure,
        classification=classification,
    )
    for name, groups, site, owner, exposure, classification in (
        ("sw-core-01", ("core",), "datacentrum", "Team netwerk", "internal", HIGH),
        ("sw-core-02", ("core",), "datacentrum", "Team netwerk", "internal", HIGH),
        ("sw-core-03", ("core",), "provinciehuis", "Team netwerk", "internal", HIGH),
        ("sw-dmz-01", ("digid",), "datacentrum", "Team netwerk", "internet", HIGH),
        ("sw-ph-01", ("access",), "provinciehuis", "Team netwerk", "internal", MEDIUM),
        ("sw-ph-02", ("access",), "provinciehuis", "Team netwerk", "internal", MEDIUM),
        ("sw-steunpunt-noord-verdieping-2-kast-b-rij-17", ("access",), "steunpunt-noord", "Beheer", "internal", MEDIUM),
        ("sw-steunpunt-zuid-01", ("access",), "steunpunt-zuid", None, None, Classification()),
    )
)
HOSTS = tuple(
    Target(
        name=name,
        kind="host",
        platform="linux",
        groups=("servers", *groups),
        site="datacentrum",
        owner="Team platform",
        exposure=exposure,
        classification=HIGH,
    )
    for name, groups, exposure in (
        ("srv-digid-01", ("digid",), "internet"),
        ("srv-zaaksysteem-01", (), "internal"),
        ("srv-bestanden-01", (), "internal"),
    )
)
TARGETS = (*SWITCHES, *HOSTS)

FAILING = (
    # check, target, first week, last week (15: still), subject
    ("network-logging-timestamps-complete", "sw-core-02", 5, 7, ""),
    ("network-logging-timestamps-complete", "sw-ph-01", 3, 99, ""),
    ("network-ssh-version-2", "sw-steunpunt-*", 0, 99, ""),
    ("network-snmp-community-not-default", "sw-dmz-01", 9, 99, "public"),
    ("network-lines-ssh-only", "sw-ph-0?", 2, 4, "vty 0 4"),
    ("network-lines-ssh-only", "sw-ph-02", 8, 99, "vty 0 4"),
    ("network-ports-unused-closed", "sw-ph-*", 0, 99, "GigabitEthernet1/0/24"),
    ("host-tls-minimum-version", "srv-digid-01", 6, 8, ""),
    ("host-ssh-algorithms-strong", "srv-bestanden-01", 1, 99, ""),
)
WAIVED = ("network-ssh-version-2", "sw-steunpunt-zuid-01", "W-2026-001")
UNKNOWN = ("host-disks-encrypted", "srv-zaaksysteem-01")
UNREACHED = ("sw-core-03", 10, 10)
"""Target, first and last week that it gave no answer."""

CONFIGURATION = Artefact(name="show running-config", content=b"hostname switch\nip ssh version 2\n")

WAIVERS = """\
waivers:
  - id: W-2026-001
    kind: temporary
    checks: [network-ssh-version-2]
    targets: [sw-steunpunt-zuid-01]
    owner: Hoofd Beheer
    requester: J. Jansen
    approver: P. Pietersen
    ciso_advice: Akkoord tot de vervanging; het apparaat is alleen vanuit het beheernetwerk bereikbaar
    reason: Het apparaat kent geen protocolversie 2; vervanging is besteld
    risk_reference: RA-2026-12
    compensating_measure: Bereikbaar vanuit het beheernetwerk alleen
    follow_up: {action: Switch vervangen, owner: Team netwerk, due: 2026-11-30}
    starts: 2026-06-01
    ends: 2026-12-31
  - id: W-2026-002
    kind: cannot_apply
    checks: [network-time-servers-authenticated, network-snmp-users-sha-2]
    targets: [sw-ph-*]
    owner: Team netwerk
    requester: J. Jansen
    approver: P. Pietersen
    ciso_advice: Akkoord
    reason: De software van deze switches kent geen sleutels voor tijd en geen SHA-2
    risk_reference: RA-2026-14
    starts: 2025-10-01
    ends: 2026-09-15
"""

ATTESTATIONS = """\
attestations:
  - id: A-2026-001
    control: bio2:5.01.01
    outcome: met
    statement: Het informatiebeveiligingsbeleid is op 12 januari 2026 vastgesteld door Gedeputeerde Staten; alle zes onderwerpen staan erin.
    signer: A. de Vries
    role: CISO
    signed_on: 2026-01-12
    valid_until: 2027-01-11
    maturity: 3
    documents:
      - {name: beleid-2026.pdf, sha256: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824}
  - id: A-2025-007
    control: bio2:5.01.02
    outcome: met
    statement: Het beleid is beoordeeld.
    signer: A. de Vries
    role: CISO
    signed_on: 2025-08-01
    valid_until: 2026-07-31
  - id: A-2026-002
    control: bio2:8.15.01
    outcome: met
    statement: De logregels van de clouddiensten en van de websites zijn in een steekproef van 25 beoordeeld.
    signer: B. Bakker
    role: Hoofd Beheer
    signed_on: 2026-07-10
    valid_until: 2027-07-09
    domains: [cloud, web]
  - id: A-2026-003
    control: bio2:5.02.02
    outcome: not_met
    statement: De CISO rapporteert nog niet rechtstreeks aan het bestuur; het besluit daartoe is voorbereid.
    signer: A. de Vries
    role: CISO
    signed_on: 2026-05-01
    valid_until: 2027-04-30
"""

SETTINGS = """\
organisation: Provincie Voorbeeld
scope: Netwerk en servers van de provincie, op alle locaties
marking: Vertrouwelijk
longest_silence_days: 15
digid:
  - {name: Mijn Provincie, number: "1001234", groups: [digid]}
  - {name: Subsidieloket, number: "1005678", targets: [srv-zaaksysteem-01]}
applicability:
  - {control: "iso27001:A.8.30", applicable: false, reason: Er wordt geen software door anderen ontwikkeld.}
"""


def write_decisions(folder: Path) -> Path:
    """The inventory and what people decided beside it; gives the inventory's path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "waivers.yml").write_text(WAIVERS)
    (folder / "attestations.yml").write_text(ATTESTATIONS)
    (folder / "reports.yml").write_text(SETTINGS)
    (folder / "hosts.yml").write_text("all: {hosts: {sw-core-01: {}}}\n")
    return folder / "hosts.yml"


def build_store(path: Path) -> Path:
    """A store with a run every week, from the last week of June until the end of September 2026."""
    checks = {name: each.check for name, each in shipped_checks().items()}
    standing = {}
    with Store.open(path) as store:
        for week in range(WEEKS):
            at = FIRST + timedelta(weeks=week)
            versions = [
                CheckVersion(id=name, digest=check.digest, document=check.source) for name, check in checks.items()
            ]
            excluded = {"excluded": "wordt in oktober vervangen"}
            spare = Target(name="sw-reserve-01", kind="network", platform="cisco_ios", owner="Team netwerk", **excluded)
            run = store.begin_run({}, "0.1.0", (*TARGETS, spare), versions)
            for number, target in enumerate(TARGETS):
                chosen = [check for check in checks.values() if _is_for(check, target)]
                store.record_target(run, _outcome(target, chosen, week, at + timedelta(seconds=20 * number), standing))
            store.finish_run(run)
    return path


def _is_for(check, target):
    applies = check.applies_to
    return applies.kind == target.kind and (not applies.platforms or target.platform in applies.platforms)


def _outcome(target, checks, week, at, standing):
    """What a run learned; ``standing`` keeps the keys, so that what did not change is not judged again."""
    name, first, last = UNREACHED
    away = target.name == name and first <= week <= last
    results = {check.id: list(_results(check, target, week, at, away=away)) for check in checks}
    keys = {check: str([(each.subject, each.status) for each in some]) for check, some in results.items()}
    before = standing.setdefault(target.name, {})
    unchanged = {check: key for check, key in keys.items() if before.get(check) == key}
    judged = {check: key for check, key in keys.items() if check not in unchanged}
    before.update(judged)
    return TargetOutcome(
        target=target.name,
        collected_at=at,
        duration_seconds=1.5,
        round_trips=6,
        facts=None if away else _facts(target),
        artefacts=() if away else (CONFIGURATION,),
        unreached=Unreached(code="timeout", reason="no answer within 10 seconds") if away else None,
        judged=judged,
        unchanged=unchanged,
        results=tuple(each for check in judged for each in results[check]),
    )


def _facts(target):
    content = canonical_json({"hostname": target.name})
    return FactsDocument(content=content, digest=hashlib.sha256(content).hexdigest())


def _results(check, target, week, at, *, away):
    subjects = {subject for name, _, _, _, subject in FAILING if name == check.id} or {""}
    for subject in sorted(subjects):
        status, waiver = _status(check.id, target.name, week, subject, away=away)
        yield Result(
            target=target.name,
            check=check.id,
            subject="" if away else subject,
            status=status,
            severity=check.severity,
            expected=check.expect,
            observed={"value": status.value},
            reason="no answer within 10 seconds"
            if away
            else ("is unknown: not permitted" if status is Status.ERROR else ""),
            sources=(SourceLines(artefact=CONFIGURATION.name, lines=(2,)),) if not away else (),
            artefacts={CONFIGURATION.name: CONFIGURATION.digest} if not away else {},
            measured_at=at,
            waiver=waiver,
        )


def _status(check, target, week, subject, *, away):
    if away or (check, target) == UNKNOWN:
        return Status.ERROR, None
    for name, pattern, first, last, where in FAILING:
        if name == check and fnmatchcase(target, pattern) and first <= week <= last and where == subject:
            waived = (check, target) == WAIVED[:2]
            return (Status.WAIVED, WAIVED[2]) if waived else (Status.FAIL, None)
    return Status.PASS, None
