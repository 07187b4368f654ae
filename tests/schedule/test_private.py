"""What is told to others names no people."""

import json

from baseline.models.schedule import Channel, Job, Schedule, Webhook
from baseline.schedule.telling import tell
from tests.schedule.test_telling import NOW
from tests.store.examples import SSH, later, reached, result, switch, version
from tests.store.examples import facts as stored

JOB = Job(name="nightly", cron="0 2 * * *")


def run(store, minute: int, users: list[dict]) -> None:
    number = store.begin_run({}, "1", [switch("sw-1")], [version(SSH)])
    store.record_target(
        number, reached(result(), target="sw-1", at=later(minute), key=str(minute), facts=stored(users=users))
    )
    store.finish_run(number)


def test_an_account_that_came_is_told_by_its_pseudonym(fleet, posts):
    store = fleet.store
    run(store, 10, [{"name": "p.jansen", "privilege": 1}])
    fleet.approve("sw-1")
    for minute in (20, 30):
        run(store, minute, [{"name": "p.jansen", "privilege": 15}, {"name": "k.devries", "privilege": 15}])
    schedule = Schedule(inventories=(), jobs=(JOB,), channels=(Channel(name="a", means=Webhook(url=posts.url)),))
    assert tell(store, schedule, JOB, "", NOW).sent == 1
    told = json.dumps(posts.taken)
    assert "jansen" not in told
    assert "devries" not in told
    assert "person-" in told
    assert "users.privilege" in told
