import re
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.lab.blueprint import Blueprint
from baseline.lab.device import Device
from baseline.lab.fleet import DeviceSpec
from baseline.lab.moment import Login, duration, long_date
from baseline.lab.shell.pager import ERASE, MORE
from baseline.lab.shell.shell import Shell

PROMPT = "zwolle-sw-01#"


def typed(shell, text):
    return shell.receive(text.encode()).decode().replace("\r\n", "\n")


def test_a_session_starts_with_a_prompt_that_shows_the_privilege(shell):
    assert shell().start() == b"\r\nzwolle-sw-01#"
    assert shell(privilege=1).start() == b"\r\nzwolle-sw-01>"


def test_what_is_typed_is_echoed_and_answered(shell):
    shown = typed(shell(), "show privilege\n")
    assert shown == f"show privilege\nCurrent privilege level is 15\n{PROMPT}"


def test_lines_end_in_cr_lf_on_the_wire(shell):
    shown = shell().receive(b"show running-config\n")
    assert shown.count(b"\n") == shown.count(b"\r\n") > 400


@pytest.mark.parametrize("ending", ["\n", "\r", "\r\n"])
def test_every_kind_of_enter_is_one_enter(shell, ending):
    assert typed(shell(), f"show privilege{ending}").count(PROMPT) == 1


def test_a_line_may_arrive_in_pieces(shell):
    one = shell()
    assert typed(one, "sh") + typed(one, "ow priv") + typed(one, "ilege\r") == typed(shell(), "show privilege\n")


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("sh ver", "show version"),
        ("sh run", "show running-config"),
        ("SH IP SSH", "show ip ssh"),
        ("sh ntp ass", "show ntp associations"),
        ("sh ip int br", "show ip interface brief"),
        ("sh run int gi1/0/1", "show running-config interface GigabitEthernet1/0/1"),
        ("sh run | i hostname", "show running-config | include hostname"),
    ],
)
def test_keywords_may_be_abbreviated(shell, short, full):
    assert typed(shell(), short + "\n").split("\n")[1:] == typed(shell(), full + "\n").split("\n")[1:]


def test_a_wrong_word_is_marked_where_it_goes_wrong(shell):
    shown = typed(shell(), "show vers1on\n").split("\n")
    assert shown[1].index("^") == len(PROMPT) + len("show vers")
    assert shown[2:] == ["% Invalid input detected at '^' marker.", "", PROMPT]


def test_an_abbreviation_that_could_be_several_words_is_refused(shell):
    assert '% Ambiguous command:  "sh i"' in typed(shell(), "sh i\n")


def test_half_a_command_is_refused(shell):
    assert "% Incomplete command." in typed(shell(), "show\n")
    assert "% Incomplete command." in typed(shell(), "show running-config | include\n")


@pytest.mark.parametrize("line", ["show running-config", "show startup-config", "configure terminal", "show logging"])
def test_an_unprivileged_session_cannot_do_what_takes_privilege(shell, line):
    assert "% Invalid input" in typed(shell(privilege=1), line + "\n")


def test_enable_asks_a_password_that_is_not_echoed(shell):
    one = shell(privilege=1, enable_password="geheim")
    assert typed(one, "enable\n") == "enable\nPassword: "
    assert typed(one, "geheim\n") == f"\n{PROMPT}"
    assert "geheim" not in " ".join(one.device.counters.received)


def test_enable_gives_up_after_three_wrong_passwords(shell):
    one = shell(privilege=1, enable_password="geheim")
    shown = typed(one, "enable\nfout\nfout\nfout\n")
    assert shown.endswith("% Access denied\n\nzwolle-sw-01>")
    assert shown.count("Password: ") == 3


def test_disable_gives_privilege_back(shell):
    assert typed(shell(), "disable\n").endswith("zwolle-sw-01>")


def test_exit_ends_the_session_without_a_prompt(shell):
    one = shell()
    assert typed(one, "exit\nshow clock\n") == "exit\n"
    assert one.closed


def test_long_answers_are_paged(shell):
    one = shell(height=24)
    first = one.receive(b"show running-config\n")
    assert first.endswith(MORE)
    assert first.count(b"\r\n") == 1 + 23
    line = one.receive(b"\r")
    assert line.startswith(ERASE)
    assert line.count(b"\r\n") == 1
    assert one.receive(b" ").count(b"\r\n") == 23
    assert one.receive(b"q") == ERASE + PROMPT.encode()


def test_paging_through_to_the_end_gives_the_whole_answer(shell):
    one, whole = shell(height=24), shell()
    shown = one.receive(b"show version\n")
    while shown.endswith(MORE):
        shown = shown.removesuffix(MORE) + one.receive(b" ").removeprefix(ERASE)
    assert shown == whole.receive(b"show version\n")


def test_terminal_length_zero_ends_paging(shell):
    one = shell(height=24)
    typed(one, "terminal length 0\nterminal width 511\n")
    assert "--More--" not in typed(one, "show running-config\n")


@pytest.mark.parametrize("number", ["513", "-1", "veel", "99999999999"])
def test_an_impossible_terminal_length_is_refused(shell, number):
    assert "% Invalid input" in typed(shell(), f"terminal length {number}\n")


def test_include_exclude_and_count_agree(shell):
    lines = typed(shell(), "show running-config\n").split("\n")[1:-1]
    included = typed(shell(), "show running-config | include interface|hostname\n").split("\n")[1:-1]
    excluded = typed(shell(), "show running-config | exclude interface|hostname\n").split("\n")[1:-1]
    assert sorted(included + excluded) == sorted(lines)
    count = typed(shell(), "show running-config | count interface|hostname\n")
    assert f"= {len(included)}\n" in count


def test_begin_starts_at_the_first_match(shell):
    shown = typed(shell(), "show running-config | begin ^line con\n").split("\n")
    assert shown[1] == "line con 0"
    assert "end" in shown


@pytest.mark.parametrize("form", ["section line vty", "section include line vty", "s line vty"])
def test_section_shows_headings_with_what_is_below_them(shell, form):
    shown = typed(shell(), f"show running-config | {form}\n").split("\n")[1:-1]
    assert [line for line in shown if not line.startswith(" ")] == ["line vty 0 4", "line vty 5 15", "line vty 16 31"]
    assert shown.count(" transport input ssh") == 3


@pytest.mark.parametrize("pipe", ["| includ(", "| include (", "| wrong x", "| "])
def test_a_filter_that_is_wrong_is_refused(shell, pipe):
    assert "%" in typed(shell(), f"show version {pipe}\n").split("\n", 1)[1]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("configure terminal\ninterface Gi1/0/1\nshutdown\nend", 3),
        ("conf t", 1),
        ("configure\n", 1),
        ("write memory", 1),
        ("wr", 1),
        ("copy running-config startup-config\n", 1),
        ("reload", 1),
        ("clear logging", 1),
        ("debug all", 1),
        ("erase nvram:", 1),
        ("show running-config | redirect flash:weg", 1),
        ("show running-config | tee flash:weg", 1),
        ("write terminal", 0),
        ("show running-config | include write", 0),
        ("terminal length 0", 0),
        ("enable", 0),
    ],
)
def test_every_attempt_to_change_the_device_is_counted_as_a_violation(shell, line, count):
    one = shell()
    typed(one, line + "\n")
    assert one.device.counters.violations == count


def test_an_attempt_that_privilege_forbids_is_a_violation_all_the_same(shell):
    one = shell(privilege=1)
    assert "% Invalid input" in typed(one, "configure terminal\n")
    assert list(one.device.counters.violating) == ["configure terminal"]


def test_configuration_mode_prompts_like_a_device_and_applies_nothing(shell):
    one = shell()
    before = one.device.configuration
    shown = typed(one, "conf t\ninterface Gi1/0/1\nshutdown\ndo show privilege\nexit\nline vty 0 4\nend\n")
    prompts = re.findall(r"^zwolle-sw-01\S*#", shown, re.MULTILINE)
    modes = ["(config)", "(config-if)", "(config-if)", "(config-if)", "(config)", "(config-line)", ""]
    assert prompts == [f"zwolle-sw-01{mode}#" for mode in modes]
    assert "Current privilege level is 15" in shown
    assert one.device.configuration == before


def test_a_long_name_is_cut_in_configuration_mode_only(shell):
    one = shell(name="zwolle-gemeentehuis-verdieping-2")
    assert one.start().endswith(b"\nzwolle-gemeentehuis-verdieping-2#")
    assert typed(one, "conf t\n").endswith("\nzwolle-gemeentehuis-(config)#")


def test_saving_answers_as_a_device_that_saves(shell):
    assert "[OK]" in typed(shell(), "write memory\n")
    assert typed(shell(), "copy run start\n").endswith("Destination filename [startup-config]? ")


def test_backspace_and_line_erase_change_what_is_typed(shell):
    assert "privilege level is 15" in typed(shell(), "show privilegee\x7f\n")
    assert "privilege level is 15" in typed(shell(), "onzin\x15show privilege\n")


def test_an_interrupt_drops_the_line(shell):
    assert typed(shell(), "configure term\x03\n").count(PROMPT) == 2


def test_a_question_mark_lists_what_may_follow(shell):
    shown = typed(shell(), "show ip ?")
    assert "  interface\n" in shown
    assert "  ssh\n" in shown
    assert shown.endswith(PROMPT + "show ip ")


def test_the_newest_commands_are_remembered_and_all_are_counted(shell):
    one = shell()
    typed(one, "show clock\n" * 2100)
    assert one.device.counters.commands == 2100
    assert len(one.device.counters.received) == 2000


def test_a_device_that_breaks_answers_differently_at_once(shell):
    one = shell()
    assert "ip ssh version 2" in typed(one, "show running-config\n")
    one.device.break_with("ssh_version_1")
    assert "ip ssh version 2" not in typed(one, "show running-config\n")
    assert "version 1.99" in typed(one, "show ip ssh\n")
    one.device.repair()
    assert "version 2.0" in typed(one, "show ip ssh\n")


def test_a_configuration_that_is_set_is_shown_and_names_the_device(shell):
    one = shell()
    one.device.set_configuration("version 17.12\nhostname elders\nend")
    shown = typed(one, "show running-config\n")
    assert "\nversion 17.12\nhostname elders\nend\n" in shown
    assert shown.endswith("\nelders#")


def test_the_clock_tells_when_it_is_not_synchronised(shell):
    assert re.search(r"\n\d\d:\d\d:\d\d\.\d{3} \w+ \w{3} \w{3} \d+ \d{4}\n", typed(shell(), "show clock\n"))
    assert re.search(r"\n\.\d\d:", typed(shell(defects=("clock_not_synchronised",)), "show clock\n"))


def test_times_are_written_as_the_device_writes_them():
    assert long_date(datetime(2026, 9, 1, 9, 14, 27, tzinfo=UTC), "CEST") == "09:14:27 CEST Tue Sep 1 2026"
    assert duration(0) == "0 minutes"
    assert duration(60 * (10_080 + 60 + 1)) == "1 week, 1 hour, 1 minute"


DEVICE = Device(DeviceSpec(name="zwolle-sw-01", lines=450), seed=1)


@given(st.lists(st.binary(max_size=60), max_size=20))
def test_whatever_is_typed_the_shell_lives_and_answers_with_a_prompt_in_the_end(chunks):
    shell = Shell(DEVICE, Login(0, "auditor", "127.0.0.1"), height=24)
    for chunk in chunks:
        assert isinstance(shell.receive(chunk), bytes)
    shown = shell.receive(b"q\x03\x03")
    assert shell.closed or shown.endswith(b"#")


@given(st.text(max_size=80))
def test_whatever_command_is_executed_gets_an_answer(line):
    assert Shell(DEVICE, Login(0, "auditor", "127.0.0.1")).run(line).startswith(b"\r\n")


def test_a_blueprint_is_the_same_for_the_same_seed():
    one = Blueprint(name="a", site="zwolle", site_number=1, number=1, role="access", lines=450, seed=1)
    assert one.serial == msgspec.structs.replace(one).serial
    assert one.serial != msgspec.structs.replace(one, seed=2).serial
