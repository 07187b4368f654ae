"""The real command, from an inventory to an exit code, against a tenant on loopback."""

import json

import pytest
import yaml
from click.testing import CliRunner

from baseline.cli.main import cli
from baseline.cli.permissions_graph import graph as permissions
from tests.microsoft.loopback import FORBIDDEN, TOKEN, MicrosoftServer
from tests.microsoft365.judging import CHECKS
from tests.microsoft365.resolver import resolving, told_by
from tests.microsoft365.tenant import PARAMS, TENANT, Graph, tenant

pytestmark = pytest.mark.slow

LAPTOP = {"baseline_cloud_id": "device-1", "baseline_cloud_account": TENANT}


@pytest.fixture
def served(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("GRAPH_TOKEN", TOKEN)
    monkeypatch.chdir(tmp_path)
    graph = Graph(tenant())
    with MicrosoftServer(graph).running() as server, resolving(told_by(graph.documents["dns"])) as resolver:
        graph.address = server.address
        host = {
            "baseline_platform": "microsoft365",
            "baseline_microsoft_tenant": TENANT,
            "baseline_microsoft_sign_in": "token",
            "baseline_microsoft_graph": server.address,
            "baseline_microsoft_resolver": resolver,
            "baseline_password_environment": "GRAPH_TOKEN",
            "baseline_params": PARAMS,
        }
        (tmp_path / "hosts.yml").write_text(yaml.safe_dump({"all": {"hosts": {"provincie": host, "lt-1": LAPTOP}}}))
        yield graph


def run(*arguments):
    return CliRunner().invoke(cli, ["check", "-i", "hosts.yml", "--target", "provincie", "--json", *arguments])


def statuses(result):
    told = json.loads(result.stdout)["results"]
    assert {each["check"] for each in told} == set(CHECKS)
    return {(each["check"], each["subject"]): each["status"] for each in told}


def test_a_tenant_in_order_ends_with_0(served):
    result = run()
    assert result.exit_code == 0, result.output
    assert set(statuses(result).values()) == {"pass"}


def test_a_tenant_with_one_defect_ends_with_1_and_only_that_fails(served):
    served.documents["/policies/authorizationPolicy"]["allowInvitesFrom"] = "everyone"
    result = run()
    assert result.exit_code == 1
    assert [key for key, status in statuses(result).items() if status == "fail"] == [("m365-guests-invited-by-few", "")]


def test_a_denied_request_ends_with_3_and_its_reason_says_what_to_grant(served):
    served.faults["/admin/sharepoint/settings"] = FORBIDDEN
    result = run()
    assert result.exit_code == 3
    told = [each for each in json.loads(result.stdout)["results"] if each["status"] != "pass"]
    assert {each["status"] for each in told} == {"error"}
    assert {each["check"] for each in told} == {
        identity for identity in CHECKS if "-sharing-" in identity or "-onedrive-" in identity
    }
    assert all("grant the application permission SharePointTenantSettings.Read.All" in each["reason"] for each in told)


def test_only_what_the_chosen_checks_need_is_asked(served):
    result = run("--check", "m365-sharing-*")
    assert result.exit_code == 0
    assert served.items == ["/admin/sharepoint/settings"]


def test_the_permissions_of_chosen_checks_are_told_with_why_and_none_of_them_writes():
    everything = json.loads(CliRunner().invoke(permissions, ["--json"]).stdout)
    assert {check for one in everything for check in one["checks"]} == set(CHECKS)
    assert not any("Write" in one["scope"] or not one["why"] for one in everything)
    few = json.loads(CliRunner().invoke(permissions, ["--json", "--check", "m365-guests-active"]).stdout)
    assert [one["scope"] for one in few] == ["AuditLog.Read.All", "User.Read.All"]


@pytest.mark.parametrize("text", ["resolver.example", "192.0.2.53:99999"])
def test_a_resolver_that_is_no_address_is_refused_with_the_name_of_the_variable(served, tmp_path, text):
    hosts = (tmp_path / "hosts.yml").read_text("utf-8")
    changed = yaml.safe_load(hosts)
    changed["all"]["hosts"]["provincie"]["baseline_microsoft_resolver"] = text
    (tmp_path / "hosts.yml").write_text(yaml.safe_dump(changed))
    result = run()
    assert result.exit_code == 3
    assert "baseline_microsoft_resolver must be the IP address of a resolver" in result.output
    assert served.items == []
