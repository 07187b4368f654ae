"""Small languages, one at a time."""

import shutil
import subprocess

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from baseline.collectors.host.answer import Setting
from baseline.collectors.host.redaction import redact
from baseline.collectors.host.sections.debian_version import debian_version_order
from baseline.collectors.host.sections.firewall_rules import RuleSet, read_iptables, read_nft
from baseline.collectors.host.sections.log_targets import rsyslog_targets, syslog_ng_targets
from baseline.collectors.host.sections.ssh_settings import seconds
from baseline.collectors.host.sections.sudoers import read_sudoers
from baseline.collectors.host.support import END_OF_SUPPORT, end_of_support
from baseline.collectors.host.values import version_order
from baseline.models.facts.fact import Unknown
from baseline.models.facts.host_protection import Audit
from tests.host.recordings import read, section

VERSIONS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "0:", "1:", "12:"]),
    st.from_regex(r"[0-9][0-9a-z.+~]{0,8}", fullmatch=True),
    st.sampled_from(["", "-1", "-1ubuntu2", "-0+deb12u1", "-1~bpo12+1", "-10"]),
)


@pytest.mark.parametrize("relation", ["lt", "eq", "gt"])
def test_debian_versions_sort_as_dpkg_sorts_them(relation):
    if not shutil.which("dpkg"):
        pytest.skip("needs dpkg")

    @given(VERSIONS, VERSIONS)
    @example("1.0-1ubuntu7", "1.0-1ubuntu7~rc1")
    @example("1.0", "1.0-0")
    @example("1:1.0", "2.0")
    @example("1.2.3a", "1.2.3+b")
    def agree(first, second):
        done = subprocess.run(["dpkg", "--compare-versions", first, relation, second], check=False)
        left, right = debian_version_order(first), debian_version_order(second)
        assert (done.returncode == 0) == {"lt": left < right, "eq": left == right, "gt": left > right}[relation]

    agree()


def test_versions_sort_by_their_numbers():
    assert version_order("1.9.9") < version_order("1.9.13p3") < version_order("1.9.14") < version_order("1.9.15p5")
    assert version_order("5.14.0-70.el9") < version_order("5.14.0-570.el9")


@pytest.mark.parametrize(
    ("text", "expected"), [("120", 120), ("2m", 120), ("1h30m", 5400), ("1w2d", 777_600), ("0", 0)]
)
def test_times_of_sshd(text, expected):
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "soon", "-1", "5x", "9" * 30])
def test_what_is_no_time_is_unknown(text):
    assert isinstance(seconds(text), Unknown)


def sudoers(text: str):
    return read_sudoers(
        Setting("/etc/sudoers", number, line, number) for number, line in enumerate(text.split("\n"), 1) if line
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ann ALL=(ALL) ALL", [("ann", "ALL", ("ALL",), False)]),
        ("ann ALL = NOPASSWD: ALL", [("ann", "root", ("ALL",), True)]),
        ("ann,bob host1=(www : www) /bin/ls -l, /bin/df", [("ann,bob", "www : www", ("/bin/ls", "/bin/df"), False)]),
        (
            r"%domain\ admins ALL=(ALL:ALL) SETENV: NOPASSWD: /bin/sh",
            [(r"%domain\ admins", "ALL:ALL", ("/bin/sh",), True)],
        ),
        ("x ALL=(ALL) /bin/a, NOPASSWD: ALL", [("x", "ALL", ("/bin/a",), False), ("x", "ALL", ("ALL",), True)]),
        ("x ALL=(ALL) sha256:abc= /bin/a, !/bin/su", [("x", "ALL", ("/bin/a", "!/bin/su"), False)]),
        (
            "x a1 = /bin/ls : b1, b2 = NOPASSWD: ALL",
            [("x", "root", ("/bin/ls",), False), ("x", "root", ("ALL",), True)],
        ),
        (r"x ALL = NOPASSWD: /bin/a b\:c\=d, /bin/e", [("x", "root", ("/bin/a", "/bin/e"), True)]),
        ("x ALL=(root) CWD=/tmp TIMEOUT = 5m NOPASSWD: ALL", [("x", "root", ("ALL",), True)]),
        ("Defaults:ann !authenticate", []),
        ("@includedir /etc/sudoers.d", []),
        ("nonsense", []),
    ],
)
def test_lines_of_sudoers(line, expected):
    found = sudoers(line).grants
    assert [(grant.who, grant.run_as, grant.commands, grant.no_password) for grant in found] == expected


def test_aliases_of_sudoers_are_looked_through_even_in_a_circle():
    found = sudoers("Cmnd_Alias A = B, /bin/x : B = A, ALL\nann ALL=(ALL) NOPASSWD: A").grants
    assert "ALL" in found[0].commands
    assert "/bin/x" in found[0].commands


def test_defaults_of_sudoers_the_last_word_counts():
    found = sudoers('Defaults use_pty\nDefaults !use_pty, logfile="/var/log/my sudo.log"').defaults
    assert "use_pty" not in found
    assert "!use_pty" in found
    assert found["logfile"] == "/var/log/my sudo.log"


def test_not_authenticating_anyone_counts_for_every_rule():
    text = "@0 command sudo -V\nSudo version 1.9.9\n@0 status 0\n@0 read /etc/sudoers\n@0 lines\n"
    facts = section("sudo", text + "/etc/sudoers:1:Defaults !authenticate\n/etc/sudoers:2:a ALL=(ALL) ALL\n@0 status 0")
    assert facts.sudo.rules[0].no_password
    assert facts.sudo.use_pty is False


@pytest.mark.parametrize(
    ("default", "who", "expected"),
    [
        ("Defaults:ann !authenticate", "ann", True),
        ("Defaults: %ops , ann  !authenticate", "%ops", True),
        ("Defaults:ALL !authenticate", "ann", True),
        ("Defaults:bob !authenticate", "ann", False),
        ("Defaults:bob !authenticate", "%ops", None),
        ("Defaults:OPERATORS !authenticate", "ann", None),
        ("Defaults@web01 !authenticate", "ann", None),
        ("Defaults>root !authenticate", "ann", None),
        ("Defaults:ann !authenticate\n/etc/sudoers:2:Defaults:ann authenticate", "ann", False),
        ("Defaults!/usr/bin/apt !authenticate", "ann", False),
        ("Defaults!ALL !authenticate", "ann", True),
        ("Defaults!ADMINISTRATION !authenticate", "ann", None),
        ("Defaults:ann !lecture", "ann", False),
    ],
)
def test_a_password_that_is_not_asked_of_some(default, who, expected):
    """sudoers(5): a default may hold for users, hosts, commands, or the account that a command runs as."""
    lines = f"/etc/sudoers:1:{default}\n/etc/sudoers:9:{who} ALL=(ALL) ALL\n"
    facts = section(
        "sudo",
        f"@0 command sudo -V\nSudo version 1.9.9\n@0 status 0\n@0 read /etc/sudoers\n@0 lines\n{lines}@0 status 0",
    )
    found = facts.sudo.rules[-1].no_password
    assert (None if isinstance(found, Unknown) else found) is expected


@pytest.mark.parametrize(
    ("include", "known"),
    [
        ("@includedir /etc/sudoers.d", True),
        ("#includedir /etc/sudoers.d/", True),
        ('@include "/etc/sudoers.d/a"', True),
        ("@include sudoers.d/a", True),
        ("@include /etc/sudoers.gone", True),
        ("@include /etc/sudoers.more", False),
        ("@includedir /etc/sudoers.more.d", False),
    ],
)
def test_rules_are_unknown_when_an_included_file_was_not_looked_at(include, known):
    facts = section(
        "sudo",
        "@0 command sudo -V\nSudo version 1.9.13\n@0 status 0\n@0 absent /etc/sudoers.gone\n"
        "@0 read /etc/sudoers /etc/sudoers.d/a\n@0 lines\n"
        f"/etc/sudoers:1:a ALL=(ALL) ALL\n/etc/sudoers:2:{include}\n@0 status 0",
    )
    assert isinstance(facts.sudo.rules, Unknown) is not known


FAILLOCK = {
    "preauth": "auth required pam_faillock.so preauth deny=5",
    "authfail": "auth [default=die] pam_faillock.so authfail deny=5",
    "unix": "auth sufficient pam_unix.so",
}


@pytest.mark.parametrize(
    ("stacks", "attempts"),
    [
        ({"common-auth": "preauth unix authfail"}, 5),
        ({"common-auth": "preauth unix"}, None),
        ({"system-auth": "preauth unix authfail", "password-auth": "preauth unix authfail"}, 5),
        ({"system-auth": "preauth unix authfail", "password-auth": "unix"}, None),
    ],
)
def test_failed_logins_lock_an_account_where_every_stack_counts_them(stacks, attempts):
    lines = [f"/etc/pam.d/{name}:1:{FAILLOCK[word]}" for name, words in stacks.items() for word in words.split()]
    text = "@0 read /etc/login.defs\n@0 lines\n/etc/login.defs:1:UMASK 027\n" + "\n".join(lines) + "\n@0 status 0"
    assert section("password_rules", text).password_rules.lockout_attempts == attempts


@pytest.mark.parametrize(
    ("control", "more", "length"),
    [("requisite", "", 14), ("requisite", "enforcing = 0", 6), ("requisite", "enforcing = 1", 14), ("optional", "", 6)],
)
def test_rules_for_passwords_that_only_warn_demand_nothing(control, more, length):
    text = (
        "@0 read /etc/login.defs\n@0 lines\n/etc/login.defs:1:UMASK 027\n"
        f"/etc/security/pwquality.conf:1:minlen = 14\n/etc/security/pwquality.conf:2:{more}\n"
        f"/etc/pam.d/common-password:1:password {control} pam_pwquality.so retry=3\n"
        "/etc/pam.d/common-password:2:password required pam_unix.so yescrypt\n@0 status 0"
    )
    assert section("password_rules", text).password_rules.minimum_length == length


@pytest.mark.parametrize(("main", "length"), [("minlen = 8", 8), ("retry = 3", 14)])
def test_the_file_itself_goes_before_what_stands_in_its_folder(main, length):
    text = (
        "@0 read /etc/login.defs\n@0 lines\n/etc/login.defs:1:UMASK 027\n"
        f"/etc/security/pwquality.conf:1:{main}\n/etc/security/pwquality.conf.d/50-long.conf:1:minlen = 14\n"
        "/etc/pam.d/common-password:1:password requisite pam_pwquality.so retry=3\n@0 status 0"
    )
    assert section("password_rules", text).password_rules.minimum_length == length


@pytest.mark.parametrize(("arguments", "limited"), [("use_uid", True), ("deny group=guests", False)])
def test_su_is_limited_by_a_group_that_may_and_not_by_one_that_may_not(arguments, limited):
    text = (
        "@0 read /etc/login.defs\n@0 lines\n/etc/login.defs:1:UMASK 027\n"
        f"/etc/pam.d/su:1:auth required pam_wheel.so {arguments}\n@0 status 0"
    )
    assert section("password_rules", text).password_rules.su_group_only is limited


SSHD_FILES = "/etc/ssh/sshd_config", "/etc/ssh/sshd_config.d/a.conf", "/etc/ssh/more/b.conf"


@pytest.mark.parametrize(
    ("files", "known"),
    [
        (["Include /etc/ssh/sshd_config.d/*.conf", "Include more/*.conf", "Match User b"], True),
        (["Include /etc/ssh/sshd_config.d/*.conf", "Include /opt/sshd/*.conf"], False),
        (["Match User b\nInclude /etc/ssh/sshd_config.d/*.conf", "PasswordAuthentication yes"], False),
    ],
)
def test_match_blocks_are_unknown_when_what_a_file_or_a_block_includes_was_not_followed(files, known):
    read_files = SSHD_FILES[: len(files)]
    lines = [
        f"{path}:{number}:{text}"
        for path, texts in zip(read_files, files, strict=True)
        for number, text in enumerate(texts.split("\n"), 1)
    ]
    text = f"@0 read {' '.join(read_files)}\n@0 lines\n" + "\n".join(lines) + "\n@0 status 0"
    assert isinstance(section("ssh_server", text).ssh_server.match_blocks, Unknown) is not known


def test_a_value_in_a_match_block_is_what_sshd_makes_of_it():
    lines = ["Match User b", 'PermitRootLogin "no"', "PasswordAuthentication no # never", "Banner = none"]
    body = "\n".join(f"/etc/ssh/sshd_config:{number}:{line}" for number, line in enumerate(lines, 1))
    found = section("ssh_server", f"@0 read /etc/ssh/sshd_config\n@0 lines\n{body}\n@0 status 0")
    settings = {"permitrootlogin": "no", "passwordauthentication": "no", "banner": "none"}
    assert [block.settings for block in found.ssh_server.match_blocks] == [settings]


def test_a_forward_chain_for_ipv4_closes_nothing_for_ipv6():
    chain = "chain forward {\ntype filter hook forward priority filter; policy drop;\n}"
    rules = f"@0 command nft -s -t list ruleset\ntable ip filter {{\n{chain}\n}}\n@0 status 0"
    firewall = section("firewall", f"{rules}\n@0 end firewall\n@0 section services\n@0 missing systemd").firewall
    assert (firewall.forward_policy, firewall.forward_policy_ipv6) == ("drop", "accept")


@pytest.mark.parametrize(
    ("tree", "encrypted"),
    [
        ("vg-root lvm\n`-luks crypt\n  `-sda3 part\n    `-sda disk", True),
        ("vg-root lvm\n|-luks crypt\n| `-sda3 part\n|   `-sda disk\n`-sdb1 part\n  `-sdb disk", False),
        ("luks crypt\n`-md0 raid1\n  |-sda1 part\n  | `-sda disk\n  `-sdb1 part\n    `-sdb disk", True),
        ("sda1 part\n`-sda disk", False),
    ],
)
def test_a_volume_is_encrypted_when_every_disk_below_it_is(tree, encrypted):
    text = f"@0 note root /dev/mapper/root\n@0 command lsblk -niso NAME,TYPE /dev/mapper/root\n{tree}\n@0 status 0"
    assert section("disk_encryption", text).disk_encryption.root_encrypted is encrypted


def test_of_lines_with_one_name_the_first_counts():
    text = (
        "@0 command awk /etc/passwd\neva:x:0:0::/home/eva:/bin/sh\neva:x:1001:1001::/home/eva:/bin/sh\n@0 status 0\n"
        "@0 command awk /etc/shadow\neva:empty:::::::\neva:disabled:::::::\n@0 status 0"
    )
    (eva,) = section("accounts", text).users
    assert (eva.uid, eva.password_status) == (0, "empty")


def test_the_oldest_protocol_that_openssl_is_told_counts():
    text = (
        "@0 read /etc/pki/tls/openssl.cnf /etc/crypto-policies/back-ends/opensslcnf.config\n@0 lines\n"
        "/etc/pki/tls/openssl.cnf:9:MinProtocol = TLSv1.0 # for the old printer\n"
        "/etc/crypto-policies/back-ends/opensslcnf.config:3:TLS.MinProtocol = TLSv1.2\n@0 status 0"
    )
    assert section("cryptography", text).cryptography.openssl_minimum_protocol == "TLSv1.0"


TIME_UNITS = """@0 command systemctl list-unit-files
{0} enabled
@0 status 0
@0 command systemctl list-units
{0} loaded active running
@0 status 0"""


@pytest.mark.parametrize(
    ("unit", "command", "said", "synchronised"),
    [
        ("chrony.service", "chronyc", "Leap status     : Normal", True),
        ("chrony.service", "chronyc", "Reference ID    : C0000201 (ntp.example)\nLeap status     : Normal", True),
        ("chrony.service", "chronyc", "Reference ID    : 7F7F0101 ()\nLeap status     : Normal", False),
        ("ntpd.service", "ntpq", "leap=00, refid=192.0.2.1", True),
        ("ntpd.service", "ntpq", "leap=00, refid=LOCAL(0)", False),
    ],
)
def test_a_clock_that_follows_itself_is_not_synchronised(unit, command, said, synchronised):
    text = (
        f"@0 begin 0\n@0 section services\n{TIME_UNITS.format(unit)}\n@0 end services\n"
        "@0 section time_synchronisation\n@0 read /etc/chrony/chrony.conf /etc/ntp.conf\n@0 lines\n"
        "/etc/chrony/chrony.conf:1:server ntp.example\n/etc/ntp.conf:1:server ntp.example\n"
        "/etc/ntp.conf:2:server 127.127.1.0\n@0 status 0\n"
        f"@0 command {command}\n{said}\n@0 status 0\n@0 end time_synchronisation\n@0 finished\n"
    )
    time = read(text)[0].time_synchronisation
    assert (time.synchronised, time.servers) == (synchronised, ["ntp.example"])


def test_nft_rules_that_drop_everything_at_the_end_close_a_chain():
    rules = "table inet filter {\nchain input {\ntype filter hook input priority filter; policy accept;\n{}\n}\n}"
    for last, expected in (
        ("counter drop", "drop"),
        ('counter drop comment "all else"', "drop"),
        ('log prefix "no: " drop', "drop"),
        ("reject with icmpx admin-prohibited", "reject"),
        ("ip saddr 10.0.0.0/8 drop", "accept"),
        ("tcp dport 22 accept", "accept"),
    ):
        found = read_nft(rules.replace("{}", last).split("\n"))
        assert (found.policy(4, "input"), found.policy(6, "input"), found.rules) == (expected, expected, 1), last


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("ct state established accept", "drop"),
        ("tcp dport 22 accept\ncounter accept", "accept"),
        ('accept comment "for now"', "accept"),
        ('log prefix "in: " accept', "accept"),
        ("ip saddr 0.0.0.0/0 accept", "accept"),
        ("accept\ntcp dport 23 drop", "accept"),
        ("drop\naccept", "drop"),
    ],
)
def test_an_nft_rule_that_accepts_everything_opens_a_chain_that_drops(rules, expected):
    chain = f"chain input {{\ntype filter hook input priority filter; policy drop;\n{rules}\n}}"
    assert read_nft(f"table inet filter {{\n{chain}\n}}".split("\n")).policy(4, "input") == expected


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (["-A INPUT -i lo -j ACCEPT"], "drop"),
        (["-A INPUT -p tcp --dport 22 -j ACCEPT", "-A INPUT -j ACCEPT"], "accept"),
        (['-A INPUT -m comment --comment "for now" -j ACCEPT', "-A INPUT -j DROP"], "accept"),
        (["-A INPUT -j DROP", "-A INPUT -j ACCEPT"], "drop"),
    ],
)
def test_an_iptables_rule_that_accepts_everything_opens_a_chain_that_drops(rules, expected):
    found = RuleSet({}, 0)
    read_iptables(["-P INPUT DROP", *rules], 4, found)
    assert (found.policy(4, "input"), found.rules) == (expected, len(rules))


def test_the_strictest_of_several_chains_decides():
    text = """table ip a {
        chain input {
            type filter hook input priority 0; policy drop;
        }
    }
    table ip b {
        chain input {
            type filter hook input priority 10; policy accept;
        }
    }"""
    found = read_nft(text.split("\n"))
    assert (found.policy(4, "input"), found.policy(6, "input"), found.policy(4, "forward")) == (
        "drop",
        "accept",
        "accept",
    )


def test_iptables_policies():
    found = RuleSet({}, 0)
    read_iptables(
        ["-P INPUT ACCEPT", "-A INPUT -i lo -j ACCEPT", "-A INPUT -j REJECT --reject-with icmp-host-prohibited"],
        4,
        found,
    )
    assert (found.policy(4, "input"), found.rules) == ("reject", 2)


def settings(text: str) -> list[Setting]:
    return [Setting("/etc/x", number, line, number) for number, line in enumerate(text.split("\n"), 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*.* @10.0.0.1", ["udp/10.0.0.1/514"]),
        ("*.* @@[2001:db8::1]:6514", ["tcp/2001:db8::1/6514"]),
        ("$ActionSendStreamDriverMode 1\n*.* @@log.example", ["tls/log.example/514"]),
        ('*.* action(type="omfwd" target="a.example" protocol="tcp")', ["tcp/a.example/514"]),
        ('action(type="omrelp" target="a.example" port="20514" tls="on")', ["tls/a.example/20514"]),
        ('action(type="omfile" file="/var/log/x@y")', []),
        ("*.* /var/log/messages", []),
    ],
)
def test_targets_of_rsyslog(text, expected):
    assert [target.name for target in rsyslog_targets(settings(text))] == expected


def test_targets_of_syslog_ng():
    text = 'destination d { network("log.example" port(6514) transport("tls")); };\ndestination e { udp("10.0.0.9"); };'
    assert [target.name for target in syslog_ng_targets(settings(text))] == ["tls/log.example/6514", "udp/10.0.0.9/514"]


@pytest.mark.parametrize(
    "secret",
    [
        "root:$6$saltsalt$abcdefghijklmnopqrstuvwxyz:19000:0",
        "password=hunter22",
        "db_passwd = hunter22",
        "proxy https://ann:hunter22@proxy.example/",
        "api_key: hunter22",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nhunter22\nhunter22\n-----END OPENSSH PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nhunter22",
    ],
)
def test_secrets_are_left_out_and_lines_stay_lines(secret):
    text = f"first\n{secret}\nlast"
    assert "hunter22" not in redact(text)
    assert "abcdefgh" not in redact(text)
    assert redact(text).count("\n") == text.count("\n")
    assert redact(redact(text)) == redact(text)


@given(st.text(max_size=300))
def test_redaction_keeps_the_count_of_lines(text):
    assert redact(text).count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        "ann ALL=(ALL) NOPASSWD: ALL",
        "auth requisite pam_unix.so nullok",
        "/etc/pam.d/passwd:3:password required x",
        "PASS_MAX_DAYS 99",
    ],
)
def test_what_is_no_secret_stays(text):
    assert redact(text) == text


def test_every_end_of_support_is_a_date():
    for name, versions in END_OF_SUPPORT.items():
        for version in versions:
            assert end_of_support(name, version)
    assert end_of_support("rhel", "9.6") == end_of_support("rhel", "9")
    assert end_of_support("debian", "99") is None


def test_names_of_processes_may_hold_blanks_and_quotes():
    lines = 'tcp LISTEN 0.0.0.0:80 users:(("tmux: server"\ntcp LISTEN 0.0.0.0:81 users:((""'
    facts = section(
        "listening_sockets", f"@0 command ss -lntup\nNetid State Local \n{lines}\ntcp LISTEN *:82 \n@0 status 0"
    )
    assert facts.listening_sockets[1].process == "tmux: server"
    assert isinstance(facts.listening_sockets[2].process, Unknown)
    assert facts.listening_sockets[0].process is None


def audit(rules: str = "", settings: str = "") -> Audit:
    lines = [f"/etc/audit/rules.d/a.rules:{n}:{text}" for n, text in enumerate(rules.split("\n"), 1)]
    lines += [f"/etc/audit/auditd.conf:{n}:{text}" for n, text in enumerate(settings.split("\n"), 1)]
    body = ["@0 section audit", "@0 note auditd installed", "@0 lines", *lines, "@0 status 0", "@0 end audit"]
    return section("services", "\n".join(["@0 missing systemd", "@0 end services", *body])).audit


def test_the_last_switch_of_the_audit_rules_counts_wherever_it_stands():
    assert audit("-e 2\n-w /etc/a -p wa\n-w /etc/b -p wa\n-w /etc/c -p wa\n-w /etc/d -p wa").immutable is True
    assert audit("-e 2\n-w /etc/a -p wa\n-e 1").immutable is False
    assert audit("-w /etc/a -p wa -k -e 2").immutable is False


def test_an_action_of_auditd_may_name_its_program():
    assert audit(settings="space_left_action = EXEC /usr/local/sbin/warn").space_left_action == "exec"
    assert audit(settings="space_left_action =").space_left_action == ""


def test_a_host_key_that_sshd_does_not_name_asks_root_for_no_more_rights():
    text = "@0 command sshd -T\nMissing privilege separation directory: /run/sshd\n@0 status 255\n@0 lines\n"
    text += "/etc/ssh/ssh_host_ed25519_key.pub:1:ssh-ed25519 AAAA\n@0 status 0"
    [key] = section("ssh_server", text).ssh_server.host_keys
    assert key.mode == Unknown("sshd -T does not name /etc/ssh/ssh_host_ed25519_key, so it was not looked at")


@pytest.mark.parametrize(
    "line", ["tcp LISTEN", "tcp LISTEN 0.0.0.0:http ", "udp UNCONN 0.0.0.0:99999 ", "tcp LISTEN :22 "]
)
def test_a_socket_that_is_not_understood_is_not_left_out(line):
    text = f"@0 command ss -lntup\nNetid State Local \n{line}\nudp UNCONN *:* \n@0 status 0"
    assert isinstance(section("listening_sockets", text).listening_sockets, Unknown)
    assert section("listening_sockets", text.replace(f"{line}\n", "")).listening_sockets == []


def test_too_many_sockets_are_no_list():
    """The last of them may be the one that is open to everyone."""
    many = "\n".join(f"tcp LISTEN 127.0.{number // 250}.{number % 250}:81 " for number in range(2001))
    facts = section("listening_sockets", f"@0 command ss -lntup\nNetid State Local \n{many}\n@0 status 0")
    assert "more than 2000" in facts.listening_sockets.reason
    assert isinstance(facts.containers.network_socket, Unknown)


def test_a_list_that_is_too_long_is_no_list():
    """What would be left out may be what matters."""
    rows = "\n".join(f"/proc/self/mounts:{n}:/dev/sda {'/m' + str(n)} ext4 rw 0 0" for n in range(1, 502))
    assert "more than 500" in section("mounts", f"@0 lines\n{rows}\n@0 status 0").mounts.reason
    assert "more than 2000" in audit("\n".join(f"-w /etc/{n} -p wa" for n in range(2001))).rules.reason
    aliases = [f"Cmnd_Alias A{n} = /bin/true" for n in range(1001)] + [
        "Cmnd_Alias LAST = ALL",
        "ann ALL = NOPASSWD: LAST",
    ]
    lines = "\n".join(f"/etc/sudoers:{n}:{text}" for n, text in enumerate(aliases, 1))
    text = f"@0 command sudo -V\nSudo version 1.9.13\n@0 status 0\n@0 read /etc/sudoers\n@0 lines\n{lines}\n@0 status 0"
    assert "more than 1000" in section("sudo", text).sudo.rules.reason
    few = text.replace("Cmnd_Alias A1000 = /bin/true", "ben ALL = /bin/true")
    assert len(section("sudo", few.replace("Cmnd_Alias A999 = /bin/true", "")).sudo.rules) == 2
