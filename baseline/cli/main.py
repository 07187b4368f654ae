"""The ``baseline`` command: its groups, loaded only when used, and how errors end it."""

import errno
import logging
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from baseline import __version__
from baseline.cli.exit_codes import ExitCode
from baseline.cli.log_format import RedactingFormatter
from baseline.cli.shown import on_one_line, shown
from baseline.models.errors import BaselineError, ContentError

COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("baseline.cli.check:check", "Ask targets and judge them."),
    "results": ("baseline.cli.results:results", "Show what stands, from the store."),
    "show": ("baseline.cli.show:show", "Tell the whole story of one result."),
    "import": ("baseline.cli.import_findings:import_findings", "Read what other scanners found, as theirs."),
    "runs": ("baseline.cli.runs:runs", "List runs, and what each reached."),
    "remediate": ("baseline.cli.remediate:remediate", "Repair what is not met, dry run first."),
    "remediations": ("baseline.cli.remediations:remediations", "List what was repaired, and under which ticket."),
    "drift": ("baseline.cli.drift:drift", "Show what differs from the approved state."),
    "reassess": ("baseline.cli.reassess:reassess", "Judge stored facts with another version of norm or checks."),
    "export": ("baseline.cli.export:export", "Write what is stored for other programs: OSCAL, OCSF, JUnit and more."),
    "schedule": ("baseline.cli.schedule:schedule", "Run checks by the clock, and tell people what changed."),
    "serve": ("baseline.cli.serve:serve", "Serve metrics for Prometheus, and probe targets."),
    "rollout": ("baseline.cli.rollout:rollout", "Whether new devices may be handed over."),
    "image": ("baseline.cli.image:image", "What changed between two images."),
    "checks": ("baseline.cli.checks:checks", "Lint, test, list, show and write checks."),
    "controls": ("baseline.cli.controls:controls", "Norms, their controls, and how far the checks answer them."),
    "report": ("baseline.cli.report:report", "Reports for security officers and auditors."),
    "waivers": ("baseline.cli.waivers:waivers", "Accepted deviations, and which soon expire."),
    "attest": ("baseline.cli.attest:attest", "State what no machine can check."),
    "attestations": ("baseline.cli.attest:attestations", "Statements, and controls that still need one."),
    "evidence": ("baseline.cli.evidence:evidence", "Evidence that an auditor verifies without trusting us."),
    "keys": ("baseline.cli.keys:keys", "The keys that sign evidence."),
    "retention": ("baseline.cli.retention:retention", "Destroy what is out of its retention term, with a record."),
    "pseudonyms": ("baseline.cli.pseudonyms:pseudonyms", "Tell who a pseudonym stands for, with its key."),
    "inventory": ("baseline.cli.inventory:inventory", "List and validate targets."),
    "permissions": ("baseline.cli.permissions:permissions", "The least rights that checks take in a cloud."),
    "trust": ("baseline.cli.trust:trust", "Accept the SSH host key of a target."),
    "lab": ("baseline.cli.lab:lab", "Simulated devices on this machine, to try things on."),
    "completion": ("baseline.cli.completion:completion", "Print the shell's completion script."),
}
"""Command -> where it is, and its line of help; so that ``--help`` imports none of them."""


CHATTY = (
    *("asyncssh", "paramiko", "netmiko", "pypsrp", "spnego"),
    *("botocore", "urllib3", "azure", "msal", "httpx", "httpcore"),
)
"""Libraries that log what they send and are answered, tokens and passwords among it: they are heard of trouble only."""


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Standard output goes to a file for which there is no more room."""


class LazyGroup(click.Group):
    """A group that imports a command when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names of the commands, in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command itself, or None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names; a usage error names the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            from baseline.content.nearest import did_you_mean  # noqa: PLC0415 - only for mistakes

            raise click.UsageError(f"there is no command '{args[0]}'; {did_you_mean(args[0], COMMANDS)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the commands with their lines of help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


class Settings:
    """What the options before the command say."""

    def __init__(self, store: str, *, debug: bool) -> None:
        self.store, self.debug = store, debug


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(__version__, prog_name="baseline")
@click.option(
    "--store",
    envvar="BASELINE_STORE",
    default=str(Path(".baseline") / "store.db"),
    show_default=True,
    show_envvar=True,
    help="The store: a file, or a PostgreSQL URL.",
)
@click.option("--debug", is_flag=True, help="Tell on standard error what happens inside; names, never secrets.")
@click.pass_context
def cli(context: click.Context, store: str, *, debug: bool) -> None:
    """Check network gear, hosts, clouds and workplace images against BIO2 and ISO/IEC 27001.

    \b
    Exit codes: 0 all met, 1 something is not met, 2 usage or configuration,
    3 something could not be checked (also when something else is not met).
    """  # noqa: D301 - click reads \b
    to_standard_error = logging.StreamHandler()
    to_standard_error.setFormatter(RedactingFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.DEBUG if debug else logging.ERROR, handlers=[to_standard_error])
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING if debug else logging.CRITICAL)
    context.obj = Settings(store, debug=debug)


def main() -> None:
    """Run the command line and exit."""
    try:
        code = cli.main(standalone_mode=False)  # click gives the code of an Exit as a return value
        sys.stdout.flush()
        sys.exit(code)
    except click.ClickException as error:
        vars(error)["message"] = on_one_line(error.message)  # click marks it final, and shows it with the usage
        error.show()
        sys.exit(ExitCode.USAGE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except BaselineError as error:
        _explain(error)
        sys.exit(ExitCode.USAGE)
    except BrokenPipeError:
        _drop_output()
        sys.exit(128 + signal.SIGPIPE)  # as a shell tells it; never the code of a command whose output was read whole
    except OSError as error:
        if error.errno not in _FULL:
            raise
        _explain(BaselineError(f"the output cannot be written: {error.strerror}"))
        _drop_output()
        sys.exit(ExitCode.USAGE)


def _drop_output() -> None:
    """Write nothing more: what is left would be tried once more at the very end, and end in a traceback."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _explain(error: BaselineError) -> None:
    lines: list[Any] = list(error.problems) if isinstance(error, ContentError) else [error]
    for line in lines:
        click.secho(shown(str(line) if isinstance(error, ContentError) else f"error: {line}"), fg="red", err=True)


if __name__ == "__main__":
    main()
