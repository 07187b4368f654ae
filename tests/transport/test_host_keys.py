import shutil
import stat
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.ssh.host_keys import HostKey, KnownHosts, known_name, load_known_hosts
from baseline.collectors.ssh.known_hosts_file import add_host_key, replace_host_key
from baseline.models.errors import CollectError
from tests.services.openssh import make_key

ED25519 = "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
OTHER = "AAAAC3NzaC1lZDI1NTE5AAAAIJ8C1DWvSe5gEx3xVbE6uMjvTAGUAHJyvX1WcTF7w+nN"

needs_ssh_keygen = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="needs ssh-keygen (openssh-client)")


def accepted(text, host, port=22):
    return [key.openssh for key in KnownHosts(text).lookup(host, port).accepted]


def key_of(text):
    kind, data = text.split()[:2]
    return next(iter(KnownHosts(f"x {kind} {data}").lookup("x").accepted))


@pytest.mark.parametrize(
    ("names", "host", "port"),
    [
        ("sw1.example.nl", "sw1.example.nl", 22),
        ("sw1.example.nl", "SW1.Example.NL", 22),
        ("sw1,192.0.2.7", "192.0.2.7", 22),
        ("[192.0.2.7]:2222", "192.0.2.7", 2222),
        ("[2001:db8::1]:2222", "2001:db8::1", 2222),
        ("192.0.2.7", "192.0.2.7", 2222),
        ("*.example.nl", "sw1.example.nl", 22),
        ("sw?.example.nl", "sw1.example.nl", 22),
        ("*.example.nl,!bad.example.nl", "good.example.nl", 22),
        ("[*.example.nl]:2222", "sw1.example.nl", 2222),
    ],
)
def test_a_host_is_found_under_every_way_to_name_it(names, host, port):
    assert accepted(f"{names} ssh-ed25519 {ED25519} comment\n", host, port) == [f"ssh-ed25519 {ED25519}"]


@pytest.mark.parametrize(
    ("names", "host", "port"),
    [
        ("sw1.example.nl", "sw11.example.nl", 22),
        ("[192.0.2.7]:2222", "192.0.2.7", 22),
        ("[192.0.2.7]:2222", "192.0.2.7", 2223),
        ("sw?.example.nl", "sw12.example.nl", 22),
        ("*.example.nl,!bad.example.nl", "bad.example.nl", 22),
        ("*.example.nl", "example.nl", 22),
        ("sw1[.]example", "sw1.example", 22),
    ],
)
def test_another_host_is_not_found(names, host, port):
    assert KnownHosts(f"{names} ssh-ed25519 {ED25519}\n").lookup(host, port).nothing


def test_a_key_for_the_port_counts_before_one_for_the_host():
    text = f"[sw1]:2222 ssh-ed25519 {ED25519}\nsw1 ssh-ed25519 {OTHER}\n"
    assert accepted(text, "sw1", 2222) == [f"ssh-ed25519 {ED25519}"]
    assert accepted(text, "sw1", 22) == [f"ssh-ed25519 {OTHER}"]


def test_authorities_and_revoked_keys_are_kept_apart():
    text = f"@cert-authority *.nl ssh-ed25519 {ED25519}\n@revoked * ssh-ed25519 {OTHER}\n"
    found = KnownHosts(text).lookup("sw1.nl")
    assert not found.accepted
    assert [key.openssh for key in found.authorities] == [f"ssh-ed25519 {ED25519}"]
    assert [key.openssh for key in found.revoked] == [f"ssh-ed25519 {OTHER}"]


@pytest.mark.parametrize(
    "line", ["", "# sw1 ssh-ed25519 x", "sw1", "sw1 ssh-ed25519", "sw1 ssh-ed25519 ???", "|1|x ssh-ed25519 AAAA", "@x"]
)
def test_a_line_that_cannot_be_read_trusts_nothing_and_hides_no_other_line(line):
    text = f"{line}\nsw2 ssh-ed25519 {ED25519}\n"
    assert KnownHosts(text).lookup("sw1").nothing
    assert accepted(text, "sw2")


@given(st.text(max_size=200), st.text(min_size=1, max_size=30), st.integers(1, 65535))
def test_any_text_is_read_without_an_error(text, host, port):
    KnownHosts(text).lookup(host, port)


@needs_ssh_keygen
@pytest.mark.parametrize("port", [22, 2222])
def test_hashed_names_written_by_ssh_keygen_are_found(tmp_path, port):
    path = tmp_path / "known_hosts"
    path.write_text(f"{known_name('sw1.example.nl', port)} ssh-ed25519 {ED25519}\n")
    subprocess.run(["ssh-keygen", "-q", "-H", "-f", str(path)], check=True, capture_output=True)
    text = path.read_text()
    assert "sw1" not in text
    assert accepted(text, "sw1.example.nl", port) == [f"ssh-ed25519 {ED25519}"]
    assert KnownHosts(text).lookup("sw2.example.nl", port).nothing


@needs_ssh_keygen
@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_the_fingerprint_is_the_one_that_ssh_keygen_prints(tmp_path, kind):
    public = make_key(tmp_path / "key", kind).with_suffix(".pub")
    printed = subprocess.run(["ssh-keygen", "-lf", str(public)], check=True, capture_output=True, text=True).stdout
    assert key_of(public.read_text()).fingerprint == printed.split()[1]


def test_a_changed_file_is_read_again(tmp_path):
    path = tmp_path / "known_hosts"
    assert load_known_hosts(path).lookup("sw1").nothing
    path.write_text(f"sw1 ssh-ed25519 {ED25519}\n")
    assert not load_known_hosts(path).lookup("sw1").nothing
    assert load_known_hosts(path) is load_known_hosts(path)
    path.write_text("")
    assert load_known_hosts(path).lookup("sw1").nothing


def test_a_file_that_cannot_be_read_is_an_error_and_not_an_empty_file(tmp_path):
    with pytest.raises(CollectError) as caught:
        load_known_hosts(tmp_path)
    assert caught.value.code == "credential"


def test_a_key_is_added_to_a_file_that_only_its_owner_reads(tmp_path):
    path = tmp_path / "ssh" / "known_hosts"
    add_host_key(path, "192.0.2.7", 2222, key_of(f"ssh-ed25519 {ED25519}"))
    assert path.read_text() == f"[192.0.2.7]:2222 ssh-ed25519 {ED25519}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_key_is_added_after_a_last_line_without_an_end(tmp_path):
    path = tmp_path / "known_hosts"
    path.write_text(f"sw1 ssh-ed25519 {ED25519}")
    add_host_key(path, "sw2", 22, key_of(f"ssh-ed25519 {OTHER}"))
    assert path.read_text() == f"sw1 ssh-ed25519 {ED25519}\nsw2 ssh-ed25519 {OTHER}\n"


def test_replacing_touches_the_lines_of_that_host_only(tmp_path):
    path = tmp_path / "known_hosts"
    path.write_text(
        f"# ours\nsw1,sw2 ssh-ed25519 {ED25519} both\n@revoked sw1 ssh-ed25519 {ED25519}\n"
        f"sw1 ecdsa-sha2-nistp256 AAAA\n[sw1]:2222 ssh-ed25519 {ED25519}\n"
    )
    replace_host_key(path, "sw1", 22, key_of(f"ssh-ed25519 {OTHER}"))
    assert path.read_text() == (
        f"# ours\nsw2 ssh-ed25519 {ED25519} both\n@revoked sw1 ssh-ed25519 {ED25519}\n"
        f"[sw1]:2222 ssh-ed25519 {ED25519}\nsw1 ssh-ed25519 {OTHER}\n"
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@needs_ssh_keygen
def test_replacing_finds_hashed_names(tmp_path):
    path = tmp_path / "known_hosts"
    path.write_text(f"sw1 ssh-ed25519 {ED25519}\nsw2 ssh-ed25519 {ED25519}\n")
    subprocess.run(["ssh-keygen", "-q", "-H", "-f", str(path)], check=True, capture_output=True)
    replace_host_key(path, "sw1", 22, key_of(f"ssh-ed25519 {OTHER}"))
    assert accepted(path.read_text(), "sw1") == [f"ssh-ed25519 {OTHER}"]
    assert accepted(path.read_text(), "sw2") == [f"ssh-ed25519 {ED25519}"]


def test_replacing_refuses_to_leave_an_old_key_behind_under_a_wildcard(tmp_path):
    path = tmp_path / "known_hosts"
    before = f"sw* ssh-ed25519 {ED25519}\n"
    path.write_text(before)
    with pytest.raises(CollectError, match="wildcard"):
        replace_host_key(path, "sw1", 22, key_of(f"ssh-ed25519 {OTHER}"))
    assert path.read_text() == before


def test_a_file_that_cannot_be_written_is_an_error(tmp_path):
    with pytest.raises(CollectError, match="cannot write"):
        add_host_key(tmp_path, "sw1", 22, HostKey(type="ssh-ed25519", blob=b"x"))
