"""`corpus-tools search`: essays, or facts, in which words stand."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.text import Text as Coloured

from corpus_tools.cli.options import database_option, open_database, print_json
from corpus_tools.cli.records import hit_record
from corpus_tools.report import wording
from corpus_tools.store import Database
from corpus_tools.store.stored import Hit


@click.command()
@click.argument("query")
@database_option
@click.option("--province", help="Facts of one province: 浙江, 浙江省, 廣東.")
@click.option("--kind", help="Facts of one kind: rotation_term, quota, subsidy, eligibility, exemption …")
@click.option("--measure", help="Facts of one measure: exchange_share, same_school_limit, allowance …")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="Hits shown.")
@click.option("--json", "as_json", is_flag=True, help="One hit a line as JSON.")
def search(
    query: str, db: Path, province: str | None, kind: str | None, measure: str | None, limit: int, as_json: bool
) -> None:
    """Find the essays in which every word of QUERY stands; with --province, --kind or --measure, facts instead.

    Words may be of any length and in either script. "Double quotes" keep a phrase with spaces together.

    \b
    Examples:
      corpus-tools search 轮岗 --db corpus.db
      corpus-tools search 教師 --db corpus.db --province 浙江 --measure exchange_share
    """
    with open_database(db) as database:
        hits = database.search(query, province=province, kind=kind, measure=measure, limit=limit)
        hint = "" if hits else unknown(database, kind, measure)
        judgements = database.judgements() if as_json else {}
    if as_json:
        for hit in hits:
            print_json(hit_record(hit, judgements))
        return
    console = Console(soft_wrap=True, highlight=False)
    for hit in hits:
        console.print(described(hit))
    click.echo(f"{len(hits)} hit{'s' if len(hits) != 1 else ''}{hint}", err=True)


def unknown(database: Database, kind: str | None, measure: str | None) -> str:
    """What to say when no fact at all has the kind or the measure asked for: which there are."""
    for name, wanted in (("kind", kind), ("measure", measure)):
        if wanted is not None:
            there = sorted({getattr(stored.fact, name) for stored in database.facts()})
            if wanted not in there:
                return f"; no fact has the {name} {wanted!r}. There are: {', '.join(there) or 'none'}."
    return ""


def described(hit: Hit) -> Coloured:
    """A hit for a terminal: where it stands, then the words around the match."""
    text = Coloured()
    text.append(f"{hit.id.doc} 篇 {hit.id.essay}", style="bold")
    if hit.fact is not None:
        fact = hit.fact.fact
        text.append(f"  {fact.measure} {wording.value(fact)}  {wording.place(fact)}  {hit.fact.id}", style="cyan")
    elif hit.heading:
        text.append(f"  {hit.heading}", style="cyan")
    if hit.copies > 1:
        text.append(f"  ({hit.copies} copies)", style="dim")
    text.append("\n  ")
    at = hit.start
    for match in hit.matches:
        if match.start < at:
            continue
        text.append(one_line(hit.text[at - hit.start : match.start - hit.start]))
        text.append(one_line(hit.text[match.start - hit.start : match.end - hit.start]), style="bold red")
        at = match.end
    text.append(one_line(hit.text[at - hit.start :]))
    return text


def one_line(text: str) -> str:
    """The text with line breaks as spaces."""
    return text.replace("\n", " ")
