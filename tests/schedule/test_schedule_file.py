"""A schedule is a file that a person writes, so a mistake in it is pointed at."""

import pytest

from baseline.content.schedule_file import load_schedule
from baseline.models.errors import ContentError
from baseline.models.schedule import Alertmanager, Mail, Webhook

WHOLE = """\
inventories: [inventory.yml]
hold: 3
jobs:
  - name: nightly
    cron: '30 2 * * *'
    jitter_seconds: 600
    groups: [core]
    site_concurrency: 4
maintenance:
  - {name: patches, start: '0 22 * * 2', minutes: 240, sites: [zwolle], reason: C-1}
notify:
  - name: mail
    email: {server: mail.example.nl, from: a@example.nl, to: [b@example.nl]}
    digest: '0 7 * * 1-5'
  - name: hook
    webhook: {url: 'https://tickets.example.nl/hook', token_environment: TOKEN}
  - name: alerts
    alertmanager: {url: 'http://127.0.0.1:9093'}
    language: en
"""


@pytest.fixture
def write(tmp_path):
    (tmp_path / "inventory.yml").write_text("all: {}\n")

    def write(text: str):
        path = tmp_path / "schedule.yml"
        path.write_text(text)
        return path

    return write


def test_everything_that_is_written_is_read(write, tmp_path):
    schedule = load_schedule(write(WHOLE))
    assert schedule.inventories == (str(tmp_path / "inventory.yml"),)
    (job,) = schedule.jobs
    assert (job.cron, job.timezone, job.groups, job.site_concurrency) == (
        "30 2 * * *",
        "Europe/Amsterdam",
        ("core",),
        4,
    )
    assert [type(channel.means) for channel in schedule.channels] == [Mail, Webhook, Alertmanager]
    assert [channel.language for channel in schedule.channels] == ["nl", "nl", "en"]
    assert schedule.maintenance[0].minutes == 240


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("cron: '30 2 * * *'", "cron: '61 2 * * *'", 5, "is not a cron expression"),
        ("cron: '30 2 * * *'", "cron: '0 30 2 * * *'", 5, "is not a cron expression"),
        ("cron: '30 2 * * *'", "crom: '30 2 * * *'", 5, "did you mean 'cron'"),
        ("jitter_seconds: 600", "jitter_seconds: -1", 6, "whole number from 0"),
        ("[inventory.yml]", "[other.yml]", 1, "there is no"),
        ("minutes: 240, ", "", 10, "'minutes' is missing"),
        ("https://tickets", "ftp://tickets", 16, "is not an address"),
        ("https://tickets", "https://piet:geheim@tickets", 16, "holds a password"),
        ("https://tickets.example.nl", "https://[", 16, "is not an address"),
        ("https://tickets.example.nl", "https://tickets:99999", 16, "is not an address"),
        ("https://tickets", "http://tickets", 16, "a token goes over HTTPS"),
        ("from: a@", "security: none, user: piet, from: a@", 13, "a password goes over TLS"),
        ("from: a@example.nl", 'from: "a@example.nl\\r\\nBcc: x@y.nl"', 13, "holds no line end"),
        ("[b@example.nl]", '["b@example.nl\\nBcc: x@y.nl"]', 13, "holds no line end"),
        ("name: hook", "name: mail", 15, "is used twice"),
        ("language: en", "language: fr", 19, "is not a value of 'language'"),
        ("    language: en", "    timezone: Europe/Zwolle", 19, "there is no time zone"),
    ],
)
def test_a_mistake_is_pointed_at(write, old, new, line, words):
    path = write(WHOLE.replace(old, new, 1))
    with pytest.raises(ContentError) as error:
        load_schedule(path)
    assert words in str(error.value)
    assert f"schedule.yml:{line}:" in str(error.value)
    assert "geheim" not in str(error.value)


def test_a_channel_says_one_way(write):
    with pytest.raises(ContentError, match="says how in one way"):
        load_schedule(write(WHOLE.replace("    language: en", "    webhook: {url: 'http://x.nl'}")))
