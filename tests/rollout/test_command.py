"""``baseline rollout check``: one command that asks, judges, compares and reports."""

import html.parser

import pytest

pytestmark = pytest.mark.slow


def devices_of(ended):
    return {device["name"]: device for device in ended.document["devices"]}


def test_good_devices_may_be_handed_over_and_the_others_may_not(batch):
    ready = {name for name, device in devices_of(batch.ended).items() if device["may_be_handed_over"]}
    assert ready == {"sw-01", "sw-02", "sw-04"}
    assert batch.ended.document["complete"] is False


def test_every_question_is_answered_for_every_device(batch):
    answers = {name: device["answers"] for name, device in devices_of(batch.ended).items()}
    good = dict.fromkeys(("reachable", "software", "baseline", "template", "peers"), "yes")
    assert answers["sw-01"] == good
    assert answers["sw-03"] == good | {"baseline": "no", "template": "no", "peers": "no"}
    assert answers["sw-05"]["software"] == "no"
    unknown = dict.fromkeys(("software", "baseline", "template", "peers"), "unknown")
    assert answers["sw-06"] == {"reachable": "no"} | unknown


def test_the_odd_one_out_is_shown_with_what_its_peers_have(batch):
    odd = {(each["kind"], each["line"]) for each in devices_of(batch.ended)["sw-03"]["oddities"]}
    assert ("lacks", "transport input ssh") in odd
    assert ("has", "transport input telnet ssh") in odd
    assert not devices_of(batch.ended)["sw-01"]["oddities"]
    facts = [each for each in devices_of(batch.ended)["sw-05"]["oddities"] if each["kind"] == "fact"]
    assert (facts[0]["line"], facts[0]["usual"]) == ("software.version = 16.03.05b", "17.12.04")


def test_a_device_that_was_not_reached_makes_the_exit_code_say_so(batch):
    assert batch.ended.code == 3
    assert batch("rollout", "check", "--run", 1, "--target", "sw-03", code=1).stdout
    assert batch("rollout", "check", "--run", 1, "--target", "sw-01", code=0).stdout


def test_a_run_that_was_done_can_be_reported_again_without_asking(batch):
    again = batch("rollout", "check", "--run", 1, "--software", "16.*", "--json", code=3)
    assert devices_of(again)["sw-05"]["answers"]["software"] == "yes"
    assert devices_of(again)["sw-01"]["answers"]["template"] == "not asked"
    assert len(batch("runs", "--json").document) == 1


def test_odd_devices_may_be_let_through_but_stay_visible(batch):
    strict = batch("rollout", "check", "--run", 1, "--target", "sw-0[1-5]", "--software", "1*", "--json", code=1)
    lenient = batch(
        *("rollout", "check", "--run", 1, "--target", "sw-0[1-5]", "--software", "1*", "--allow-odd", "--json"), code=1
    )
    assert not devices_of(strict)["sw-05"]["may_be_handed_over"]
    assert devices_of(lenient)["sw-05"]["may_be_handed_over"]
    assert devices_of(lenient)["sw-05"]["oddities"]
    assert not devices_of(lenient)["sw-03"]["may_be_handed_over"]


def test_the_table_says_per_device_why_not(batch):
    said = batch("rollout", "check", "--run", 1, code=3).stdout
    rows = {line.split("\t")[0]: line.split("\t")[1:] for line in said.splitlines()}
    assert rows["sw-01"][-2:] == ["yes", ""]
    assert "open points" in rows["sw-03"][-1]
    assert "of 6 devices may be handed over (run 1)" in said


def test_the_reports_tell_who_when_what_and_how(batch):
    for name in ("report.html", "report.md"):
        text = (batch.folder / name).read_text()
        for word in ("Overdrachtsrapport uitrol", "J. Jansen", "baseline 0.", "3 van 6", "Ondertekening", "sha256"):
            assert word in text, (name, word)
        assert "transport input ssh" in text
        assert "sw-06" in text


def test_the_html_is_well_formed_in_the_right_language_and_loads_nothing(batch):
    text = (batch.folder / "report.html").read_text()
    assert '<html lang="nl">' in text
    assert not any(word in text for word in ("<script", "<link", "src=", "http://", "https://", "@import"))
    open_tags = []

    class Parser(html.parser.HTMLParser):
        def handle_starttag(self, tag, _attributes):
            if tag != "meta":
                open_tags.append(tag)

        def handle_endtag(self, tag):
            assert open_tags.pop() == tag

    Parser().feed(text)
    assert open_tags == []


def test_the_report_is_also_made_in_english(batch):
    path = batch.folder / "english.md"
    batch("rollout", "check", "--run", 1, "--lang", "en", "--report", path, code=3)
    text = path.read_text()
    assert "# Rollout hand-over report" in text
    assert "Overdracht" not in text


def test_mistakes_are_told_before_anything_is_asked(batch):
    runs = len(batch("runs", "--json").document)
    ask = ("rollout", "check", "-i", batch.inventory)
    assert "ends in .md or .html" in batch(*ask, "--report", "report.docx", code=2).stderr
    assert "there is no folder" in batch(*ask, "--report", "nowhere/report.md", code=2).stderr
    statement = batch.folder / "statement.cfg"
    statement.write_text("{% for x in y %}")
    assert "fill it in first" in batch(*ask, "--against", statement, code=2).stderr
    assert "there is no group 'new'" in batch(*ask, "--group", "new", code=2).stderr
    assert len(batch("runs", "--json").document) == runs
