"""``baseline permissions aws``: an IAM policy that allows just what the selected checks read."""

from typing import Any

import click
import msgspec

from baseline.cli.permissions import check_selection, selected_needs


@click.command()
@check_selection
@click.option("--explain", is_flag=True, help="Print a table of calls, permissions and facts instead of a policy.")
def aws(*, explain: bool, **given: Any) -> None:
    """Print an IAM policy (JSON) that allows just what the selected checks read.

    \b
    baseline permissions aws > policy.json
    aws iam create-policy --policy-name baseline --policy-document file://policy.json
    """  # noqa: D301 - click reads \b
    needs = selected_needs("aws", given)
    if explain:
        _explain(needs)
    else:
        click.echo(msgspec.json.format(msgspec.json.encode(policy(needs)), indent=2))


def policy(needs: frozenset[str]) -> dict[str, Any]:
    """The policy for these fact paths. Signing in itself (sts:GetCallerIdentity) needs no permission."""
    from baseline.collectors.cloud.aws.table import actions_for  # noqa: PLC0415 - loads with the command's work

    statement = {"Sid": "BaselineReads", "Effect": "Allow", "Action": actions_for(needs), "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def _explain(needs: frozenset[str]) -> None:
    from baseline.cli.table import write_table  # noqa: PLC0415 - loads with the command's work
    from baseline.collectors.cloud.aws.table import calls_for, facts_of  # noqa: PLC0415 - as above
    from baseline.collectors.interface import wanted  # noqa: PLC0415 - as above

    parts = dict.fromkeys(
        (part.service, part.operation, part.action) for call in calls_for(needs) for part in call.parts
    )
    rows = []
    for service, operation, action in sorted(parts):
        facts = sorted(fact for fact in facts_of((service, operation)) if wanted([fact], needs))
        rows.append((f"{service}:{operation}", action, ", ".join(facts)))
    write_table(("Call", "Permission", "Facts"), rows)
