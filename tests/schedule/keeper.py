"""A scheduler in a process of its own, whose clock is ahead: keeper.py STORE INVENTORY AHEAD_SECONDS CRON"""

import asyncio
import logging
import sys
from datetime import timedelta

from baseline.models.schedule import Job, Schedule
from baseline.schedule.scheduler import Scheduler, utc_now

store, inventory, ahead, cron = sys.argv[1:]
logging.basicConfig(level=logging.ERROR)
schedule = Schedule(inventories=(inventory,), jobs=(Job(name="nightly", cron=cron, checks=("network-ssh-*",)),))
scheduler = Scheduler(schedule, store, clock=lambda: utc_now() + timedelta(seconds=float(ahead)))
print("ready", flush=True)
asyncio.run(scheduler.keep())
