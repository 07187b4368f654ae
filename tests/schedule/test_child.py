"""How a job is started: what stands in the list of processes is for everybody."""

import asyncio
import sys

from baseline.models.schedule import Job, Schedule
from baseline.schedule.child import command, run

STORE = "postgresql://audit:hunter2-secret@db.example/base"


async def no_beat() -> None:
    """Nothing to tell."""


def test_the_address_of_the_store_is_not_in_the_list_of_processes():
    job = Job(name="night", cron="0 2 * * *")
    words = command(Schedule(inventories=("hosts.yml",), jobs=(job,)), job, [])
    assert "--store" not in words
    look = [sys.executable, "-c", "import os; raise SystemExit(os.environ['BASELINE_STORE'] != os.environ['WANTED'])"]
    with_wanted = ["env", f"WANTED={STORE}", *look]
    assert asyncio.run(run(with_wanted, STORE, 30, no_beat)).exit_code == 0
