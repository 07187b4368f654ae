"""``baseline drift config`` on what runs stored."""

import pytest

from baseline.lab.device import Device
from baseline.lab.spec import DeviceSpec
from tests.acceptance.command import Command

pytestmark = pytest.mark.slow

ONLY = ("--check", "network-lines-ssh-only")


@pytest.fixture(scope="module")
def switch(tmp_path_factory):
    """A command whose store holds two runs of one switch: good, and with telnet."""
    folder = tmp_path_factory.mktemp("drift")
    baseline = Command(folder)
    saved = folder / "saved"
    saved.mkdir()
    good, bad = (
        Device(DeviceSpec(name="sw-01", lines=450, defects=defects), seed=1).configuration
        for defects in ((), ("telnet_on_vty",))
    )
    for text, code in ((good, 0), (bad, 1)):
        (saved / "sw-01").write_text(text)
        baseline("check", "--from-files", saved, *ONLY, code=code)
    (folder / "approved.cfg").write_text(good)
    return baseline


def test_what_differs_from_an_approved_file_is_shown_in_its_section(switch):
    said = switch("drift", "config", "sw-01", "--against", switch.folder / "approved.cfg", code=1).stdout
    assert "3 lines missing (-), 3 not approved (+)" in said
    assert "  line vty 0 4\n-   transport input ssh\n+   transport input telnet ssh\n" in said


def test_an_earlier_run_may_be_what_was_approved(switch):
    document = switch("drift", "config", "sw-01", "--run", 1, "--json", code=1).document
    assert {change["line"] for change in document["changes"]} == {"transport input ssh", "transport input telnet ssh"}
    assert (document["current"]["run"], document["command"]) == (2, "show running-config")
    assert switch("drift", "config", "sw-01", "--run", 1, "--current-run", 1, code=0).stdout.startswith("sw-01: show")


def test_what_cannot_be_compared_is_never_the_same(switch):
    for arguments, reason in (
        (("sw-01", "--run", 9), "was not reached in run 9"),
        (("sw-0l", "--run", 1), "did you mean 'sw-01'"),
    ):
        assert reason in switch("drift", "config", *arguments, code=3).stderr


def test_mistakes_are_usage_errors(switch):
    assert "one of the two" in switch("drift", "config", "sw-01", code=2).stderr
    template = switch.folder / "template.cfg"
    template.write_text("{% if x %}\n")
    assert "only {{ name }} is understood" in switch("drift", "config", "sw-01", "--against", template, code=2).stderr


def test_a_template_is_compared_by_what_it_says(switch):
    template = switch.folder / "template.cfg"
    template.write_text("hostname {{ name }}\nline vty 0 4\n transport input ssh\n ...\n...\n")
    said = switch("drift", "config", "sw-01", "--against", template, code=1).stdout
    assert "2 lines missing" not in said
    assert "1 lines missing (-), 0 not approved (+)" in said
