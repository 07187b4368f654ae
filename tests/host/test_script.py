"""The script itself: what it needs, what it leaves alone, and how it keeps content apart from boundaries."""

import os
import re
import shutil
import subprocess
import time

import msgspec
import pytest

from baseline.collectors.host.collector import read_facts, select_sections
from baseline.collectors.host.script import compose, new_mark
from baseline.collectors.host.section import ScriptSection, shell_text
from baseline.collectors.host.sections import SECTIONS
from baseline.collectors.host.transcript import Transcript, read_transcript
from tests.host.conftest import needs_root
from tests.host.recordings import ARTEFACTS

pytestmark = [pytest.mark.usefixtures("steady_machine"), pytest.mark.slow]

SHELLS = {"dash": ["dash"], "bash": ["bash", "--posix"], "busybox": ["busybox", "sh"]}
WRITING = re.compile(
    r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|^\d+ +(creat|mkdir|unlink|rename|link|symlink|truncate|chmod|chown|utime)"
)
STEADY = tuple(section for section in SECTIONS if section.name not in {"listening_sockets", "file_search"})
"""Without what other programs of this machine change meanwhile, and without the walk, which has tests of its own."""


def run(shell: list[str], script: bytes, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*shell, "-s"], input=script, capture_output=True, cwd="/", timeout=60, check=False, **options
    )


def transcript_of(shell: list[str], sections: tuple[ScriptSection, ...] = SECTIONS, **options: object) -> Transcript:
    mark = new_mark()
    return read_transcript(run(shell, compose(sections, mark), **options).stdout, mark, ARTEFACTS)


def facts_of(shell: list[str], **options: object) -> dict[str, object]:
    facts, _ = read_facts(transcript_of(shell, STEADY, **options), STEADY)
    found = msgspec.to_builtins(facts)
    del found["ssh_server"]["running"]  # other tests start and stop servers
    return found


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_gives_the_same_facts(shell):
    if not shutil.which(SHELLS[shell][0]):
        pytest.skip(f"needs {shell}")
    assert facts_of(SHELLS[shell]) == facts_of(["sh"])


def test_programs_of_busybox_alone_give_the_facts_that_files_hold(tmp_path):
    if not shutil.which("busybox"):
        pytest.skip("needs busybox")
    for program in subprocess.run(["busybox", "--list"], capture_output=True, text=True, check=True).stdout.split():
        (tmp_path / program).symlink_to(shutil.which("busybox"))
    mark = new_mark()
    script = compose(STEADY, mark).replace(b"PATH=/usr/sbin", f"PATH={tmp_path} #".encode())
    found = read_transcript(run([str(tmp_path / "sh")], script).stdout, mark, ARTEFACTS)
    facts = msgspec.to_builtins(read_facts(found, STEADY)[0])
    expected = facts_of(["sh"])
    for name in (
        "kernel_parameters",
        "kernel_modules",
        "mounts",
        "files",
        "users",
        "groups",
        "password_rules",
        "banners",
    ):
        assert facts[name] == expected[name], name
    assert facts["ssh_server"]["installed"] is False


@needs_root
@pytest.mark.parametrize("shell", ["dash", "bash"])
def test_a_host_on_which_nothing_can_be_written_gives_the_same_facts(shell):
    """Every file system is mounted read-only, /tmp and /dev/shm too: a shell that keeps a here-document there fails."""
    read_only = """
        for place in $(awk '{ print $2 }' /proc/self/mounts); do mount -o remount,bind,ro "$place" || exit 77; done
        for place in /tmp /var/tmp /root /run /dev/shm; do touch "$place/written" 2>/dev/null && exit 78; done
        exec "$@"
    """
    inside = ["unshare", "--mount", "sh", "-c", read_only, "sh", *SHELLS[shell]]
    if run(inside, b"exit 0").returncode == 77:
        pytest.skip("mounts are not allowed here")
    found, expected = facts_of(inside), facts_of(["sh"])
    assert all("ro" in mount["options"] for mount in found.pop("mounts"))
    del expected["mounts"]
    assert found == expected


@pytest.mark.parametrize("language", ["nl_NL.UTF-8", "tr_TR.UTF-8", "zh_CN.GB18030"])
def test_the_language_of_the_account_does_not_matter(language):
    settings = {"LC_ALL": language, "LANG": language, "LANGUAGE": language[:2]}
    assert facts_of(["sh"], env=os.environ | settings) == facts_of(["sh"])


def test_settings_of_the_account_do_not_matter(tmp_path):
    hostile = tmp_path / "hostile.sh"
    hostile.write_text("echo from-profile; stat() { echo 0; }; exit 9\n")
    fake = tmp_path / "awk"
    fake.write_text("#!/bin/sh\nexit 0\n")
    fake.chmod(0o755)
    settings = {"ENV": str(hostile), "IFS": "e", "CDPATH": "/tmp", "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    assert facts_of(["dash"], env=os.environ | settings) == facts_of(["sh"])


def test_half_a_script_does_nothing():
    script = compose(SECTIONS, new_mark())
    last_line = script.rindex(b"if have dd")
    for length in (len(script) // 3, len(script) // 2, last_line - 1, last_line):
        assert run(["sh"], script[:length]).stdout == b""


def test_the_script_is_clean_by_shellcheck(tmp_path):
    if not shutil.which("shellcheck"):
        pytest.skip("needs shellcheck")
    path = tmp_path / "script.sh"
    path.write_bytes(b"#!/bin/sh\n" + compose(SECTIONS, "@0"))
    # Words split on purpose, programs of awk and dpkg-query in single quotes, functions that are called by their name,
    # and a limit of processor time, which every shell here has though POSIX names it not.
    done = subprocess.run(
        ["shellcheck", "-e", "SC2086,SC2046,SC2016,SC2317,SC3045", path], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""


def test_only_what_is_needed_is_run():
    script = compose(select_sections(frozenset({"ssh_server.ciphers"})), "@0")
    assert b"sshd -T" in script
    assert b"/etc/shadow" not in script
    assert [section.name for section in select_sections(frozenset({"time_synchronisation.active"}))] == [
        "services",
        "time_synchronisation",
    ]
    assert len(select_sections(frozenset())) == len(SECTIONS)


def test_content_cannot_pass_for_a_boundary(tmp_path):
    """The mark is new in every run, and stands in no argument, file or variable that others on the host may read."""
    assert new_mark() != new_mark()
    watcher = "while :; do cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null; done"
    mark = new_mark()
    with (tmp_path / "seen").open("wb") as log, subprocess.Popen(["sh", "-c", watcher], stdout=log) as process:
        run(["sh"], compose(STEADY, mark))
        process.kill()
    seen = (tmp_path / "seen").read_bytes()
    assert b"dpkg-query" in seen or b"sshd" in seen
    assert mark.encode() not in seen


def test_a_section_that_prints_too_much_is_unknown_and_spoils_no_other():
    small = tuple(
        msgspec.structs.replace(section, maximum_bytes=200) if section.name == "accounts" else section
        for section in STEADY
    )
    facts, _ = read_facts(transcript_of(["sh"], small), small)
    assert "broken off" in facts.users.reason
    assert facts.mounts


def test_a_command_that_hangs_is_stopped_and_spoils_no_other(tmp_path):
    hanging = tmp_path / "sshd"
    hanging.write_text("#!/bin/sh\nexec sleep 60\n")
    hanging.chmod(0o755)
    sections = tuple(section for section in SECTIONS if section.name in {"ssh_server", "mounts"})
    mark = new_mark()
    script = (
        compose(sections, mark).replace(b"PATH=", f"PATH={tmp_path}:".encode()).replace(b"seconds=10", b"seconds=1")
    )
    started = time.monotonic()
    found = read_transcript(run(["sh"], script).stdout, mark, ARTEFACTS)
    facts, _ = read_facts(found, sections)
    assert time.monotonic() - started < 15
    assert "sshd -T" in facts.ssh_server.permit_root_login.reason
    assert facts.mounts


@pytest.mark.slow
def test_nothing_is_written_anywhere(tmp_path):
    if not shutil.which("strace"):
        pytest.skip("needs strace")
    log = tmp_path / "calls"
    run(
        ["strace", "-f", "-qq", "-o", str(log), "-e", "trace=%file,ftruncate,fchmod,fchown", "sh"],
        compose(SECTIONS, "@0"),
    )
    calls = log.read_text(errors="replace").splitlines()
    writes = [call for call in calls if WRITING.search(call) and '"/dev/' not in call]
    assert len(calls) > 1000
    assert writes == []


@pytest.mark.slow
def test_nothing_is_left_behind(tmp_path):
    """The script runs on an overlay of the whole file system: whatever it would leave lies in the upper folder."""
    if os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("needs root and unshare")
    (tmp_path / "script").write_bytes(compose(SECTIONS, "@0"))
    steps = f"""
        set -e
        mount -t tmpfs tmpfs /mnt
        mkdir /mnt/upper /mnt/work /mnt/root
        mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root || exit 77
        for folder in proc sys dev; do mount --rbind /$folder /mnt/root/$folder; done
        chroot /mnt/root sh -s <{tmp_path}/script | tail -n 1
        find /mnt/upper -mindepth 1
    """
    done = subprocess.run(["unshare", "-m", "sh", "-c", steps], capture_output=True, text=True, check=False)
    if done.returncode == 77:
        pytest.skip("needs a kernel with overlay")
    assert done.stdout.split("\n") == ["@0 finished", ""]


def test_no_expression_counts_repeats_which_the_awk_of_debian_12_does_not_know():
    lines = [line for section in SECTIONS for line in shell_text(section.name).splitlines() if "grep -E" not in line]
    assert [line for line in lines if re.search(r"[])a-z.]\{\d+(,\d*)?\}", line)] == []
