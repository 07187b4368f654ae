"""One target of a cloud asked, judged by every shipped check of its kind and stored, as ``baseline check`` does."""

import asyncio
import tempfile
from pathlib import Path

from baseline import __version__
from baseline.assess.plan import make_plan
from baseline.assess.run import Assessment
from baseline.assess.waive import Waivers
from baseline.collectors.interface import CollectSettings
from baseline.content.checks.folder import load_checks
from baseline.models.target import Target
from baseline.store.records import CheckVersion
from baseline.store.store import Store
from bench.contender import Work
from bench.silence import Silence


def assessing(target: Target, settings: CollectSettings) -> Work:
    """The work; raises RuntimeError when the target was not reached, or what was found not stored."""
    shipped = load_checks(kinds={target.kind})
    checks = {name: check for name, check in shipped.items() if check.check.applies_to.kind == target.kind}
    plan = make_plan([target], checks)
    versions = [CheckVersion(id=c.check.id, digest=c.check.digest, document=c.check.source) for c in plan.checks]
    folder = tempfile.TemporaryDirectory(prefix="bb-")
    store = Store.open(Path(folder.name) / "store.db")

    def work() -> dict[str, float]:
        run = store.begin_run({}, __version__, plan.population, versions)
        assessment = Assessment(store, run, Waivers.today([]), settings, Silence())
        summary = asyncio.run(assessment.assess(plan.targets))
        store.finish_run(run)
        if summary.reached != 1 or summary.unstored:
            raise RuntimeError(f"the {target.name} was not assessed")
        return {"judged": summary.judged_checks}

    return work
