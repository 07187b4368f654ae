"""A pyATS testbed file is an inventory; what is wrong with it is said with file, line, device and the way out."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baseline.content.inventory import Secrets, load_inventory
from baseline.content.inventory.testbed_document import is_testbed
from baseline.models.errors import ContentError
from baseline.models.target import Classification

TESTBED = """
testbed:
  name: province
  custom: {baseline_owner: netbeheer}
  credentials:
    default: {username: audit, password: "%ENV{LAB_PASSWORD}"}
    enable: {password: "%ENV{LAB_ENABLE}"}
devices:
  rtr-1:
    os: iosxe
    type: router
    role: edge
    connections:
      a: {protocol: telnet, ip: 192.0.2.9, port: 2001}
      cli: {protocol: ssh, ip: 192.0.2.1, port: 2222, ssh_options: -i /keys/audit}
    custom:
      baseline_site: "%ENV{LAB_SITE}"
      baseline_zone: dmz
      baseline_exposure: internet
      baseline_classification: {confidentiality: high}
      baseline_tags: [core]
      baseline_params: {network-ssh-version-2: {minimum_version: 2}}
      somebody_else: {anything: "%CALLABLE{os.getcwd}"}
  sw-1:
    os: nxos
    type: switch
    credentials: {default: {username: other, password: "%ENV{OTHER}"}}
    connections:
      console: {protocol: telnet, ip: 192.0.2.9, port: 2002}
      vty: {protocol: ssh, ip: sw-1.example.nl}
  old-1:
    os: asa
    custom: {baseline_exclude: replaced in March}
topology:
  rtr-1: {interfaces: {GigabitEthernet1: {type: ethernet}}}
"""


@pytest.fixture
def testbed(tmp_path, monkeypatch):
    """Writes a testbed and loads it."""
    monkeypatch.setenv("LAB_SITE", "Utrecht")

    def load(text=TESTBED, **options):
        (tmp_path / "testbed.yaml").write_text(text)
        return load_inventory("testbed.yaml", **options)

    return load


@pytest.fixture
def device(testbed):
    """Loads a testbed of one good device ``r1`` with lines changed, and gives what is wrong with it."""

    def problems(keys="", *, os="os: iosxe", connections="{cli: {protocol: ssh, ip: 192.0.2.1}}", above=""):
        lines = [above, "devices:", "  r1:", f"    {os}", f"    connections: {connections}"]
        lines += [f"    {line}" for line in keys.splitlines()]
        if "custom" not in keys:
            lines.append("    custom: {baseline_owner: net}")
        return testbed("\n".join(lines) + "\n").problems

    return problems


def test_devices_of_a_testbed_are_targets(testbed):
    inventory = testbed()
    (problem,) = inventory.problems
    assert str(problem) == "testbed.yaml:15:55: warning: rtr-1: the key file /keys/audit cannot be read"
    router, switch, old = inventory.targets
    assert (router.name, router.kind, router.platform) == ("rtr-1", "network", "cisco_ios")
    assert (router.connection.address, router.connection.port) == ("192.0.2.1", 2222)
    assert router.connection.credentials.user == "audit"
    assert router.connection.credentials.key_file == "/keys/audit"
    assert router.connection.credentials.password_environment == "LAB_PASSWORD"
    assert router.connection.credentials.enable_environment == "LAB_ENABLE"
    assert (router.site, router.zone, router.owner, router.exposure) == ("Utrecht", "dmz", "netbeheer", "internet")
    assert router.classification == Classification(confidentiality="high")
    assert (router.tags, router.groups) == (("core",), ("edge", "router"))
    assert router.params == {"network-ssh-version-2": {"minimum_version": 2}}
    assert (switch.platform, switch.connection.address, switch.connection.port) == ("cisco_nxos", "sw-1.example.nl", 22)
    assert switch.connection.credentials.user == "other"
    assert switch.connection.credentials.password_environment == "OTHER"
    assert old.excluded == "replaced in March"
    assert inventory.groups["all"] == ("rtr-1", "sw-1", "old-1")
    assert inventory.places["rtr-1"].line == 15


def test_its_secrets_are_resolved_at_the_moment_of_use(testbed):
    inventory = testbed()
    with Secrets(inventory, environment={"LAB_PASSWORD": "p", "LAB_ENABLE": "e", "OTHER": "o"}) as secrets:
        router, switch, _ = inventory.targets
        assert (secrets(router, "password"), secrets(router, "enable"), secrets(switch, "password")) == ("p", "e", "o")


def test_a_command_may_give_the_password(testbed):
    custom = "custom: {baseline_password_command: [pass, show, net], baseline_zone: dmz}"
    changed = TESTBED.replace("custom:\n      baseline_site", f"x_{custom}\n    custom:\n      baseline_site")
    changed = changed.replace(
        "baseline_zone: dmz\n", "baseline_zone: dmz\n      baseline_password_command: [pass, show]\n"
    )
    credentials = testbed(changed).targets[0].connection.credentials
    assert (credentials.password_command, credentials.password_environment) == (("pass", "show"), None)


@pytest.mark.parametrize(
    ("limit", "names"),
    [
        ("rtr-1", ["rtr-1"]),
        ("switch", ["sw-1"]),
        ("*-1,!old-1", ["rtr-1", "sw-1"]),
        ("all:&edge", ["rtr-1"]),
        ("!switch", ["rtr-1", "old-1"]),
    ],
)
def test_a_limit_means_what_it_means_to_ansible(testbed, limit, names):
    assert [target.name for target in testbed(limit=limit).targets] == names


def test_a_limit_that_matches_nothing_or_is_not_possible_is_refused(testbed):
    with pytest.raises(ContentError, match="no device that the limit 'rtr-9' matches"):
        testbed(limit="rtr-9")
    with pytest.raises(ContentError, match="takes names and groups"):
        testbed(limit="~rtr.*")


def test_a_testbed_and_an_ansible_inventory_are_read_together(testbed, tmp_path):
    testbed()
    (tmp_path / "hosts.yml").write_text(
        "all: {hosts: {srv-1: {baseline_owner: x}, sw-1: {baseline_owner: x}}, vars: {ansible_connection: local}}\n"
    )
    inventory = load_inventory(["testbed.yaml", "hosts.yml"])
    assert [target.name for target in inventory.targets] == ["srv-1", "rtr-1", "old-1"]
    (problem,) = inventory.errors
    assert "sw-1" in problem.message
    assert "described in another inventory too" in problem.message
    assert inventory.source.testbeds == ("testbed.yaml",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("devices:\n  r1:\n    os: ios\n", True),
        ("---\n# a lab\ntestbed:\n  name: x\n\ndevices:\n  r1: {os: ios}\n", True),
        ("testbed: {name: x}\ndevice:\n  r1: {os: ios}\n", True),
        ("devices:\n  hosts:\n    r1:\n", False),
        ("all:\n  children:\n    devices:\n      hosts: {r1: {}}\n", False),
        ("devices:\n  # of the lab\n  vars: {a: 1}\n", False),
        ("plugin: netbox.netbox.nb_inventory\n", False),
        ("", False),
    ],
)
def test_a_testbed_is_known_by_its_content(tmp_path, text, expected):
    path = tmp_path / "some.yml"
    path.write_text(text)
    assert is_testbed(path) is expected


def test_what_cannot_be_read_is_left_to_ansible(tmp_path):
    assert not is_testbed(tmp_path / "nowhere.yaml")
    assert not is_testbed(tmp_path / f"{'long' * 2000}.yaml")
    (tmp_path / "folder.yaml").mkdir()
    assert not is_testbed(tmp_path / "folder.yaml")


WRONG = [
    ({"os": "os: nxoss"}, "no platform belongs to os 'nxoss'", "did you mean 'nxos'?", 4),
    ({"os": "os: asa"}, "no platform belongs to os 'asa'", "baseline_exclude", 4),
    ({"os": "type: router"}, "has no os", "iosxe", 3),
    ({"os": "oss: ios"}, "'oss' is not a key of a device", "did you mean 'os'?", 4),
    ({"connections": "{}"}, "has no connection", "protocol: ssh", 5),
    ({"connections": "{cli: {protocol: telnet, ip: 192.0.2.1}}"}, "connections.cli is over telnet", "use ssh", 5),
    ({"connections": "{rest: {protocol: https, ip: 192.0.2.1}}"}, "is over 'https'", "use ssh", 5),
    ({"connections": "{cli: {command: ssh 192.0.2.1}}"}, "is a command, which an inventory may not run", "say ip", 5),
    ({"connections": "{cli: {protocol: ssh}}"}, "connections.cli has no ip", "address", 5),
    ({"connections": "{cli: {ip: 192.0.2.300}}"}, "'192.0.2.300' is not an IP address", "", 5),
    ({"connections": "{cli: {ip: -oProxyCommand=x}}"}, "is not an IP address or host name", "", 5),
    ({"connections": "{cli: {ip: 192.0.2.1, port: ssh}}"}, "connections.cli.port must be a port", "", 5),
    ({"connections": "{defaults: {via: clii}, cli: {ip: 192.0.2.1}}"}, "no connection 'clii'", "mean 'cli'?", 5),
    ({"connections": "{cli: {ip: '%ENV{NO_SUCH}'}}"}, "variable NO_SUCH is not set", "export NO_SUCH", 5),
    ({"connections": "{cli: {ip: '%{testbed.custom.ip}'}}"}, "refers to another value", "write the value", 5),
    ({"connections": "{cli: {ip: '%CALLABLE{os.getcwd}'}}"}, "runs Python code", "write the value", 5),
    ({"connections": '"%INCLUDE{connections.yaml}"'}, "connections must be a mapping", "extends", 5),
    ({"keys": "credntials: {}"}, "'credntials' is not a key", "did you mean 'credentials'?", 6),
    ({"keys": "custom: {baseline_ownr: net}"}, "baseline_ownr is not a setting", "'baseline_owner'", 6),
    ({"keys": "custom: {baseline_owner: n, baseline_platform: cisco_iso}"}, "is not a platform", "'cisco_ios'", 6),
    ({"keys": "custom: {baseline_owner: n, baseline_exposure: extern}"}, "is not possible", "did you mean", 6),
    ({"keys": "custom: {baseline_owner: n, baseline_password: x77}"}, "is a secret", "credentials", 6),
    ({"keys": "custom: {baseline_owner: n, baseline_site: '%ASK{site}'}"}, "asks a person", "%ENV{NAME}", 6),
    ({"keys": "credentials: {default: {password: x77}}"}, "credentials.default.password is in plain text", "%ENV", 6),
    ({"keys": "credentials: {other: {my_password: x77}}"}, "credentials.other.my_password is in plain", "%ENV", 6),
    ({"keys": "passwords: {line: x77}"}, "passwords.line is in plain text", "%ENV", 6),
    ({"keys": "credentials: {default: {password: '%ENC{x77}'}}"}, "key that only pyATS has", "%ENV", 6),
    ({"keys": "credentials: {default: {password: '%ASK{x}'}}"}, "asks a person", "%ENV", 6),
    ({"keys": "credentials: {default: {password: '%CLI{x}'}}"}, "pyATS's own command line", "%ENV", 6),
    ({"keys": "credentials: {default: {password: '%ENV{a b}'}}"}, "does not hold the name", "%ENV", 6),
    ({"above": "testbed: {credentials: {default: {password: x77}}}"}, "credentials.default.password is", "%ENV", 1),
    (
        {"connections": "{cli: {ip: 192.0.2.1, credentials: {default: {password: x77}}}}"},
        "credentials.default.password is in plain text",
        "%ENV",
        5,
    ),
]


@pytest.mark.parametrize(("given", "message", "hint", "line"), WRONG, ids=[case[1] for case in WRONG])
def test_what_is_wrong_with_a_device_is_said_with_its_line_and_the_way_out(device, given, message, hint, line):
    errors = [problem for problem in device(**given) if problem.level == "error"]
    found = next(problem for problem in errors if message in problem.message)
    assert found.message.startswith("r1: ")
    assert hint in found.hint
    assert (found.path, found.line) == ("testbed.yaml", line)
    assert "x77" not in "".join(map(str, errors))


WARNED = [
    ({"keys": "custom: {baseline_owner: n, site: Utrecht}"}, "custom.site is not read", "'baseline_site'"),
    ({"connections": "{cli: {ip: 192.0.2.1, proxy: jump}}"}, "names a jump host", "directly"),
    ({"connections": "{cli: {ip: 192.0.2.1, ssh_options: -J jump}}"}, "names a jump host", "directly"),
    ({"connections": "{cli: {ip: 192.0.2.1, ssh_options: -oX=y}}"}, "only -i FILE is read", "legacy_algorithms"),
    ({"keys": "custom: {}"}, "has no owner", "baseline_owner"),
]


@pytest.mark.parametrize(("given", "message", "hint"), WARNED, ids=[case[1] for case in WARNED])
def test_what_is_not_read_is_warned_of(device, given, message, hint):
    (problem,) = device(**given)
    assert problem.level == "warning"
    assert (problem.path, problem.line > 0) == ("testbed.yaml", True)
    assert message in problem.message
    assert hint in problem.hint


def test_a_device_that_is_not_right_is_left_out_and_the_rest_is_there(testbed):
    inventory = testbed(TESTBED.replace("os: nxos", "os: nxso"))
    assert [target.name for target in inventory.targets] == ["rtr-1", "old-1"]
    assert [problem.line for problem in inventory.errors] == [25]


def test_what_is_wrong_for_all_devices_is_said_once(testbed):
    (problem,) = testbed(TESTBED.replace('"%ENV{LAB_ENABLE}"', "x77")).errors
    assert problem.message.startswith("rtr-1, sw-1, old-1: credentials.enable.password is in plain text")


REFUSED = [
    ("devices:\n  r1: {os: ios}\n  r1: {os: ios}\n", "has the key 'r1' twice"),
    ("devices:\n  r1: &a {os: ios}\n  r2: *a\n", "uses an anchor or alias"),
    ("devices:\n  r1: !!python/object:os.system {}\n", "uses the tag"),
    ("devices:\n  r1: {os: ios\n", "is not YAML"),
    ("testbed: {name: x}\ndevice:\n  r1: {os: ios}\n", "'device' is not a section of a testbed"),
    ("testbed: {name: x}\ndevices: []\n", "has no devices"),
    ("testbed: {name: x}\ndevices: {}\n", "has no devices"),
    ("devices:\n  r1: " + "{a: " * 60 + "1" + "}" * 60 + "\n", "is nested deeper than 40 levels"),
    ("extends: ../base.yaml\ndevices:\n  r1: {os: ios}\n", "not a file of this folder"),
    ("extends: [1]\ndevices:\n  r1: {os: ios}\n", "must be the name of a file"),
    ("extends: testbed.yaml\ndevices:\n  r1: {os: ios}\n", "which extends this file"),
    ("extends: nowhere.yaml\ndevices:\n  r1: {os: ios}\n", "cannot be read"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[case[1] for case in REFUSED])
def test_a_file_that_is_no_right_testbed_is_refused(testbed, text, message):
    with pytest.raises(ContentError) as caught:
        testbed(text)
    assert any(message in problem.message for problem in caught.value.problems)
    assert all(".yaml" in problem.path for problem in caught.value.problems)


def test_a_testbed_extends_files_of_its_folder(testbed, tmp_path):
    (tmp_path / "base.yaml").write_text(
        "testbed: {custom: {baseline_owner: net, baseline_zone: office}}\n"
        "devices:\n  r1:\n    os: ios\n    connections:\n      cli: {protocol: telnet, ip: 192.0.2.1}\n"
    )
    text = "extends: base.yaml\ntestbed: {custom: {baseline_zone: dmz}}\ndevices:\n  r1:\n    connections:\n"
    (target,) = testbed(text + "      cli: {protocol: ssh}\n").targets
    assert (target.platform, target.owner, target.zone) == ("cisco_ios", "net", "dmz")
    assert target.connection.address == "192.0.2.1"
    (problem,) = testbed("extends: base.yaml\ndevices: {}\n").errors
    assert (problem.path, problem.line) == ("base.yaml", 6)


SCALARS = st.sampled_from(["ssh", "telnet", "%ENV{HOME}", "%ASK{x}", "192.0.2.1", "\x1b[2J", "", None, True, 7, -1, []])
KEYS = st.sampled_from(
    ["os", "cli", "ip", "port", "protocol", "default", "password", "via", "defaults", "baseline_tags"]
)
VALUES = st.recursive(SCALARS, lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=6)
BLOCKS = st.dictionaries(st.sampled_from(["os", "connections", "credentials", "custom", "passwords", "type"]), VALUES)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(device=st.one_of(BLOCKS, SCALARS), above=st.one_of(BLOCKS, SCALARS))
def test_whatever_stands_in_a_testbed_is_a_target_or_a_problem(tmp_path, device, above):
    path = tmp_path / "hostile.yaml"
    document = {"testbed": above, "devices": {"r1": device}}
    path.write_text("\n".join(f"{key}: {msgspec.json.encode(value).decode()}" for key, value in document.items()))
    try:
        inventory = load_inventory(path)
    except ContentError:
        return
    assert len(inventory.targets) == 1 or inventory.errors
    assert all(str(problem).isprintable() for problem in inventory.problems)
