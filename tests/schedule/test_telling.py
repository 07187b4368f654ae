"""Who is told what: once, in their language, and again when it did not get through."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest

from baseline.models.schedule import Alertmanager, Channel, Job, Mail, Schedule, Webhook
from baseline.schedule.send import Message, send
from baseline.schedule.telling import tell, tell_digest
from tests.store.examples import later

NOW = datetime(2026, 3, 1, 20, tzinfo=UTC)
JOB = Job(name="nightly", cron="0 2 * * *")


def schedule(means, **changes) -> Schedule:
    channel = Channel(name="beheer", means=means, **changes)
    return Schedule(inventories=(), jobs=(JOB,), channels=(channel,))


def drifted(fleet, runs: int = 2):
    fleet.run()
    fleet.approve()
    for _ in range(runs):
        fleet.run(sw_1=1, sw_2=1)


def test_drift_is_told_once_and_so_is_its_end(fleet, posts):
    plan = schedule(Webhook(url=posts.url))
    drifted(fleet)
    assert [tell(fleet.store, plan, JOB, "", NOW).sent for _ in range(3)] == [1, 0, 0]
    for _ in range(2):
        fleet.run()
    assert [tell(fleet.store, plan, JOB, "", NOW).sent for _ in range(3)] == [1, 0, 0]
    assert [(each["state"], each["cause"]["targets"]) for each in posts.taken] == [
        ("standing", ["sw-1", "sw-2"]),
        ("resolved", ["sw-1", "sw-2"]),
    ]


def test_what_did_not_get_through_is_told_the_next_time(fleet, posts):
    plan = schedule(Webhook(url=posts.url))
    drifted(fleet)
    posts.status = 503
    told = tell(fleet.store, plan, JOB, "", NOW)
    assert (told.sent, told.failures) == (0, ("beheer: 127.0.0.1 did not take it: HTTP 503",))
    posts.status = 200
    assert tell(fleet.store, plan, JOB, "", NOW).sent == 1


def test_a_receiver_that_is_not_there_is_named_without_its_secret(fleet, monkeypatch):
    monkeypatch.setenv("HOOK_TOKEN", "geheim-token")
    plan = schedule(Webhook(url="http://127.0.0.1:9/secret-path", token_environment="HOOK_TOKEN"))
    drifted(fleet)
    (failure,) = tell(fleet.store, plan, JOB, "", NOW).failures
    assert failure == "beheer: 127.0.0.1 did not take it: ConnectError"


def test_a_token_comes_from_the_environment(fleet, posts, monkeypatch):
    plan = schedule(Webhook(url=posts.url, token_environment="HOOK_TOKEN"))
    drifted(fleet)
    assert "HOOK_TOKEN is not set" in tell(fleet.store, plan, JOB, "", NOW).failures[0]
    monkeypatch.setenv("HOOK_TOKEN", "geheim-token")
    assert tell(fleet.store, plan, JOB, "", NOW).sent == 1
    assert posts.headers[0]["authorization"] == "Bearer geheim-token"


@pytest.mark.parametrize(
    ("limits", "sent"), [({"sites": ("utrecht",)}, 1), ({"sites": ("zwolle",)}, 0), ({"owners": ("piet",)}, 0)]
)
def test_a_channel_hears_only_what_is_its_own(fleet, posts, limits, sent):
    drifted(fleet)
    assert tell(fleet.store, schedule(Webhook(url=posts.url), **limits), JOB, "", NOW).sent == sent


def test_a_job_that_fails_is_told_once_until_it_runs_again(fleet, posts):
    plan = schedule(Webhook(url=posts.url))
    reasons = ["the inventory is gone", "the inventory is gone", "", "", "again"]
    assert [tell(fleet.store, plan, JOB, reason, NOW).sent for reason in reasons] == [1, 0, 1, 0, 1]
    assert [each["state"] for each in posts.taken] == ["failed", "recovered", "failed"]


def test_alertmanager_hears_of_a_job_for_as_long_as_it_fails(fleet, posts):
    plan = schedule(Alertmanager(url=posts.url))
    reasons = ["the inventory is gone", "the inventory is gone", "", ""]
    nights = [NOW + timedelta(days=number) for number in range(4)]
    assert [tell(fleet.store, plan, JOB, *each).sent for each in zip(reasons, nights, strict=True)] == [1, 1, 1, 0]
    assert [each["endsAt"] > night.isoformat() for (each,), night in zip(posts.taken, nights, strict=False)] == [
        True,
        True,
        False,
    ]


def test_the_digest_is_one_mail_that_a_person_can_read(fleet, mails):
    means = Mail(
        server="127.0.0.1",
        port=mails.server_address[1],
        security="none",
        sender="baseline@example.nl",
        receivers=("ciso@example.nl", "beheer@example.nl"),
    )
    plan = schedule(means)
    drifted(fleet)
    fleet.store.schedule.note_missed("nightly", [later(20)], "the scheduler did not run", later(30))
    assert tell_digest(fleet.store, plan, plan.channels[0], later(5), later(60)).sent == 1
    mail = message_from_bytes(mails.taken[0], policy=policy.default)
    assert mails.receivers == ["ciso@example.nl", "beheer@example.nl"]
    assert mail["Subject"] == "[baseline] nieuwe tekortkomingen: 2, afwijkingen: 1"
    text = mail.get_content()
    for line in (
        "Beoordeeld: 3 van 3 objecten",
        "Voldoet niet: 2; niet te beoordelen: 0; geaccepteerd: 0; voldoet: 1",
        "    high      sw-1: network-ssh-version-2",
        "    network-ssh-version-2: met -> not met",
        "  nightly 2026-03-01 13:20 niet uitgevoerd: the scheduler did not run",
    ):
        assert line in text


def test_a_name_with_a_line_end_begins_no_header_of_its_own(mails):
    means = Mail(
        server="127.0.0.1", port=mails.server_address[1], security="none", sender="a@b.nl", receivers=("c@d.nl",)
    )
    message = Message(subject="sw-1\r\nBcc: spy@evil.nl\x00\u2028X: y", text="one \ud800 text\n", document={})
    send(means, message, NOW)
    mail = message_from_bytes(mails.taken[0], policy=policy.default)
    assert (mail["Subject"], mail["Bcc"], mail["X"]) == ("sw-1  Bcc: spy@evil.nl  X: y", None, None)
    assert mails.receivers == ["c@d.nl"]
    assert mail.get_content().strip() == "one ? text"


def test_a_calm_night_is_told_as_calm_and_covers_the_time_since_the_last_digest(fleet, posts):
    plan = schedule(Webhook(url=posts.url), language="en")
    drifted(fleet)
    channel = plan.channels[0]
    tell_digest(fleet.store, plan, channel, later(0), later(60))
    for _ in range(2):
        fleet.run()
    assert tell_digest(fleet.store, plan, channel, later(0), later(60) + timedelta(days=1)).sent == 1
    first, second = posts.taken
    assert [turn["worse"] for turn in first["turns"]] == [True, True]
    assert first["until"] == second["since"]
