"""A text whose secret lines were asked for is not searched again to be redacted; the outcome is the same."""

from hypothesis import given
from hypothesis import strategies as st

from baseline.collectors.network.redaction import (
    LONGEST_REMEMBERED,
    MAXIMUM_LINE_LENGTH,
    MOST_REMEMBERED,
    Dialect,
    redact,
    rules,
    secret_lines,
)

TEXT = "hostname sw1\nusername a secret 5 $1$abcd$efgh\nsnmp-server community s3cret RO\nusername a secret 5 $1$abcd$efgh\n"
OTHER = Dialect(rules=(("hostname", rules(r"(hostname )\S+")),))


def test_what_was_kept_is_what_a_fresh_search_gives():
    fresh = redact(TEXT)
    assert list(secret_lines(TEXT)) == [2, 3, 4]
    assert redact(TEXT) == fresh == redact(TEXT)
    assert "s3cret" not in fresh
    assert fresh.count("\n") == TEXT.count("\n")


def test_another_text_or_dialect_gets_its_own():
    secret_lines(TEXT)
    assert redact(TEXT.replace("sw1", "sw2")).startswith("hostname sw2")
    secret_lines(TEXT)
    assert redact(TEXT, OTHER).startswith("hostname <redacted>")


PIECES = (
    "hostname sw1",
    " key 1",
    " key 12345",
    "key chain OSPF",
    "tacacs server T",
    "-----BEGIN RSA PRIVATE KEY-----",
    "MIIEabcd",
    "-----END RSA PRIVATE KEY-----",
    "snmp-server community s3cret RO",
    "SNMP-Server Host 192.0.2.1 s3cret",
    "snmp mib community-map s3cret engineid 8000",
    "snmp-server user u g v3 auth sha s3cret priv aes 128 s3cret",
    "description patchruimte",
    "x" * (MAXIMUM_LINE_LENGTH + 5),
)


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=12), min_size=1, max_size=4))
def test_what_is_remembered_of_other_devices_changes_nothing(devices):
    warm = Dialect()
    for lines in devices:
        text = "\n".join(lines)
        assert redact(text, warm) == redact(text, Dialect())
        assert secret_lines(text, warm) == secret_lines(text, Dialect())
    assert not any("s3cret" in line or len(line) > LONGEST_REMEMBERED for line in warm.plain)


def test_little_is_remembered_of_many_devices():
    warm = Dialect()
    for device in range(3):
        redact("\n".join(f"interface {device}/{port}" for port in range(MOST_REMEMBERED)), warm)
    assert len(warm.plain) <= MOST_REMEMBERED
