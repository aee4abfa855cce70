"""`corpus-tools export`: the layers of a database as files."""

from __future__ import annotations

from pathlib import Path

import click

from corpus_tools.cli.options import database_option, open_database


@click.command()
@database_option
@click.option("--to", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write to.")
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, help="File format.")
def export(db: Path, to: Path, form: str) -> None:
    """Write each layer of a database to a folder as JSON Lines.

    The layers are documents, essays, sections, boilerplate, noise, duplicates, passages, facts and reviews; positions
    count code points in the raw text of each file as it stands.

    \b
    Example:
      corpus-tools export --db corpus.db --to layers
    """
    from corpus_tools.store.export import export_jsonl

    with open_database(db) as database:
        lines = export_jsonl(database, to)
    for name, count in lines.items():
        click.echo(f"{to / (name + '.jsonl')}  {count:,}", err=True)
