"""The command `corpus-tools`: one short file per command, each a few lines over one public function.

Records go to stdout, progress and messages to stderr. Exit 0 done, 1 failed, 2 misuse, 3 finished but some inputs
failed.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from corpus_tools import __version__
from corpus_tools.errors import CorpusToolsError

COMMANDS = {
    "run": "Scraped files in; a database of essays, copies and policy facts out.",
    "search": "Find essays or facts in a database.",
    "report": "Write the report of a database as one HTML file.",
    "export": "Write each layer of a database as JSON Lines.",
    "review": "Say of facts whether they are right; later runs keep it.",
    "eval": "Measure precision and recall on the facts that were reviewed.",
    "trace": "Walk one fact back to the bytes it came from.",
    "show": "Show one page, clean against raw: what was changed, removed, kept, and why.",
    "clean": "Print the clean text of one file.",
    "facts": "Print the policy facts of one file.",
    "collate": "Set copies side by side: variants, likely source, suggestions for hidden and damaged places.",
    "dedupe": "Find who copied what in a JSON Lines file.",
}


class Commands(click.Group):
    """Commands that are imported when they are called, and errors as one clear line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"corpus_tools.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"{error.message} Commands: {', '.join(COMMANDS)}.", ctx) from None

    def invoke(self, ctx: click.Context) -> object:
        if ctx.params.get("debug"):
            return super().invoke(ctx)
        try:
            return super().invoke(ctx)
        except CorpusToolsError as error:
            click.echo(f"corpus-tools: {error}", err=True)
            return ctx.exit(1)
        except BrokenPipeError:
            # the reader of our output (head, less) has gone away; that is no failure of ours
            sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115
            return ctx.exit(0)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="corpus-tools")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """Scraped Chinese pages in; clean essays, copy clusters and policy facts with their evidence out.

    \b
    Example:
      corpus-tools run corpus/sample --db corpus.db
      corpus-tools search 轮岗 --db corpus.db
      corpus-tools report --db corpus.db --to report.html

    Exit status: 0 done, 1 failed, 2 misuse, 3 finished but some inputs failed.
    """
