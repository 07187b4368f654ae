import pytest


def _by_name(items):
    return {item.name: item for item in items}


def test_local_accounts_say_how_their_password_is_stored(switch, router):
    users = _by_name(switch.users)
    assert users["noodtoegang"].password_storage == "type9_scrypt"
    assert (users["monitor"].password_storage, users["monitor"].privilege) == ("type7_reversible", 1)
    assert (users["sleutel"].has_password, users["sleutel"].password_storage, users["sleutel"].ssh_keys) == (
        False,
        "none",
        1,
    )
    assert router.users[0].password_storage == "plain"


@pytest.mark.parametrize(
    ("line", "storage"),
    [
        ("username a secret 5 $1$x$y", "type5_md5"),
        ("username a secret 4 abc", "type4_sha256"),
        ("username a secret 8 $8$x$y", "type8_pbkdf2"),
        ("username a password 6 abc", "type6_aes"),
        ("username a password kaas", "plain"),
        ("username a password 7", "plain"),
        ("username a secret 3 abc", "unknown_type"),
        ("username a nopassword", "plain"),
        ("username a privilege 15", "none"),
        ("username a privilege 15\nusername a secret 9 $9$x$y", "type9_scrypt"),
    ],
)
def test_types_of_stored_passwords(configured, line, storage):
    (user,) = configured(line).users
    assert user.password_storage == storage


def test_the_weakest_of_two_enable_secrets_counts(configured, switch):
    assert switch.enable_secret.storage == "type9_scrypt"
    both = configured("enable secret 9 $9$x$y\nenable password 7 0958401D0B").enable_secret
    assert (both.configured, both.storage) == (True, "type7_reversible")
    assert configured().enable_secret.configured is False
    assert configured("enable secret level 15 5 $1$x$y").enable_secret.storage == "type5_md5"


def test_a_secret_for_a_lower_level_does_not_guard_the_privileged_mode_and_is_stored_all_the_same(configured):
    lower = configured("enable secret level 5 5 $1$x$y").enable_secret
    assert (lower.configured, lower.storage) == (False, "type5_md5")
    assert configured("enable secret level 5 9 $9$x$y\nenable secret 9 $9$x$y").enable_secret.configured is True


def test_weak_secrets_are_named_by_place_and_never_shown(switch, router):
    assert switch.password_rules.weak_secrets == [
        "username monitor privilege 1 password 7",
        "tacacs server TAC-ZWOLLE: key 7",
        "radius server NAC: key",
        "ntp authentication-key 7 md5",
        "ntp authentication-key 8 md5",
    ]
    assert router.password_rules.weak_secrets == [
        "enable password",
        "username beheer privilege 15 password 0",
        "crypto isakmp key",
        "key chain EIGRPSLEUTEL: key-string 7",
        "interface GigabitEthernet0/0/1: ip ospf message-digest-key 1 md5 7",
        "interface GigabitEthernet0/0/2: standby 1 authentication md5 key-string 7",
        "interface GigabitEthernet0/0/3: ospfv3 authentication ipsec spi 300 sha1 7",
        "router bgp 65010: neighbor BINNEN password 7",
    ]


@pytest.mark.parametrize(
    ("line", "weak"),
    [
        ("ntp authentication-key 1 hmac-sha2-256 QwErTyUiOpAsDfGh 6", False),
        ("ntp authentication-key 1 md5 094F471A1A0A 7", True),
        ("ntp authentication-key 1 md5 leesbaar", True),
        ("password encryption aes", False),
    ],
)
def test_the_type_of_a_time_key_stands_behind_it(configured, line, weak):
    assert bool(configured(line).password_rules.weak_secrets) is weak


def test_password_rules(switch, configured):
    rules = switch.password_rules
    assert (rules.encryption_service, rules.master_key, rules.lockout_attempts) == (True, False, 5)
    assert (rules.minimum_length, rules.complexity, rules.recovery_enabled) == (None, False, True)
    assert configured("security passwords min-length 12").password_rules.minimum_length == 12
    assert configured("password encryption aes").password_rules.master_key is True
    policy = "aaa common-criteria policy P\n min-length 12\n upper-case 1\n lower-case 1\n numeric-count 1"
    assert configured(policy).password_rules.complexity is True


def test_aaa_lists_say_who_is_asked_first_and_what_happens_without_servers(switch):
    login = _by_name(switch.aaa.authentication)["login default"]
    assert login.methods == ["group BEHEER-TAC", "local"]
    assert (login.central, login.local_fallback) == (True, True)
    assert _by_name(switch.aaa.authentication)["login CONSOLE"].central is False
    commands = _by_name(switch.aaa.authorization)["commands 15 default"]
    assert (commands.service, commands.level, commands.list_name) == ("commands", 15, "default")
    assert set(_by_name(switch.aaa.authorization)) == {"exec default", "commands 15 default"}


def test_accounting_on_one_line_or_several(switch):
    accounting = _by_name(switch.aaa.accounting)
    assert accounting["commands 15 default"].record == "start-stop"
    assert accounting["system default"].methods == ["group BEHEER-TAC"]
    assert accounting["system default"].record == "start-stop"


def test_aaa_servers_and_groups(switch):
    servers = _by_name(switch.aaa.servers)
    assert (servers["TAC-ZWOLLE"].address, servers["TAC-ZWOLLE"].key_storage) == ("192.0.2.70", "type7_reversible")
    assert servers["TAC-ASSEN"].key_storage == "type6_aes"
    assert (servers["NAC"].protocol, servers["NAC"].key_storage) == ("radius", "plain")
    groups = _by_name(switch.aaa.server_groups)
    assert (groups["BEHEER-TAC"].servers, groups["BEHEER-TAC"].vrf) == (["TAC-ZWOLLE", "TAC-ASSEN"], "BEHEER")
    assert (groups["radius"].servers, groups["tacacs+"].servers) == (["NAC"], ["TAC-ZWOLLE", "TAC-ASSEN"])
    assert (switch.aaa.enabled, switch.aaa.console_authorization, switch.aaa.source_interface) == (
        True,
        True,
        "Vlan900",
    )


def test_old_ways_of_writing_servers(configured):
    text = """aaa new-model
tacacs-server host 192.0.2.1 key 7 0958401D0B
tacacs-server host 192.0.2.2
tacacs-server key kaas
aaa group server radius PRIVE
 server-private 192.0.2.3 auth-port 1812 key 7 0958401D0B"""
    aaa = configured(text).aaa
    assert [(s.name, s.protocol, s.key_storage) for s in aaa.servers] == [
        ("192.0.2.1", "tacacs+", "type7_reversible"),
        ("192.0.2.2", "tacacs+", "plain"),
        ("192.0.2.3", "radius", "type7_reversible"),
    ]
    assert aaa.server_groups[0].servers == ["192.0.2.3"]
