"""What people state where no machine can look: written by ``baseline attest``, read strictly, expired is open."""

import hashlib
import json
from datetime import date

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baseline.cli.main import cli
from baseline.content.attestation_file import AttestationError, append_attestation
from baseline.content.attestations import load_attestations, parse_attestations
from baseline.evidence.keys import KeyRing
from baseline.models.attestation import AttachedDocument, Attestation
from baseline.models.errors import ContentError

POLICY = "bio2:5.01.01"
CONTROLS = [POLICY, "bio2:5.02.01"]
STATEMENT = Attestation(
    id="A-2026-001",
    control=POLICY,
    outcome="met",
    statement="Vastgesteld op 12 januari",
    signer="A. de Vries",
    role="CISO",
    signed_on=date(2026, 1, 12),
    valid_until=date(2027, 1, 11),
)


@pytest.fixture(autouse=True)
def _no_keys_of_this_machine(tmp_path, monkeypatch):
    monkeypatch.setenv("BASELINE_KEYS", str(tmp_path / "no-keys"))


@pytest.fixture
def inventory(tmp_path):
    (tmp_path / "hosts.yml").write_text("all: {hosts: {sw-1: {}}}\n")
    return tmp_path / "hosts.yml"


def run(*arguments):
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def attest(inventory, *more):
    given = ["--outcome", "met", "--statement", "Vastgesteld", "--role", "CISO", "--date", "2026-01-12"]
    return run("attest", POLICY, "-i", inventory, *given, *more)


def test_a_statement_is_written_beside_the_inventory_with_its_documents_by_hash(inventory):
    document = inventory.parent / "beleid.pdf"
    document.write_bytes(b"%PDF-1.7 beleid")
    assert attest(inventory, "--document", document, "--signer", "A. de Vries").exit_code == 0
    (found,) = load_attestations([inventory.parent / "attestations.yml"], CONTROLS)
    assert (found.id, found.control, found.signer) == ("A-2026-001", POLICY, "A. de Vries")
    assert found.valid_until == date(2027, 1, 12)
    digest = hashlib.sha256(b"%PDF-1.7 beleid").hexdigest()
    assert found.documents == (AttachedDocument(name="beleid.pdf", sha256=digest),)


def test_what_stood_in_the_file_stays_to_the_letter(inventory):
    attest(inventory)
    path = inventory.parent / "attestations.yml"
    written = "# reviewed by the CISO\n" + path.read_text()
    path.write_text(written)
    assert attest(inventory).exit_code == 0
    assert path.read_text().startswith(written)
    assert [each.id for each in load_attestations([path], CONTROLS)] == ["A-2026-001", "A-2026-002"]


@given(
    statement=st.text(min_size=1).map(str.strip).filter(bool),
    signer=st.text(st.characters(exclude_categories=("Cs",)), min_size=1).map(str.strip).filter(bool),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_any_text_comes_back_as_it_was_written_or_is_refused(tmp_path, statement, signer):
    path = tmp_path / "attestations.yml"
    path.unlink(missing_ok=True)
    wanted = Attestation(
        **{name: getattr(STATEMENT, name) for name in STATEMENT.__struct_fields__}
        | {"statement": statement, "signer": signer}
    )
    try:
        append_attestation(path, wanted, CONTROLS)
    except (ContentError, AttestationError):
        assert not path.exists()
    else:
        assert load_attestations([path], CONTROLS) == (wanted,)
        assert yaml.safe_load(path.read_text("utf-8"))["attestations"][0]["signer"] == signer


def test_a_file_that_does_not_end_in_its_list_is_left_alone(tmp_path):
    path = tmp_path / "attestations.yml"
    path.write_text("attestations: []\n")
    with pytest.raises((ContentError, AttestationError)):
        append_attestation(path, STATEMENT, CONTROLS)
    assert path.read_text() == "attestations: []\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"2027-01-11"', '"2027-03-01"', "more than a year after the statement"),
        ('"2027-01-11"', '"2025-03-01"', "is before the statement was made"),
        (POLICY, "bio2:5.01.09", "there is no control 'bio2:5.01.09' in force (did you mean 'bio2:5.01.01'?)"),
        ('role: "CISO"', "maturity: 6", "'maturity' must be a whole number from 1 to 5"),
        ('role: "CISO"', "maturity: true", "'maturity' must be a whole number from 1 to 5"),
        ('role: "CISO"', 'role: ""', "'role' is missing"),
        ('role: "CISO"', "role: a\n    documents: [{name: x, sha256: abc}]", "is not a SHA-256"),
        ('outcome: "met"', 'outcome: "good"', "'good' is not a value of 'outcome'"),
    ],
)
def test_a_statement_that_nobody_can_rely_on_is_refused_with_its_line(tmp_path, old, new, said):
    path = tmp_path / "attestations.yml"
    append_attestation(path, STATEMENT, CONTROLS)
    with pytest.raises(ContentError) as raised:
        parse_attestations(path.read_text().replace(old, new).encode(), "attestations.yml", CONTROLS)
    assert any(said in str(problem) and problem.line > 1 for problem in raised.value.problems)


def test_an_expired_statement_leaves_its_control_open(inventory):
    attest(inventory)
    before = run("attestations", "-i", inventory, "--as-of", "2027-01-12", "--json")
    after = run("attestations", "-i", inventory, "--as-of", "2027-01-13", "--json")
    assert POLICY not in json.loads(before.stdout)["open"]
    assert POLICY in json.loads(after.stdout)["open"]
    assert json.loads(after.stdout)["attestations"][0]["standing"] == "expired"
    assert before.exit_code == after.exit_code == 3


def test_the_64_measures_that_no_machine_checks_and_the_38_halves_are_asked_of_a_person(inventory):
    listed = run("attestations", "-i", inventory, "--open", "--json")
    assert len(json.loads(listed.stdout)["open"]) == 64 + 38


@pytest.fixture
def keys(tmp_path, monkeypatch):
    monkeypatch.setenv("BASELINE_KEYS", str(tmp_path / "keys"))
    return KeyRing(tmp_path / "keys")


def signatures(inventory):
    listed = run("attestations", "-i", inventory, "--json")
    return [each["signed"] for each in json.loads(listed.stdout)["attestations"]]


def test_a_statement_is_signed_with_the_key_in_use_and_stays_verifiable_after_rotation(inventory, keys):
    keys.new()
    assert f"signed with key {keys.signer().id}" in attest(inventory).output
    keys.rotate()
    attest(inventory)
    assert signatures(inventory) == ["valid", "valid"]


def test_without_a_key_a_statement_is_unsigned_and_says_so(inventory, keys):
    assert "not signed: there is no key" in attest(inventory).output
    assert signatures(inventory) == ["unsigned"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('outcome: "met"', 'outcome: "not_met"'),
        ('"Vastgesteld"', '"Vastgesteld."'),
        ('valid_until: "2027-01-12"', 'valid_until: "2027-01-13"'),
        (f'control: "{POLICY}"', 'control: "bio2:5.02.01"'),
        ('id: "A-2026-001"', 'id: "A-2026-009"'),
        ('value: "', 'value: "00'),
        ('value: "', 'value: "zz'),
    ],
)
def test_a_statement_that_was_changed_after_signing_is_refused_by_every_command(inventory, keys, old, new):
    keys.new()
    attest(inventory)
    path = inventory.parent / "attestations.yml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    ended = run("attestations", "-i", inventory)
    assert isinstance(ended.exception, ContentError)
    assert "is not what key" in str(ended.exception)


def test_a_signature_of_a_key_that_is_not_here_cannot_be_told_and_is_said_so(inventory, keys):
    keys.new()
    attest(inventory)
    for path in keys.folder.iterdir():
        path.unlink()
    assert signatures(inventory) == ["key unknown"]
