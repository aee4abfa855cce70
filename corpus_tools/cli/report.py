"""`corpus-tools report`: a database as one HTML file."""

from __future__ import annotations

from pathlib import Path

import click

from corpus_tools.cli.options import database_option, open_database, options_from
from corpus_tools.report.config import ReportConfig


@click.command()
@database_option
@click.option("--to", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The HTML file to write.")
@options_from(ReportConfig)
def report(db: Path, to: Path, **settings: int) -> None:
    """Write the report of a database as one HTML file that needs no network.

    It holds the funnel from pages to independent facts, the facts compared, who copied what, what was cleaned, and
    what could not be read.

    \b
    Example:
      corpus-tools report --db corpus.db --to report.html
    """
    from corpus_tools.report.summary import write_report

    with open_database(db) as database:
        write_report(database, to, ReportConfig(**settings))
    click.echo(f"The report lies in {to}", err=True)
