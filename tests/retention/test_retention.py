"""What is kept how long, what is held, and destruction that leaves a record while everything still verifies."""

import json
import sqlite3
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from baseline.cli.main import cli
from baseline.content.retention import load_schedule
from baseline.evidence.store_check import verify_store
from baseline.models.artefact import Artefact
from baseline.models.errors import BaselineError, ContentError, StoreError
from baseline.models.result import Status
from baseline.models.retention import Term
from baseline.store.retention import Destruction
from baseline.store.store import Store
from tests.exports.conftest import SSH, facts_of, result, version_of
from tests.secrets.looking import everything_in
from tests.store.examples import reached, switch

NOW = datetime.now(UTC)
YEARS = timedelta(days=365)
SCHEDULE = """
categories:
  raw-answers: {appraisal: V, term: 1 year, source: "Selectielijst 2020, proces 5.1"}
  facts: {appraisal: V, term: 2 years, source: "Selectielijst 2020, proces 5.1"}
  reassessments: {appraisal: B, source: "Selectielijst 2020, proces 5.2"}
"""
HOLDS = """
holds:
  - {id: H-1, reason: Incident 2026-12, ordered_by: CISO, targets: [sw-held]}
  - {id: H-2, reason: Over, ordered_by: CISO, targets: ["*"], ends: 2020-01-01}
"""


def answer(target: str, year: int) -> Artefact:
    return Artefact(
        name="show running-config", content=f"hostname {target}\n! of {year} years ago {year * 7919}\n".encode()
    )


@pytest.fixture
def path(tmp_path):
    """A store with a run four, three and one and a half years ago, and one today."""
    path = tmp_path / "store.db"
    names = ("sw-1", "sw-held")
    with Store.open(path) as store:
        for age in (4, 3, 1.5, 0):
            run = store.begin_run({}, "0.1.0", [switch(name) for name in names], [version_of(SSH)])
            for name in names:
                outcome = reached(
                    result(name, SSH, Status.PASS, artefacts={}, sources=()),
                    target=name,
                    at=NOW - age * YEARS,
                    key="steady",
                    facts=facts_of(hostname=name, age=age),
                    artefacts=(answer(name, int(age * 2)),),
                )
                store.record_target(run, outcome)
            store.finish_run(run)
    return path


@pytest.fixture
def retention(path, tmp_path):
    """A function that runs the command with a schedule."""

    def run(*words: str, schedule: str = SCHEDULE, code: int = 0):
        (tmp_path / "retention.yml").write_text(schedule)
        given = ["--store", str(path), "retention", *words, "--schedule", str(tmp_path / "retention.yml")]
        ended = CliRunner().invoke(cli, given, env={"HOME": str(tmp_path)})
        assert ended.exit_code == code, (ended.output, ended.exception)
        return json.loads(ended.stdout) if "--json" in words else ended.output

    return run


def verified(path) -> list[str]:
    with Store.open(path, read_only=True) as store:
        return verify_store(store).broken


def test_a_plan_destroys_what_is_out_of_its_term_and_not_in_use(retention, path):
    before = path.read_bytes()
    document = retention("plan", "--json", code=1)
    assert document["categories"] == {
        "facts": {"destroy": 4, "within term": 4},
        "raw-answers": {"destroy": 6, "within term": 2},
    }
    assert path.read_bytes() == before


def test_what_stands_is_kept_however_old(retention, path):
    with Store.open(path) as store:
        run = store.begin_run({}, "0.1.0", [switch("sw-old")], [version_of(SSH)])
        old = result("sw-old", SSH, Status.PASS, artefacts={}, sources=())
        store.record_target(run, reached(old, target="sw-old", at=NOW - 9 * YEARS, facts=facts_of(age=9)))
        store.finish_run(run)
    document = retention("plan", "--json", code=1)
    assert document["categories"]["facts"]["in use"] == 1
    assert document["categories"]["raw-answers"]["in use"] == 1


def test_a_hold_keeps_what_it_is_about_until_it_ends(retention):
    document = retention("plan", "--json", schedule=SCHEDULE + HOLDS, code=1)
    assert document["categories"]["raw-answers"] == {"destroy": 3, "held": 3, "within term": 2}
    holds = retention("hold", "--json", schedule=SCHEDULE + HOLDS)
    assert {each["id"]: each["keeps"] for each in holds} == {"H-1": 5, "H-2": 0}


@pytest.mark.parametrize(("years_ago", "held"), [((5, 4.5), 0), ((4, 3.5), 2), ((3.9, 3.1), 2), ((2.9, 1.6), 0)])
def test_a_hold_keeps_what_was_the_same_before_and_after_the_days_that_it_is_about(tmp_path, years_ago, held):
    """One configuration from four until three years ago; another since."""
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        for age in (4, 3, 1.5, 0):
            run = store.begin_run({}, "0.1.0", [switch("sw-1")], [version_of(SSH)])
            same = {"facts": facts_of(age=max(2, age) > 2), "artefacts": (answer("sw-1", max(2, age) > 2),)}
            told = result("sw-1", SSH, Status.PASS, artefacts={}, sources=())
            store.record_target(run, reached(told, target="sw-1", at=NOW - age * YEARS, key="steady", **same))
            store.finish_run(run)
    begin, end = ((NOW - age * YEARS).date() for age in years_ago)
    holds = f"holds: [{{id: H-1, reason: r, ordered_by: CISO, targets: [sw-1], since: {begin}, until: {end}}}]"
    (tmp_path / "retention.yml").write_text(f"{SCHEDULE}\n{holds}\n")
    given = ["--store", str(path), "retention", "plan", "--json", "--schedule", str(tmp_path / "retention.yml")]
    found = json.loads(CliRunner().invoke(cli, given).stdout)["categories"]
    assert sum(each.get("held", 0) for each in found.values()) == held
    assert sum(each.get("destroy", 0) for each in found.values()) == 2 - held


def test_nothing_is_destroyed_without_the_digest_of_the_plan(retention, path):
    before = path.read_bytes()
    assert "nobody is there to ask" in retention("apply", code=2)
    assert "nothing was destroyed" in retention("apply", "--confirm", "0" * 12, code=2)
    assert path.read_bytes() == before


def test_destruction_leaves_a_record_and_everything_still_verifies(retention, path):
    plan = retention("plan", "--json", schedule=SCHEDULE + HOLDS, code=1)
    with Store.open(path, read_only=True) as store:
        standing = list(store.current_results())
        history = store.history("sw-1", SSH)
    done = retention("apply", "--confirm", plan["plan"][:12], "--json", schedule=SCHEDULE + HOLDS)
    assert done["destroyed_now"] == len(plan["destroy"]) == 5
    assert verified(path) == []
    with Store.open(path, read_only=True) as store:
        assert list(store.current_results()) == standing
        assert store.history("sw-1", SSH) == history
        with pytest.raises(StoreError, match="was destroyed when its retention term was over"):
            store.artefact(plan["destroy"][0]["digest"])
        assert store.facts("sw-held", before=NOW - 3.5 * YEARS).document["age"] == 4
    assert retention("plan", "--json", schedule=SCHEDULE + HOLDS)["destroy"] == []
    gone, kept = answer("sw-1", 8).content, answer("sw-held", 8).content
    values = [content for _, content in everything_in(path)]
    assert not any(gone in content for content in values)
    assert any(kept in content for content in values)
    destroyed = [json.loads(row)["body"] for row in leaves(path, "destruction")]
    assert {each["digest"] for each in destroyed} == {each["digest"] for each in plan["destroy"]}
    assert {each["term"] for each in destroyed} == {"1 year", "2 years"}


def leaves(path, kind: str) -> list[str]:
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return [text for (text,) in database.execute("select document from evidence_leaf where kind = ?", (kind,))]
    finally:
        database.close()


def test_destruction_behind_the_tools_back_is_seen(path):
    database = sqlite3.connect(path)
    database.execute("update artefact set content = x'' where id = (select min(id) from artefact)")
    database.commit()
    database.close()
    assert len(verified(path)) == 1


def test_what_another_process_destroyed_meanwhile_is_not_recorded_twice(path):
    with Store.open(path) as store:
        some = store.retention.kept()[0]
        record = Destruction(
            digest=some.digest, category=some.category, last_used=some.last_used, term="1 year", source="list"
        )
        assert store.retention.destroy([record]) == 1
        with pytest.raises(StoreError, match="make the plan again"):
            store.retention.destroy([record])
    assert len(leaves(path, "destruction")) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("categories: {facts: {appraisal: V, source: x}}", "V has a 'term'"),
        ("categories: {facts: {appraisal: B, term: 1 year, source: x}}", "V has a 'term', and B has none"),
        ("categories: {facts: {appraisal: V, term: 5 months, source: x}}", "is shorter than 6 months"),
        ("categories: {facts: {appraisal: V, term: soon, source: x}}", "is not a term"),
        ("categories: {facts: {appraisal: V, term: 1 year}}", "'source' is missing"),
        ("categories: {fact: {appraisal: B, source: x}}", "facts"),
        ("holds: []", "'categories' is missing"),
        (
            SCHEDULE
            + "holds: [{id: H, reason: r, ordered_by: o, targets: [a], incident: 2026-01-01, ends: 2028-12-31}]",
            "too soon for evidence of an incident",
        ),
        (
            SCHEDULE
            + "holds: [{id: H, reason: r, ordered_by: o, targets: [a]}, {id: H, reason: r, ordered_by: o, targets: [b]}]",
            "two holds have the id 'H'",
        ),
    ],
)
def test_a_schedule_that_contradicts_itself_or_the_norm_is_refused(tmp_path, text, message):
    file = tmp_path / "retention.yml"
    file.write_text(text)
    with pytest.raises(ContentError) as refused:
        load_schedule(file)
    assert message in str(refused.value)


def test_one_schedule_must_be_named(path):
    ended = CliRunner().invoke(cli, ["--store", str(path), "retention", "plan"])
    assert ended.exit_code == 2
    assert "name one schedule" in ended.output


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 30), st.integers(0, 30))
def test_a_term_is_on_the_calendar(day, years, months):
    term = Term(years=years, months=months)
    before = term.before(day)
    assert (day.year - before.year) * 12 + day.month - before.month == term.in_months
    assert before.day <= day.day
    assert term.after(before) <= day


def test_pseudonyms_are_resolved_with_the_key_only(path, tmp_path):
    with Store.open(path) as store:
        run = store.begin_run({}, "0.1.0", [switch("sw-1")], [version_of(SSH)])
        facts = facts_of(users=[{"name": "p.jansen"}, {"name": "admin"}])
        store.record_target(run, reached(result("sw-1", SSH, Status.PASS), target="sw-1", at=NOW, key="x", facts=facts))
        store.finish_run(run)
    from baseline.content.pseudonyms import load_pseudonyms

    key, other = tmp_path / "a.key", tmp_path / "b.key"
    pseudonym = load_pseudonyms(key, create=True).of("p.jansen")
    load_pseudonyms(other, create=True)

    def resolve(file, *words):
        return CliRunner().invoke(cli, ["--store", str(path), "pseudonyms", "resolve", "--key-file", str(file), *words])

    found = resolve(key, pseudonym, "--json")
    assert json.loads(found.output) == {pseudonym: {"name": "p.jansen", "targets": ["sw-1"]}}
    assert resolve(other, pseudonym).exit_code == 1
    assert "p.jansen" not in resolve(other, pseudonym).output
    assert resolve(key, "p.jansen").exit_code == 2
    assert isinstance(resolve(tmp_path / "none.key", pseudonym).exception, BaselineError)
