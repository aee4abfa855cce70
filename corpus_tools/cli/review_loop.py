"""The conversation of `corpus-tools review`: one fact after the other, each answer stored at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text as Coloured

from corpus_tools.cli.review import described, slot_lines, slots_said
from corpus_tools.errors import ConfigError
from corpus_tools.store.slots import slots_of

if TYPE_CHECKING:
    from corpus_tools.store import Database, Judgement, Review, StoredFact
    from corpus_tools.text import Span

QUESTION = "[a]ccept [c]orrect [r]eject [m]issing here [s]kip [q]uit"


def ask(database: Database, facts: Sequence[StoredFact], by: str) -> None:
    """Ask about each fact until all are done or the reviewer has had enough; the end of input is a q."""
    console = Console(soft_wrap=True, highlight=False)
    said, before = 0, database.judgements()
    try:
        for n, fact in enumerate(facts, 1):
            console.print(presented(database, fact, f"{n}/{len(facts)}", before.get(fact.id)))
            answer = ""
            while answer not in ("a", "c", "r", "s"):
                answer = click.prompt(QUESTION, type=click.Choice(list("acrmsq")), show_choices=False)
                if answer == "q":
                    raise click.Abort
                if answer != "s":
                    made = attempted(partial(answered, database, fact, answer, by))
                    said += made
                    answer = answer if made else ""
    except click.Abort:
        click.echo("", err=True)
    click.echo(f"{said} said of {len(facts)} facts", err=True)


def answered(database: Database, fact: StoredFact, answer: str, by: str) -> Review:
    """Ask for what an answer needs, and store it."""
    if answer == "a":
        return database.add_review(fact.id, "accept", by=by)
    if answer == "r":
        return database.add_review(fact.id, "reject", by=by, note=asked("note"))
    if answer == "c":
        corrections = asked_slots("to be otherwise")
        return database.add_review(fact.id, "correct", by=by, corrections=corrections, note=asked("note"))
    words = asked("words of the missing fact, as the page has them")
    slots = asked_slots("measure=… value=… unit=…")
    return database.add_missing(fact.doc, place_near(database, fact, words), slots, by=by, note=asked("note"))


def place_near(database: Database, fact: StoredFact, words: str) -> Span | str:
    """Where words stand in the sentence that is shown, if once; else the words, which may stand elsewhere."""
    text = database.page(fact.doc).text
    sentence = str(text)[fact.context.start : fact.context.end]
    if not words or sentence.count(words) != 1:
        return words
    start = fact.context.start + sentence.index(words)
    return text.raw_span(start, start + len(words))


def attempted(store: Callable[[], Review]) -> bool:
    """Whether a review was stored; what was wrong with it is said, and the question comes again."""
    try:
        click.echo(described(store()), err=True)
    except (ConfigError, click.UsageError) as error:
        click.echo(str(error), err=True)
        return False
    return True


def asked(what: str) -> str:
    """One line, which may be empty."""
    return str(click.prompt(what, default="", show_default=False))


def asked_slots(what: str) -> dict[str, str]:
    """Slots as SLOT=VALUE, one a line, until an empty line."""
    lines = []
    while line := asked(f"{what} (SLOT=VALUE, empty line ends)"):
        lines.append(line)
    return slots_said(lines)


def presented(database: Database, stored: StoredFact, number: str, judged: Judgement | None) -> Coloured:
    """A fact for a reviewer: its slots, its sentence with the quote marked, and where that stands."""
    page = database.page(stored.doc)
    clean, fact, context = str(page.text), stored.fact, stored.context
    text = Coloured(f"\n{number}  {stored.id}\n", style="bold")
    for name, value in slot_lines(slots_of(fact)):
        text.append(f"  {name:<9} ", style="dim").append(f"{value}\n", style="cyan")
    text.append(f"  {one_line(clean[context.start : fact.start])}", style="")
    text.append(f"【{one_line(clean[fact.start : fact.end])}】", style="bold red")
    text.append(f"{one_line(clean[fact.end : context.end])}\n", style="")
    source = [
        f"{stored.doc} 篇 {fact.essay}",
        page.meta.title or "",
        page.meta.issuing_body or "",
        page.meta.date or "",
    ]
    text.append("  " + "  ".join(part for part in source if part), style="dim")
    if judged is not None:
        text.append(
            f"\n  {judged.verdict} by {judged.review.by}, {judged.review.when} {judged.review.note}", style="dim"
        )
    return text


def one_line(text: str) -> str:
    """The text with line breaks as spaces."""
    return text.replace("\n", " ")
