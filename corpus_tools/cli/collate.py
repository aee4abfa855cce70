"""`corpus-tools collate`: copies set side by side, and what one can tell about the damage of another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus_tools.cli.options import database_option, open_database, options_from
from corpus_tools.dedupe.collate import CollateConfig

if TYPE_CHECKING:
    from corpus_tools.store.stored import EssayId


@click.command()
@database_option
@click.option("--to", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write to.")
@click.option("--cluster", metavar="DOC#ESSAY", help="Only the copies of this essay, and what shares text with it.")
@click.option("--pairs/--no-pairs", default=True, show_default=True, help="compare essays that share a passage, too")
@options_from(CollateConfig)
def collate(db: Path, to: Path, cluster: str | None, pairs: bool, **settings: int) -> None:
    """Set copies side by side: where they differ, which is likely the source, what one tells about another's damage.

    Writes variants.jsonl, suggestions.jsonl, collated.jsonl (each copy with the offers beside its text), lineage.jsonl
    and quotations.jsonl, and a TEI file with a critical apparatus for each cluster into tei/. Suggestions name the
    copies they come from; no text is changed. `start` and `end` are in the page's clean text, `raw_start` and `raw_end`
    in its raw text.

    \b
    Example:
      corpus-tools collate --db corpus.db --to collation
      corpus-tools collate --db corpus.db --to collation --cluster news/pingnan_jiaoliu.html#1
    """
    from corpus_tools.store.collations import write_collations

    with open_database(db) as database:
        only = essay_named(cluster) if cluster else None
        counts = write_collations(database, to, CollateConfig(**settings), only, pairs=pairs)
    click.echo(
        ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items()) + f". Written to {to}.",
        err=True,
    )


def essay_named(name: str) -> EssayId:
    """The essay that `DOC#ESSAY` names; misuse where it names none. A row's doc has a # of its own."""
    from corpus_tools.store.stored import EssayId

    doc, _, number = name.rpartition("#")
    if not doc or not number.isdecimal():
        raise click.UsageError(f"{name!r} names no essay. Write DOC#ESSAY, for example gov/notice.html#1.")
    return EssayId(doc, int(number))
