"""``baseline export``: what is stored, in formats that other programs read."""

from importlib import import_module

import click

from baseline.exporters.registry import added_exporter, added_names

FORMATS: dict[str, tuple[str, str]] = {
    "oscal": ("baseline.cli.export_formats:oscal", "OSCAL 1.2 or 1.1.2: results, plan of action, catalogue, mapping."),
    "ocsf": ("baseline.cli.export_formats:ocsf", "OCSF Compliance Finding events, one per asset and requirement."),
    "ciso-assistant": ("baseline.cli.export_formats:ciso_assistant", "Posture CSV that CISO Assistant imports."),
    "junit": ("baseline.cli.export_formats:junit", "JUnit XML, for pipelines."),
    "prometheus": (
        "baseline.cli.export_prometheus:prometheus",
        "Metrics in a file, for node_exporter's textfile collector.",
    ),
    "json-lines": ("baseline.cli.export_formats:json_lines", "Every result as a line of JSON."),
}
"""Format -> where its command is, and its line of help; so that ``--help`` imports none of them."""


class FormatGroup(click.Group):
    """A group that imports a format when it is asked for; formats of other packages come after our own."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names of the formats."""
        return [*FORMATS, *(name for name in added_names() if name not in FORMATS)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of one format, or None when there is none of that name."""
        if cmd_name in FORMATS:
            module, name = FORMATS[cmd_name][0].split(":")
            command: click.Command = getattr(import_module(module), name)
            return command
        exporter = added_exporter(cmd_name)
        if exporter is None:
            return None
        from baseline.cli.export_formats import command_of  # noqa: PLC0415 - only for formats of other packages

        return command_of(cmd_name, exporter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the formats with their lines of help."""
        added = "Added by another package."
        with formatter.section("Formats"):
            formatter.write_dl([(name, FORMATS.get(name, ("", added))[1]) for name in self.list_commands(ctx)])


@click.group(cls=FormatGroup)
def export() -> None:
    """Write what is stored in a format that another program reads.

    Names of people are pseudonyms, unless --names is given.
    """
