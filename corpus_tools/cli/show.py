"""`corpus-tools show`: one page, clean against raw."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text as Coloured

from corpus_tools.cli.options import database_option, open_database
from corpus_tools.records import BOILERPLATE_KINDS, NOISE_KINDS, Page
from corpus_tools.report.diff import Run, counts, runs

# Changes of form that nearly every character of a page may have undergone; their old form is shown on demand.
QUIET_KINDS = frozenset({"script", "width", "line_end", "space", "punctuation"})


@click.command()
@click.argument("doc")
@database_option
@click.option("--every", is_flag=True, help="Show the old form of changes of script, width and spacing too.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write an HTML file instead.")
def show(doc: str, db: Path, every: bool, html: Path | None) -> None:
    """Show one page, clean against raw: what was changed, removed, kept, and why.

    In a terminal, colours tell the kinds apart; elsewhere [-old-]{+new+}(kind) does.

    \b
    Example:
      corpus-tools show zhejiang_rules.txt --db corpus.db
    """
    with open_database(db) as database:
        page = database.page(doc)
    if html is not None:
        from corpus_tools.report.page import write_page

        write_page(page, html)
        click.echo(f"{html} shows {doc}", err=True)
        return
    console = Console(soft_wrap=True, highlight=False)
    console.print(heading(page), highlight=False, markup=False)
    console.print(summary(page))
    console.print(coloured(page, every, plain=not console.is_terminal))


def heading(page: Page) -> str:
    """What the page is and how much of it was kept."""
    tally = page.text.tally()
    return (
        f"{page.source.doc}  {page.source.encoding}  {len(page.text.raw):,} characters: "
        f"{tally.kept:,} kept, {tally.replaced:,} replaced, {tally.removed:,} removed\n"
        f"title: {page.meta.title or '—'}  site: {page.meta.site or '—'}  date: {page.meta.date or '—'}  "
        f"number: {page.meta.document_number or '—'}  issued by: {page.meta.issuing_body or '—'}"
    )


def summary(page: Page) -> Table:
    """What was done, by kind."""
    table = Table("kind", "places", "characters", box=None, pad_edge=False)
    for count in counts(page):
        table.add_row(Coloured(count.kind, style=style(count.kind)), f"{count.places:,}", f"{count.characters:,}")
    return table


def coloured(page: Page, every: bool, plain: bool) -> Coloured:
    """The whole page with its changes in place."""
    text = Coloured()
    for run in runs(page):
        if run.kind is None or (run.kind in QUIET_KINDS and not every):
            text.append(run.clean)
        elif plain:
            text.append(plain_change(run))
        else:
            append_change(text, run)
    return text


def plain_change(run: Run) -> str:
    """A change in characters alone."""
    why = f"({run.kind}: {run.note})" if run.note else f"({run.kind})"
    if run.marked:
        return f"[={run.raw}=]{why}"
    return f"[-{run.raw}-]" + (f"{{+{run.clean}+}}" if run.clean else "") + why


def append_change(text: Coloured, run: Run) -> None:
    """Put a change into `text`, old form struck through, new form underlined, its kind small behind it."""
    colour = style(run.kind or "")
    if run.marked:
        text.append(run.raw, style=f"{colour} reverse")
    else:
        text.append(run.raw, style=f"{colour} strike dim")
        text.append(run.clean, style=f"{colour} underline")
    text.append(f"⟨{run.kind}{': ' + run.note if run.note else ''}⟩", style="dim italic")


def style(kind: str) -> str:
    """The colour of a kind: the site's own red, damage yellow, what is hidden or lost magenta, form cyan."""
    if kind in BOILERPLATE_KINDS:
        return "red"
    if kind in {"masked", "mojibake", "dropped_text"}:
        return "magenta"
    return "yellow" if kind in NOISE_KINDS else "cyan"
