"""Azure: one tenant with every setting right and wrong, judged by the shipped checks and by Prowler."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.agreement.comparing import Observed
from bench.agreement.findings import prowler_findings
from bench.agreement.impostor import impostor
from bench.agreement.tables import pairs


def observe_azure(program: str) -> Iterator[Observed]:
    """A resource in order, and a copy of it per setting that is changed."""
    os.environ["NO_PROXY"] = "127.0.0.1"
    from baseline.collectors.cloud.azure.collector import AzureCollector
    from bench.agreement.arm import Arm
    from bench.agreement.azure_variants import Variants
    from tests.azure.judging import checks, statuses
    from tests.azure.tenant import TENANT
    from tests.microsoft.loopback import MicrosoftServer, microsoft_settings, microsoft_target

    same, tenant = pairs("azure"), Variants()
    needs = frozenset(need for pair in same for need in checks()[pair.ours].needs)
    with MicrosoftServer(tenant.answer).running() as server:
        target = microsoft_target(server.address)
        collection = asyncio.run(AzureCollector().collect(target, needs, microsoft_settings(timeout_seconds=300)))
    ours = [(check, subject, said) for check, found in statuses(collection).items() for subject, said in found.items()]
    with tempfile.TemporaryDirectory(prefix="bb-") as folder, impostor(Path(folder), TENANT, Arm(tenant)) as variables:
        theirs = prowler_findings(program, "azure", ["--sp-env-auth"], {pair.prowler for pair in same}, variables)
    yield Observed("", ours, theirs)
