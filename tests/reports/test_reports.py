"""The reports on an imaginary province, in both languages and every format."""

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from datetime import date
from html.parser import HTMLParser

import msgspec
import pytest
from click.testing import CliRunner

from baseline.cli.main import cli

pytestmark = pytest.mark.slow

Q3 = ("--period", "2026-Q3")
REPORTS = {
    "audit": ("audit", *Q3),
    "applicability": ("applicability", *Q3),
    "public": ("applicability", "--public", *Q3),
    "actions": ("actions", *Q3),
    "in-control": ("in-control", *Q3),
    "digid": ("digid", *Q3),
    "ensia": ("ensia", *Q3),
    "cbw": ("cbw", *Q3),
    "period": ("period", "--control", "bio2:8.15.01", "--group", "core", *Q3),
    "deviations": ("deviations", "--norm", "bio2"),
    "changes": ("changes", "--since", "2026-08-01"),
}


@pytest.fixture(scope="session")
def made(report, tmp_path_factory):
    """Makes a report once in a language as PDF, HTML, XLSX and CSV; gives its folder."""
    folders = {}

    def make(name, language="nl"):
        if (name, language) not in folders:
            folder = folders[name, language] = tmp_path_factory.mktemp(f"{name}-{language}")
            suffixes = ["pdf", "html", "xlsx", "csv"] + ([] if name == "public" else ["json"])
            outputs = [argument for suffix in suffixes for argument in ("-o", folder / f"r.{suffix}")]
            ended = report(*REPORTS[name], "--lang", language, *outputs)
            assert ended.exit_code == 0, ended.output + str(ended.exception or "")
        return folders[name, language]

    return make


def program(*arguments):
    if shutil.which(arguments[0]) is None:
        pytest.skip(f"no {arguments[0]} (apt-get install poppler-utils qpdf)")
    return subprocess.run(arguments, check=True, capture_output=True).stdout


def rows_of(ended, title):
    """The rows of the printed table under a title."""
    lines = ended.stdout.splitlines()
    after = lines[lines.index(title) + 2 :]
    end = after.index("") if "" in after else len(after)
    return [line.split("\t") for line in after[:end]]


def test_was_logging_on_for_all_core_switches_in_the_third_quarter(report):
    ended = report("period", "--control", "bio2:8.15.01", "--group", "core", *Q3)
    assert ended.exit_code == 0
    assert (
        "Op 2 van 3 objecten voldeed dit de hele periode; op 1 is een afwijking hersteld of geaccepteerd."
        in ended.stdout
    )
    check = "network-logging-timestamps-complete"
    assert rows_of(ended, "Reeks per object") == [
        ["sw-core-01", check, "14", "2026-07-01", "2026-09-30", "0", "-", "voldoet"],
        ["sw-core-02", check, "14", "2026-07-01", "2026-09-30", "1", "21 dagen", "hersteld"],
        ["sw-core-03", check, "13", "2026-07-01", "2026-09-30", "0", "-", "voldoet"],
    ]
    assert "Langste onderbreking\t14 dagen (sw-core-03)" in ended.stdout
    assert "Gemiddelde hersteltijd\t21 dagen" in ended.stdout


def test_a_silence_longer_than_the_limit_makes_operation_unknown(report, province, tmp_path):
    for name in ("hosts.yml", "waivers.yml", "attestations.yml"):
        shutil.copy(province / name, tmp_path)
    (tmp_path / "reports.yml").write_text("longest_silence_days: 10\n")
    ended = report("period", "--control", "8.15.01", "--group", "core", *Q3, folder=tmp_path)
    rows = rows_of(ended, "Reeks per object")  # the worst first
    assert [(row[0], row[-1]) for row in rows] == [
        ("sw-core-03", "niet vast te stellen"),
        ("sw-core-01", "voldoet"),
        ("sw-core-02", "hersteld"),
    ]
    assert "sw-core-03: 14 dagen niets vastgesteld, meer dan 10 dagen" in ended.stdout


def test_which_deviations_were_accepted_by_whom_until_when(report):
    ended = report("deviations", "--norm", "bio2", "--lang", "en")
    expired, valid = rows_of(ended, "Accepted deviations")
    assert (expired[0], expired[-1]) == ("W-2026-002", "2026-09-15 expired")
    assert (valid[0], valid[-1]) == ("W-2026-001", "2026-12-31 valid")
    assert "Approved by: P. Pietersen" in valid[3]
    assert "Follow-up: Switch vervangen, Team netwerk, 2026-11-30" in valid[2]


@pytest.mark.parametrize(("last", "opened"), [("2026-12-31", False), ("2026-08-31", True)])
def test_what_an_expired_waiver_covered_is_not_met_also_when_nobody_looked_since(
    report, province, tmp_path, last, opened
):
    for name in ("hosts.yml", "attestations.yml"):
        shutil.copy(province / name, tmp_path)
    waivers = (province / "waivers.yml").read_text().replace("due: 2026-11-30", "due: 2026-07-31")
    (tmp_path / "waivers.yml").write_text(waivers.replace("ends: 2026-12-31", f"ends: {last}"))
    ended = report("actions", "--norm", "bio2", "--lang", "en", folder=tmp_path)
    found = [row for row in rows_of(ended, "Open deviations") if "sw-steunpunt-zuid-01" in row[3]]
    about = [row for row in found if row[2] == "network-ssh-version-2"]
    assert [row[4].split()[0] for row in about] == (["2026-09-01"] if opened else [])
    assert all(row[6] != "-" for row in about)


def test_what_changed_since_the_last_audit(report):
    ended = report("changes", "--since", "2026-08-01", "--lang", "en")
    worse = rows_of(ended, "Worse: not met, or not established")
    assert [(row[1], row[2], row[3], row[4], row[5]) for row in worse] == [
        ("network-snmp-community-not-default", "sw-dmz-01 - public", "met", "not met", "2026-08-26"),
        ("network-lines-ssh-only", "sw-ph-02 - vty 0 4", "met", "not met", "2026-08-19"),
    ]
    better = rows_of(ended, "Better: met again")
    assert [(row[1], row[2]) for row in better] == [("network-logging-timestamps-complete", "sw-core-02")]


def test_an_action_has_an_owner_a_due_date_and_a_priority_and_says_that_it_was_reopened(made):
    rows = list(csv.reader((made("actions", "en") / "r.csv").read_text("utf-8-sig").splitlines()))
    first = rows[1]
    # critical (4) x classified high (3) x internet (2) = 24, so within 7 days of 26 August
    assert (first[0], first[3], first[4], first[5]) == ("1", "sw-dmz-01", "Team netwerk", "2026-09-02 overdue")
    assert "Reopened: 1." in next(row[1] for row in rows if row[3] == "sw-ph-02")


def test_each_outcome_states_design_existence_and_operation_apart(made):
    account = json.loads((made("audit") / "r.json").read_text())
    controls = {each["control"]: each for each in account["controls"]}
    aspects = {name: [each[a] for a in ("design", "existence", "operation")] for name, each in controls.items()}
    assert aspects["bio2:5.01.01"] == ["met", "met", "met"]
    assert aspects["bio2:5.01.02"] == ["not_assessed"] * 3  # its statement has expired
    assert aspects["bio2:5.02.02"] == ["not_met"] * 3
    assert aspects["bio2:8.15.01"][1:] == ["not_met", "not_met"]
    partly = controls["bio2:5.16.02"]  # machines measured, and nobody stated the other half
    assert partly["attestation"] is None
    assert {partly["existence"], partly["operation"]} == {"partly"}


def test_digid_is_told_per_connection_and_untested_operation_is_not_judged(made):
    text = (made("digid") / "r.html").read_text()
    assert "Mijn Provincie (aansluitnummer 1001234)" in text
    assert "Subsidieloket (aansluitnummer 1005678)" in text
    rows = list(csv.reader((made("digid") / "r.csv").read_text("utf-8-sig").splitlines()))[1:]
    assert len(rows) == 21
    assert sum(row[4] != "niet getoetst" for row in rows) == 5


def test_maturity_is_only_what_people_scored(made):
    rows = list(csv.reader((made("cbw") / "r.csv").read_text("utf-8-sig").splitlines()))[1:]
    assert [row[0] for row in rows] == list("abcdefghij")
    assert rows[0][-1] == "3 (1 verklaring)"
    assert {row[-1] for row in rows[1:]} == {"niet gescoord"}


def test_the_public_statement_holds_no_target_check_person_or_outcome(made, province):
    text = (made("public") / "r.html").read_text() + (made("public") / "r.csv").read_text()
    for secret in ("sw-", "srv-", "network-", "host-", "Jansen", "Pietersen", "Vries", "voldoet", "RA-2026"):
        assert secret not in text, secret
    assert "93 beheersmaatregelen" in text
    assert "Er wordt geen software door anderen ontwikkeld." in text
    if shutil.which("qpdf"):
        attached = program("qpdf", "--list-attachments", made("public") / "r.pdf").decode()
        assert "account.json" not in attached


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "language"), [*((name, "nl") for name in REPORTS), ("period", "en"), ("actions", "en")]
)
def test_every_page_bears_the_reference_its_number_and_the_marking(made, name, language):
    pdf = made(name, language) / "r.pdf"
    pages = program("pdftotext", "-layout", pdf, "-").decode().split("\f")[:-1]
    reference = re.search(r"(?:Kenmerk|Reference) (\S+)", pages[0])[1]
    for number, page in enumerate(pages, start=1):
        assert reference in page
        assert re.search(rf"(Pagina {number} van|Page {number} of) {len(pages)}\b", page)
        assert ("OPENBAAR" in page or "PUBLIC" in page) if name == "public" else "VERTROUWELIJK" in page


@pytest.mark.slow
@pytest.mark.parametrize("name", ["audit", "cbw", "period", "actions"])
def test_both_languages_tell_the_same(made, name):
    found = {}
    for language in ("nl", "en"):
        with zipfile.ZipFile(made(name, language) / "r.xlsx") as book:
            sheets = [each for each in sorted(book.namelist()) if each.startswith("xl/worksheets/sheet")]
            found[language] = [book.read(sheet).count(b"<row ") for sheet in sheets]
    assert found["nl"] == found["en"]


@pytest.mark.slow
def test_a_pdf_says_that_it_is_pdf_a_3a_and_pdf_ua_1_and_carries_its_tables(made, tmp_path):
    pdf = made("audit") / "r.pdf"
    content = pdf.read_bytes()
    for mark in (
        b"<pdfaid:part>3</pdfaid:part>",
        b"<pdfaid:conformance>A</pdfaid:conformance>",
        b"<pdfuaid:part>1</pdfuaid:part>",
    ):
        assert mark in content
    program("qpdf", "--check", pdf)
    attached = program("qpdf", "--list-attachments", pdf).decode()
    assert {line.split(" -> ")[0] for line in attached.splitlines()} >= {"controls.csv", "failures.csv", "account.json"}
    account = program("qpdf", "--show-attachment=account.json", pdf)
    assert account == (made("audit") / "r.json").read_bytes()


@pytest.mark.slow
def test_the_same_data_gives_the_same_bytes(made, report, tmp_path):
    outputs = [tmp_path / f"r.{suffix}" for suffix in ("pdf", "html", "xlsx", "csv", "json")]
    report(*REPORTS["period"], *(argument for output in outputs for argument in ("-o", output)))
    for output in outputs:
        assert output.read_bytes() == (made("period") / output.name).read_bytes(), output.suffix


class Page(HTMLParser):
    """What an accessibility check looks at first."""

    def __init__(self):
        super().__init__()
        self.tags, self.headings, self.identifiers = [], [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in given:
            self.identifiers.append(given["id"])


@pytest.mark.parametrize("name", ["period", "cbw"])
def test_the_page_is_accessible_and_needs_nothing_from_elsewhere(made, name):
    text = (made(name, "en") / "r.html").read_text()
    page = Page()
    page.feed(text)
    assert ("html", {"lang": "en"}) in page.tags
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert all(given.get("scope") in ("col", "row") for tag, given in page.tags if tag == "th")
    assert sum(tag == "table" for tag, _ in page.tags) == sum(tag == "caption" for tag, _ in page.tags)
    assert all("aria-labelledby" in given or given.get("aria-hidden") for tag, given in page.tags if tag == "svg")
    assert len(page.identifiers) == len(set(page.identifiers))
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.tags}
    assert "http" not in text


def luminance(colour):
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_tone_has_the_contrast_that_wcag_asks(made):
    text = (made("period", "en") / "r.html").read_text()
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", text))
    for tone in ("good", "bad", "doubt", "quiet", "plain"):
        light, dark = sorted((luminance(colours[f"{tone}-fill"]), luminance(colours[tone])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, tone


@pytest.mark.slow
def test_hostile_names_and_texts_do_no_harm_in_any_format(report, province, tmp_path):
    hostile = '=HYPERLINK("http://x") <script>alert(1)</script> #eval("1") 漢字 🔥 \u202e שלום'
    for name in ("hosts.yml", "waivers.yml"):
        shutil.copy(province / name, tmp_path)
    entry = (province / "attestations.yml").read_text()
    entry = entry.replace(
        "statement: Het beleid is beoordeeld.", f"statement: {json.dumps(hostile, ensure_ascii=False)}"
    )
    (tmp_path / "attestations.yml").write_text(
        entry.replace("signer: B. Bakker", f"signer: {json.dumps(hostile, ensure_ascii=False)}")
    )
    (tmp_path / "reports.yml").write_text(
        f"organisation: {json.dumps('-2+3 & ' + hostile, ensure_ascii=False)}\nmarking: '&P =1+1'\n"
    )
    outputs = [tmp_path / f"r.{suffix}" for suffix in ("pdf", "html", "xlsx", "csv")]
    ended = report("audit", *Q3, *(argument for each in outputs for argument in ("-o", each)), folder=tmp_path)
    assert ended.exit_code == 0, ended.output
    page = (tmp_path / "r.html").read_text()
    assert "<script" not in page
    assert "[U+202E]" in page
    assert "\u202e" not in page
    with zipfile.ZipFile(tmp_path / "r.xlsx") as book:
        assert not any(b"<f>" in book.read(name) or b"<hyperlink" in book.read(name) for name in book.namelist())


def test_a_cell_that_a_spreadsheet_would_run_is_text(made):
    from baseline.exporters.reports.attachments import table_as_csv
    from baseline.exporters.reports.document import Column, Lines, Mark, Table

    cells = ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "\uff1d1", Mark("=1", "bad"), Lines(("=1", "2")), -5)
    table = Table("t", "T", tuple(Column(str(n)) for n in range(len(cells))), (cells,))
    (row,) = list(csv.reader(io.StringIO(table_as_csv(table).decode("utf-8-sig"), newline="")))[1:]
    assert [text[0] for text in row] == ["'"] * 10 + ["-"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("audit", "--norm", "bio3"), "did you mean 'bio2'?"),
        (("audit", "--period", "Q3"), "is not a period"),
        (("audit", "--period", "2027"), "after the day of the report"),
        (("audit", "--group", "cores"), "there is no group 'cores'; did you mean 'core'?"),
        (("period", "--control", "8.15.99"), "no control '8.15.99'"),
        (("period", "--control", "bio2:8.17.01"), "is not in force (none); ask for iso27001:A.8.17"),
        (("digid", "--connection", "7"), "there is no connection 7"),
        (("changes", "--since", "2027-01-01"), "is after the day of the report"),
        (("audit", "-o", "report.doc"), "a report ends in .pdf"),
    ],
)
def test_what_cannot_be_reported_is_refused(report, arguments, said):
    ended = report(*arguments)
    assert ended.exit_code != 0
    assert said in ended.output + str(ended.exception or "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("digid: [{name: A, number: 12, groups: [x]}]", "'number' must be text, not a number"),
        ("digid: [{name: A, number: '12'}]", "names no 'groups' or 'targets'"),
        ("applicability: [{control: iso27001:A.8.30, applicable: false}]", "'reason' is missing"),
        ("applicability: [{control: bio2:8.15.01, applicable: false, reason: x}]", "use a waiver, kind: cannot_apply"),
        ("repair_days: [1, 2]", "holds four numbers"),
        ("longest_silence_days: 0", "must be whole days"),
        ("organization: A", "did you mean 'organisation'?"),
    ],
)
def test_report_settings_that_are_not_right_are_refused_with_their_line(report, tmp_path, text, said):
    (tmp_path / "hosts.yml").write_text("all: {}\n")
    (tmp_path / "reports.yml").write_text(f"# settings\n{text}\n")
    ended = report("deviations", folder=tmp_path)
    assert said in str(ended.exception)
    assert "reports.yml:2:" in str(ended.exception)


@pytest.mark.slow
def test_a_table_too_long_for_paper_is_cut_there_and_says_where_the_rest_is(made):
    from baseline.exporters.reports.document import Column, Document, Paragraph, Table
    from baseline.exporters.reports.html import to_html
    from baseline.exporters.reports.pdf import MAXIMUM_ROWS, to_pdf

    rows = tuple((f"sw-{number:05d}",) for number in range(MAXIMUM_ROWS + 1))
    document = Document(
        kind="X", language="en", title="T", subtitle="S", organisation="O", reference="R-1", marking="M",
        day=date(2026, 1, 1), facts=(), main_table="long",
        blocks=(Paragraph("p"), Table("long", "Long", (Column("Target"),), rows)),
    )  # fmt: skip
    assert rows[-1][0] in to_html(document)
    pdf = to_pdf(document)
    assert to_pdf(msgspec.structs.replace(document, blocks=document.blocks[:1])) != pdf
    if shutil.which("qpdf") is None:
        pytest.skip("no qpdf")
    folder = made("period")
    (folder / "long.pdf").write_bytes(pdf)
    assert program("qpdf", "--show-attachment=long.csv", folder / "long.pdf").count(b"sw-") == MAXIMUM_ROWS + 1
    text = program("pdftotext", folder / "long.pdf", "-").decode()
    assert f"the first {MAXIMUM_ROWS} of {MAXIMUM_ROWS + 1} rows" in " ".join(text.split())
    assert rows[-1][0] not in text


def test_controls_show_tells_what_people_stated(province):
    arguments = ["controls", "show", "5.01.01", "-i", str(province / "hosts.yml")]
    ended = CliRunner().invoke(cli, arguments)
    assert "Stated\tA-2026-001: met" in ended.stdout
    assert "A. de Vries, CISO" in ended.stdout
