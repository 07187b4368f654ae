"""What an account without rights sees here, without SSH."""

import msgspec
import pytest

from baseline.collectors.host.collector import read_facts
from baseline.collectors.host.script import compose, new_mark
from baseline.collectors.host.sections import SECTIONS
from baseline.collectors.host.transcript import read_transcript
from baseline.models.facts.fact import Unknown
from tests.host.recordings import ARTEFACTS
from tests.host.test_garbage import known

QUICK = tuple(section for section in SECTIONS if section.name != "file_search")

pytestmark = pytest.mark.usefixtures("steady_machine")


@pytest.mark.slow
def test_nothing_that_nobody_sees_differs_from_what_root_sees(as_nobody, here):
    """Less may be known, but nothing may be known differently."""
    mark = new_mark()
    facts, _ = read_facts(read_transcript(as_nobody(compose(QUICK, mark)), mark, ARTEFACTS, "log in"), QUICK)
    ours, theirs = known(here.facts), known(facts)
    assert theirs.pop("system.privileged") is False
    # The items of lists hold what is unknown; other tests start and stop servers.
    for path in ("users", "listening_sockets", "ssh_server.host_keys", "ssh_server.running"):
        ours.pop(path, None)
        theirs.pop(path, None)
    changed = {path: (value, ours.get(path)) for path, value in theirs.items() if ours.get(path) != value}
    assert {path: pair for path, pair in changed.items() if not path.startswith("packages.lists_age")} == {}
    assert len(theirs) > 300


def test_what_needs_root_says_so(as_nobody):
    mark = new_mark()
    facts, _ = read_facts(read_transcript(as_nobody(compose(QUICK, mark)), mark, ARTEFACTS, "log in"), QUICK)
    for user in facts.users:
        assert user.password_status == Unknown("needs root: /etc/shadow may not be read; log in"), user.name
    assert facts.sudo.rules == Unknown("needs root: /etc/sudoers may not be read; log in")
    assert facts.ssh_server.password_authentication == Unknown("needs root: sshd -T; log in")
    assert b"$unknown" in msgspec.json.encode(facts)
