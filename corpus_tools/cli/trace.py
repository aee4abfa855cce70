"""`corpus-tools trace`: one fact back to its bytes."""

from __future__ import annotations

from pathlib import Path

import click

from corpus_tools.cli.options import database_option, open_database, print_json
from corpus_tools.cli.records import trace_record


@click.command()
@click.argument("fact_id")
@database_option
@click.option(
    "--root", type=click.Path(path_type=Path, file_okay=False), help="The input folder, where it has moved since."
)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
@click.pass_context
def trace(ctx: click.Context, fact_id: str, db: Path, root: Path | None, as_json: bool) -> None:
    """Walk one fact back to its file, the file's SHA-256 and the byte range, and read it there again.

    FACT_ID, or the beginning of one, stands in the output of search, export and report. Exit 1 where the file is gone
    or has changed.

    \b
    Example:
      corpus-tools trace 3f2a --db corpus.db
    """
    with open_database(db) as database:
        found = database.trace(fact_id, root)
    if as_json:
        print_json(trace_record(found))
    else:
        for name, value in trace_record(found).items():
            click.echo(f"{name:<10}  {value}")
    if found.status != "confirmed":
        click.echo(f"corpus-tools: {found.advice}", err=True)
        ctx.exit(1)
