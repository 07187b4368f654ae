"""``baseline completion``: the script that makes a shell complete commands, options and names."""

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the completion script of a shell, to be read by it when it starts.

    \b
    bash: baseline completion bash > ~/.local/share/bash-completion/completions/baseline
    zsh:  baseline completion zsh > ~/.zfunc/_baseline
    fish: baseline completion fish > ~/.config/fish/completions/baseline.fish
    """  # noqa: D301 - click reads \b
    from baseline.cli.main import cli  # noqa: PLC0415 - main imports the commands when they are used

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(kind(cli, {}, "baseline", "_BASELINE_COMPLETE").source())
