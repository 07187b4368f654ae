"""The walk over file systems, in a mount namespace with a small root of its own (mount_namespaces(7))."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from baseline.collectors.host.collector import read_facts
from baseline.collectors.host.script import compose
from baseline.collectors.host.section import ScriptSection
from baseline.collectors.host.sections import SECTIONS
from baseline.collectors.host.transcript import read_transcript
from baseline.models.facts.fact import Unknown
from tests.host.conftest import needs_root
from tests.host.recordings import ARTEFACTS

pytestmark = needs_root

ASKED = {"file_search", "accounts", "scheduled_jobs", "certificates"}
WALK = tuple(section for section in SECTIONS if section.name in ASKED)
BUSYBOX = Path("/bin/busybox")
MARK = "@walk"

HANGING = """
import ctypes, os, sys
device = os.open("/dev/fuse", os.O_RDWR)
options = f"fd={device},rootmode=40000,user_id=0,group_id=0".encode()
if ctypes.CDLL(None, use_errno=True).mount(b"gone:/export", sys.argv[1].encode(), b"fuse.nfs", 0, options):
    sys.exit(77)
os.set_inheritable(device, True)
os.execvp("chroot", ["chroot", sys.argv[2], "/bin/sh", "-s"])
"""
"""Mounts a file system whose server never answers, and goes on inside: whoever looks at it waits for ever."""


@pytest.fixture
def root(tmp_path) -> Iterator[Path]:
    """A root folder with BusyBox and little else."""
    if not BUSYBOX.exists() or not shutil.which("unshare"):
        pytest.skip("needs busybox and unshare")
    root = tmp_path / "root"
    for folder in ("bin", "etc", "proc", "sys", "dev", "home", "srv", "mnt", "tmp", "root"):
        (root / folder).mkdir(parents=True)
    (root / "tmp").chmod(0o1777)
    shutil.copy(BUSYBOX, root / "bin" / "busybox")
    needed = subprocess.run(["ldd", BUSYBOX], capture_output=True, text=True, check=False).stdout.split()
    for library in (Path(word) for word in needed if word.startswith("/")):
        (root / library.parent.relative_to("/")).mkdir(parents=True, exist_ok=True)
        shutil.copy(library, root / library.relative_to("/"))
    for program in subprocess.run([BUSYBOX, "--list"], capture_output=True, text=True, check=True).stdout.split():
        with contextlib.suppress(FileExistsError):
            (root / "bin" / program).symlink_to("busybox")
    (root / "etc" / "passwd").write_text("root:x:0:0::/root:/bin/sh\nfar:x:1000:1000::/mnt/gone/far:/bin/sh\n")
    (root / "etc" / "group").write_text("root:x:0:\nfar:x:1000:\n")
    (root / "etc" / "shadow").write_text("root:*:20000::::::\nfar:!:20000::::::\n")
    (root / "etc" / "login.defs").write_text("UID_MIN 1000\n")
    return root


def ask(root: Path, *, hanging: str = "", sections: tuple[ScriptSection, ...] = WALK):
    """Facts of this root."""
    return read_facts(read_transcript(run(root, hanging, sections), MARK, ARTEFACTS), sections)[0]


def run(root: Path, hanging: str = "", sections: tuple[ScriptSection, ...] = WALK) -> bytes:
    """What the script prints inside. The mounts go away with the namespace that they are made in."""
    enter = f'exec chroot "{root}" /bin/sh -s'
    if hanging:
        (root.parent / "hanging.py").write_text(HANGING)
        enter = f'mkdir -p "{root}{hanging}"; exec python3 "{root.parent}/hanging.py" "{root}{hanging}" "{root}"'
    steps = f"""
        mount --make-rprivate / && mount --bind "{root}" "{root}" || exit 77
        mount --bind /proc "{root}/proc" && mount --bind /dev "{root}/dev" || exit 77
        {enter}
    """
    pipe = subprocess.PIPE
    with subprocess.Popen(
        ["unshare", "--mount", "sh", "-c", steps], stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True
    ) as process:
        try:
            output, errors = process.communicate(compose(sections, MARK), timeout=30)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode == 77:
        pytest.skip("mounts are not allowed here")
    assert output.endswith(f"{MARK} finished\n".encode()), errors
    return output


def test_what_is_odd_is_found_and_nothing_else(root):
    (root / "srv" / "open.txt").touch()
    (root / "srv" / "open.txt").chmod(0o666)
    (root / "srv" / "drop").mkdir()
    (root / "srv" / "drop").chmod(0o777)
    (root / "srv" / "tool").write_text("#!/bin/sh\n")
    (root / "srv" / "tool").chmod(0o4755)
    (root / "srv" / "old").touch()
    os.chown(root / "srv" / "old", 4242, 4242)
    found = ask(root).file_system
    assert found.world_writable_files == ["/srv/open.txt"]
    assert found.world_writable_directories == ["/srv/drop"]
    assert found.set_id_files == ["/srv/tool"]
    assert found.unowned == ["/srv/old"]
    assert found.set_id_files_outside_packages == Unknown(
        "rpm did not say of every program whether it belongs to a package"
    )


def test_a_name_cannot_pass_for_another_answer(root):
    """The end of the walk is told last, so that no name says that it was whole; a line end in a name hides nothing."""
    for name in (
        "a\nended 0",
        "b\nsearched 0 0 0 0",
        "0644|0|0|regular file|",
        "-exec",
        "$(reboot)",
        "c\n@walk finished",
    ):
        (root / "srv" / name).touch()
        (root / "srv" / name).chmod(0o666)
    found = ask(root).file_system.world_writable_files
    assert len(found) >= 6
    assert all(path.startswith("/srv/") for path in found if "|" not in path)


def test_a_file_system_whose_server_is_gone_is_never_looked_at(root):
    """By no section. Its neighbours are, and who has a home there is said to be unknown."""
    if not Path("/dev/fuse").exists():
        pytest.skip("needs /dev/fuse")
    (root / "mnt" / "near").mkdir()
    (root / "mnt" / "near" / "open.txt").touch()
    (root / "mnt" / "near" / "open.txt").chmod(0o666)
    (root / "home" / "link").symlink_to("../mnt/gone/link")
    with (root / "etc" / "passwd").open("a") as file:
        file.write("link:x:1001:1000::/home/link:/bin/sh\n")
    (root / "etc" / "crontab").write_text("1 2 * * * root /mnt/gone/run\n")
    started = time.monotonic()
    facts = ask(root, hanging="/mnt/gone", sections=SECTIONS)
    assert time.monotonic() - started < 8
    assert facts.file_system.world_writable_files == ["/mnt/near/open.txt"]
    users = {user.name: user for user in facts.users}
    assert "network file system" in users["far"].home_mode.reason
    assert "network file system" in users["link"].authorized_keys.reason
    assert "network file system" in facts.scheduled_jobs[0].replaceable.reason


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "lost"),
    [
        ("/var/log", {"files", "logging"}),
        ("/boot", {"files", "boot", "packages"}),
        ("/var/lib/docker", set()),
        ("/var/spool/cron", {"scheduled_jobs"}),
        ("/usr/local", {"files", "boot", "logging", "users", "packages", "scheduled_jobs"}),
    ],
)
def test_what_lies_on_it_is_unknown_and_the_rest_is_known(root, place, lost):
    started = time.monotonic()
    facts = ask(root, hanging=place, sections=SECTIONS)
    assert time.monotonic() - started < 12
    silent = Unknown(f"the file system at {place} gives no answer")
    shown = {
        "logging": facts.logging.journal_persistent,
        "boot": facts.boot.password,
        "files": facts.files,
        "packages": facts.packages.manager,
        "scheduled_jobs": facts.scheduled_jobs,
        "users": facts.users,
    }
    assert {name for name, fact in shown.items() if fact == silent} == lost
    assert isinstance(facts.users, list) or "users" in lost


@pytest.mark.parametrize("place", ["/srv/[a-z]*", "/srv/a b", "/srv/back\\\\slash"])
def test_the_name_of_the_folder_that_holds_it_does_not_matter(root, place):
    (root / place.replace("\\\\", "\\").lstrip("/")).mkdir()
    near = root / place.replace("\\\\", "\\").lstrip("/") / "open.txt"
    near.touch()
    near.chmod(0o666)
    assert ask(root, hanging=f"{place}/gone").file_system.world_writable_files == [f"/{near.relative_to(root)}"]


def test_a_name_with_a_line_end_beside_it_hides_nothing(root):
    (root / "mnt" / "a\nb").mkdir()
    assert "line end" in ask(root, hanging="/mnt/gone").file_system.world_writable_files.reason


@pytest.mark.slow
def test_a_directory_of_a_hundred_thousand_files_is_walked_or_said_to_be_cut_off(root):
    for number in range(100_000):
        os.close(os.open(root / "srv" / f"message-{number}", os.O_CREAT, 0o644))
    (root / "srv" / "message-5").chmod(0o666)
    found = ask(root).file_system.world_writable_files
    assert found == ["/srv/message-5"] or "cut off" in found.reason


def test_too_many_findings_are_no_list(root):
    for number in range(600):
        (root / "srv" / f"open-{number}").touch()
        (root / "srv" / f"open-{number}").chmod(0o666)
    assert "more than 500" in ask(root).file_system.world_writable_files.reason


def test_no_line_of_a_private_key_leaves_the_host(root):
    """Not from a file with a certificate that does not end, nor from one with a key of an unknown kind."""
    folder = root / "etc" / "ssl" / "private"
    folder.mkdir(parents=True)
    secret = "\n".join(["SECRETKEYMATERIAL0123456789abcdefSECRETKEYMATERIAL0123456789ab"] * 20)
    kinds = ("PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "QUANTUM PRIVATE KEY")
    for number, kind in enumerate(kinds):
        key = f"-----BEGIN {kind}-----\n{secret}\n-----END {kind}-----\n"
        (folder / f"{number}.key").write_text(key)
        (folder / f"{number}.pem").write_text(f"-----BEGIN CERTIFICATE-----\nMIIB\n{key}")
    (folder / "raw.der").write_text(secret)
    output = run(root)
    assert b"SECRETKEY" not in output
    keys = {key.name: key for key in ask(root).certificates.private_keys}
    assert len(keys) == 2 * len(kinds)
    assert [keys[f"/etc/ssl/private/{number}.key"].encrypted for number in range(5)] == [
        False,
        False,
        False,
        True,
        False,
    ]


def test_arguments_of_planned_programs_stay_on_the_host(root):
    (root / "etc" / "crontab").write_text(
        "MAILTO=root\n"
        "1 2 * * * root cd / && /usr/bin/curl --password=hunter2 https://user:hunter2@example.nl\n"
        "@daily far TOKEN=hunter2 /srv/run hunter2 | mail hunter2\n"
        "*/5 * * * * root test -x /srv/x && { PGPASSWORD=hunter2 /srv/dump; }\n"
    )
    output = run(root)
    assert b"hunter2" not in output
    jobs = ask(root).scheduled_jobs
    assert [(job.user, job.program) for job in jobs] == [
        ("root", "/usr/bin/curl"),
        ("far", "/srv/run"),
        ("root", "/srv/dump"),
    ]


def test_a_planned_program_can_be_replaced_through_its_folder_or_behind_an_interpreter(root):
    for folder, mode in (("open", 0o777), ("sticky", 0o1777), ("closed", 0o755)):
        (root / "srv" / folder / "app").mkdir(parents=True)
        (root / "srv" / folder).chmod(mode)
        (root / "srv" / folder / "app" / "run").touch(0o755)
    (root / "srv" / "closed" / "anyone").touch()
    (root / "srv" / "closed" / "anyone").chmod(0o1666)
    lines = {
        "/srv/open/app/run": True,
        "/srv/sticky/app/run": False,
        "/srv/closed/app/run": False,
        "/bin/sh -e /srv/closed/anyone hunter2": True,
        "/bin/sh -c '/srv/open/app/run hunter2'": True,
        "/bin/sh /srv/closed/app/run": False,
        "/bin/sh run hunter2 /srv/open/app/run": False,
    }
    (root / "etc" / "crontab").write_text("".join(f"1 2 * * * root {line}\n" for line in lines))
    jobs = ask(root, sections=tuple(section for section in SECTIONS if section.name == "scheduled_jobs")).scheduled_jobs
    assert [job.replaceable for job in jobs] == list(lines.values())
    assert b"hunter2" not in run(root)


RED_HAT = """\
if [ -f ${prefix}/user.cfg ]; then
  source ${prefix}/user.cfg
  if [ -n "${GRUB2_PASSWORD}" ]; then
    set superusers="root"
    password_pbkdf2 root ${GRUB2_PASSWORD}
  fi
fi
"""
HASH = "grub.pbkdf2.sha512.10000.AB12.CD34"


@pytest.mark.parametrize(
    ("files", "asked"),
    [
        ({"grub2/grub.cfg": RED_HAT}, False),
        ({"grub2/grub.cfg": RED_HAT, "grub2/user.cfg": f"GRUB2_PASSWORD={HASH}\n"}, True),
        ({"grub/grub.cfg": f'set superusers="root"\n\tpassword_pbkdf2 root {HASH}\n'}, True),
        ({"grub/grub.cfg": f"password_pbkdf2 root {HASH}\n"}, False),
        ({"efi/loader/loader.conf": "timeout 3\n"}, False),
    ],
)
def test_a_boot_loader_asks_a_password_when_it_knows_one(root, files, asked):
    for name, text in files.items():
        (root / "boot" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "boot" / name).write_text(text)
    boot = ask(root, sections=tuple(section for section in SECTIONS if section.name == "boot")).boot
    assert (boot.loader is not None, boot.password) == (True, asked)
