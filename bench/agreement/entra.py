"""Entra ID and Microsoft 365: tenants in order and out of it, judged by the shipped checks and by Prowler."""

import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.agreement.comparing import Observed
from bench.agreement.findings import Finding, prowler_findings
from bench.agreement.impostor import TOKEN, impostor
from bench.agreement.tables import pairs

ROUNDS = (0, 1, 2, 3, 6, 7)
"""Of each check that is compared, the settings of tests/microsoft365/flips.py that are changed: one per tenant, of every other
check, so that one change does not hide another.
"""


def observe_entra(program: str) -> Iterator[Observed]:
    """A tenant in order, per round one in which of every other check a setting is changed, and some in other words."""
    from tests.microsoft365.judging import read_directly, verdicts
    from tests.microsoft365.tenant import tenant

    wanted = {pair.ours for pair in pairs("entra")}
    tenants = {"in order": tenant()} | {f"round {number}": _changed(number) for number in ROUNDS}
    tenants |= {f"other words {number}": _worded(number) for number in (0, 1, 2)}
    for name, documents in tenants.items():
        print(f"  {name}", file=sys.stderr, flush=True)
        ours = [(check, subject, status) for (check, subject), status in verdicts(read_directly(documents)).items()]
        yield Observed(name, [one for one in ours if one[0] in wanted], _findings(program, documents))


def _changed(number: int) -> dict[str, Any]:
    from tests.microsoft365.flips import FLIPS
    from tests.microsoft365.tenant import pointed, tenant

    wanted = {pair.ours for pair in pairs("entra")}
    of_check = defaultdict(list)
    for check, pointer, value in FLIPS:
        if check in wanted:
            of_check[check].append((pointer, value))
    documents = tenant()
    for place, flips in enumerate(of_check.values()):
        if (place + number) % 2:
            continue
        pointer, value = flips[number // 2 % len(flips)]
        container, key = pointed(documents, pointer)
        if container is not None:
            container[key] = value
    return documents


def _worded(number: int) -> dict[str, Any]:
    """A tenant that says the same, or nearly, in another way."""
    from bench.agreement.entra_words import WORDS
    from tests.microsoft365.tenant import pointed, tenant

    documents = tenant()
    for pointer, values in WORDS:
        container, key = pointed(documents, list(pointer))
        container[key] = values[number % len(values)]
    return documents


def _findings(program: str, documents: dict[str, Any]) -> list[Finding]:
    """Signed in as ``az login`` does, since Prowler starts PowerShell for an application."""
    from bench.agreement.entra_graph import EntraGraph
    from tests.microsoft365.tenant import TENANT

    checks = {pair.prowler for pair in pairs("entra")}
    with (
        tempfile.TemporaryDirectory(prefix="bb-") as name,
        impostor(Path(name), TENANT, EntraGraph(documents)) as variables,
    ):
        folder = Path(name)
        told = f'{{"accessToken": "{TOKEN}", "expiresOn": "2100-01-01 00:00:00.000000", "expires_on": 4102444800}}'
        (folder / "az").write_text(f"#!/bin/sh\necho '{told}'\n")
        (folder / "az").chmod(0o755)
        with_program = {**variables, "PATH": f"{folder}:{os.environ['PATH']}"}
        return prowler_findings(program, "m365", ["--az-cli-auth"], checks, with_program)
