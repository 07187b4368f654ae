"""The step from variables to a target, without Ansible: whatever an inventory holds, it is a target or problems."""

from hypothesis import example, given
from hypothesis import strategies as st

from baseline.content.inventory import settings
from baseline.content.inventory.connection import valid_address
from baseline.content.inventory.mapping import target_of
from baseline.content.inventory.protocol import Place, Value
from baseline.content.inventory.variables import HostVariables
from baseline.models.platforms import PLATFORMS

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=6,
)
PLAUSIBLE = st.sampled_from(
    [
        "linux",
        "cisco_ios",
        "ios",
        "ssh",
        "local",
        "network_cli",
        "hoog",
        "internet",
        "192.0.2.1",
        "22",
        "yes",
        "",
        22,
        True,
    ]
)
KINDS = st.sampled_from(["value", "value", "value", "vaulted", "absent", "broken"])
SETTINGS = st.builds(Value, KINDS, PLAUSIBLE | DATA, st.integers(0, 1))
SECRETS = st.builds(
    Value, st.sampled_from(["secret", "exposed", "absent", "broken", "value"]), st.sampled_from([None, ""])
)
UNKNOWN = st.dictionaries(st.text(max_size=20).map("baseline_".__add__), st.just(Value("unknown", None)), max_size=2)
VARIABLES = st.builds(
    lambda values, secrets, unknown: unknown | values | secrets,
    st.dictionaries(st.sampled_from(settings.SETTINGS), SETTINGS, max_size=10),
    st.dictionaries(st.sampled_from(settings.SECRETS), SECRETS, max_size=3),
    UNKNOWN,
)


def host(name="r1", **variables):
    values = {key: value if isinstance(value, Value) else Value("value", value) for key, value in variables.items()}
    return HostVariables(name, ("all", "network", "ungrouped"), values)


@given(st.text(max_size=300), VARIABLES)
@example("r1", {"baseline_classification": Value("value", {"": ""}), "baseline_params": Value("value", {"": {}})})
def test_any_variables_give_a_target_or_say_why_not(name, variables):
    places = [Place(), Place("/inventory/hosts", 3, 7)]
    target, problems = target_of(HostVariables(name, ("all",), variables, places))
    errors = [problem for problem in problems if problem.level == "error"]
    assert (target is None) == bool(errors)
    assert all(len(str(problem)) < 3000 and problem.message.isprintable() for problem in problems)
    if any(value.kind == "exposed" for value in variables.values()):
        assert target is None
    if target is not None:
        assert target.excluded is not None or target.platform in PLATFORMS
        assert 1 <= target.connection.port <= 65535
        assert target.excluded or target.connection.transport == "local" or valid_address(target.connection.address)


def target(**variables):
    found, problems = target_of(host(**variables))
    assert found is not None, problems
    return found


def test_a_host_without_network_os_is_linux_over_ssh_as_it_is_to_ansible():
    assert (target().platform, target().kind, target().connection.transport) == ("linux", "host", "ssh")
    assert target(ansible_connection="ansible.builtin.paramiko").platform == "linux"
    local = target(ansible_connection="local")
    assert (local.platform, local.connection.transport) == ("linux", "local")


def test_the_stated_platform_goes_before_the_network_os():
    assert target(ansible_network_os="cisco.ios.ios").platform == "cisco_ios"
    assert target(ansible_network_os="ios", baseline_platform="frr").platform == "frr"


def test_of_ansibles_names_for_one_thing_the_last_counts_as_in_ansible():
    connection = target(
        ansible_host="192.0.2.1", ansible_ssh_host="192.0.2.2", ansible_port=1, ansible_ssh_port="2", ansible_user="a"
    ).connection
    assert (connection.address, connection.port, connection.credentials.user) == ("192.0.2.2", 2, "a")
    assert target(ansible_user="a", baseline_user="b").connection.credentials.user == "b"


def test_where_a_secret_is_kept_is_known_and_baselines_own_variables_go_first():
    secret = Value("secret", None)
    credentials = target(ansible_password=secret, ansible_become_password=secret).connection.credentials
    assert (credentials.password_variable, credentials.enable_variable) == (
        "ansible_password",
        "ansible_become_password",
    )
    credentials = target(ansible_password=secret, baseline_password=secret).connection.credentials
    assert credentials.password_variable == "baseline_password"
    credentials = target(ansible_password=secret, baseline_password_environment="NETWORK").connection.credentials
    assert (credentials.password_variable, credentials.password_environment) == (None, "NETWORK")
    credentials = target(ansible_become_pass=secret, baseline_enable_command=["pass", "x"]).connection.credentials
    assert (credentials.enable_variable, credentials.enable_command) == (None, ("pass", "x"))


def test_dutch_words_classify_as_english_ones_do():
    dutch = {"Beschikbaarheid": "Hoog", "integriteit": "midden", "vertrouwelijkheid": "laag"}
    english = {"availability": "high", "integrity": "medium", "confidentiality": "low"}
    assert target(baseline_classification=dutch) == target(baseline_classification=english)


def test_everything_else_is_taken_over():
    found = target(
        baseline_site="a",
        baseline_zone=12,
        baseline_owner="c",
        baseline_exposure="internet",
        baseline_tags=["x", 2],
        baseline_params={"some-check": {"limit": 3}},
        baseline_legacy_algorithms=True,
        baseline_transport="netmiko",
        ansible_become="yes",
    )
    assert (found.site, found.zone, found.owner, found.exposure) == ("a", "12", "c", "internet")
    assert (found.tags, found.params, found.groups) == (("x", "2"), {"some-check": {"limit": 3}}, ("network",))
    connection = found.connection
    assert (connection.legacy_algorithms, connection.transport, connection.become) == (True, "netmiko", True)


def test_addresses_are_ip_addresses_or_host_names():
    good = [
        "192.0.2.1",
        "2001:db8::1",
        "[2001:db8::1]",
        "fe80::1%eth0",
        "rt-1",
        "rt_1.example.",
        "a" * 63 + ".nl",
        "1e100.net",
    ]
    bad = [
        "",
        "192.0.2.256",
        "10.0.0",
        "a b",
        "-a",
        "a-",
        "a..b",
        "a" * 64,
        "x." * 130,
        "a/b",
        "a@b",
        "2001:db8:::1",
        "é",
    ]
    assert [address for address in good if not valid_address(address)] == []
    assert [address for address in bad if valid_address(address)] == []
