"""Rules are content: each shipped file is right, and mistakes are pointed at."""

import pytest

from baseline.content.checks.folder import check_paths
from baseline.drift.rules import NoRulesError, read_rules, rules_folder, rules_for
from baseline.models.errors import ContentError

FILES = sorted(path for path in rules_folder().glob("*.yaml") if path.stem != "facts")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_file_of_rules_is_right(path):
    rules = read_rules(path)
    assert rules.platform == path.stem
    assert rules.ignore
    assert rules.ordered or rules.sequences


def test_files_of_rules_are_not_taken_for_checks():
    assert not set(FILES) & set(check_paths([rules_folder().parent]))


def test_spaces_at_the_end_of_a_pattern_count(tmp_path):
    rules = read_rules(_file(tmp_path, "ignore:\n  - {line: '^ntp ', because: x}\n"))
    assert rules.ignore[0].covers("ntp server", ())
    assert not rules.ignore[0].covers("ntpd", ())


def test_a_platform_without_rules_is_never_compared():
    with pytest.raises(NoRulesError, match="cannot be compared"):
        rules_for("no_such_platform")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ignore:\n  - {line: '(', because: x}\n", "is not a regular expression"),
        ("ignore:\n  - {line: x}\n", "'because' is missing"),
        ("ignore:\n  - {because: x}\n", "'line' is missing"),
        ("ordered:\n  - {line: x, because: x}\n", "unknown key 'line'"),
        ("sequences:\n  - {line: x, because: x}\n", "needs one group"),
        ("ignroe: []\n", "did you mean 'ignore'"),
    ],
)
def test_a_mistake_in_a_rule_is_pointed_at(tmp_path, text, message):
    with pytest.raises(ContentError, match=r"rules\.yaml:\d+:\d+: error: .*") as caught:
        read_rules(_file(tmp_path, text))
    assert message in str(caught.value)


def test_the_name_of_the_file_is_the_platform(tmp_path):
    path = tmp_path / "other.yaml"
    path.write_text("platform: rules\nstyle: indented\n")
    with pytest.raises(ContentError, match="is not the name of the file"):
        read_rules(path)


def _file(folder, text):
    path = folder / "rules.yaml"
    path.write_text(f"platform: rules\nstyle: indented\n{text}")
    return path
