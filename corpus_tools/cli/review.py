"""`corpus-tools review`: what people say of facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus_tools.cli.options import database_option, open_database, print_json
from corpus_tools.report import wording
from corpus_tools.store.slots import SLOTS, Slots, differences

if TYPE_CHECKING:
    from corpus_tools.store import Database, Review, StoredFact


@click.command()
@click.argument("target", required=False)
@database_option
@click.option("--by", help="Who reviews; needed for every verdict.")
@click.option("--measure", help="Ask about facts of one measure only: exchange_share, allowance …")
@click.option("--province", help="Ask about facts of one province only: 浙江, 廣東.")
@click.option("--unreviewed", is_flag=True, help="Leave out facts on which somebody has said something.")
@click.option("--accept", is_flag=True, help="The fact TARGET is right as it stands.")
@click.option("--reject", is_flag=True, help="What TARGET quotes is no such fact.")
@click.option("--correct", multiple=True, metavar="SLOT=VALUE", help="A slot of TARGET that is to be otherwise.")
@click.option("--missing", multiple=True, metavar="SLOT=VALUE", help="A slot of a fact not found on the page TARGET.")
@click.option("--at", metavar="PLACE", help="Where the missing fact stands: its words, or START-END in the raw text.")
@click.option("--note", default="", help="Why.")
@click.option("--list", "listed", is_flag=True, help="Print all reviews; orphaned are those whose text has changed.")
@click.option(
    "--from", "other", type=click.Path(path_type=Path, dir_okay=False), help="Take in the reviews.jsonl of an export."
)
@click.option("--json", "as_json", is_flag=True, help="With --list: one review a line as JSON.")
@click.pass_context
def review(
    ctx: click.Context,
    target: str | None,
    db: Path,
    by: str | None,
    measure: str | None,
    province: str | None,
    unreviewed: bool,
    accept: bool,
    reject: bool,
    correct: tuple[str, ...],
    missing: tuple[str, ...],
    at: str | None,
    note: str,
    listed: bool,
    other: Path | None,
    as_json: bool,
) -> None:
    """Say of facts whether they are right; with no TARGET, be asked about one after the other.

    TARGET is a fact's id, or the beginning of one; with --missing the name of a page. Later runs keep what was said. A
    fact that stands in copies of one text is asked about once.

    \b
    Examples:
      corpus-tools review --db corpus.db --measure exchange_share --unreviewed --by 李老师
      corpus-tools review 3f2a --db corpus.db --accept --by 李老师
      corpus-tools review 3f2a --db corpus.db --correct value=6 --correct unit=年 --by 李老师 --note 看错了
      corpus-tools review a.txt --db corpus.db --missing measure=exempt_group --at 孕期教师除外 --by 李老师
      corpus-tools review --db corpus.db --list
    """
    said = {"accept": accept, "reject": reject, "correct": bool(correct), "missing": bool(missing)}
    verdicts = [verdict for verdict, given in said.items() if given]
    if len(verdicts) + listed + bool(other) > 1:
        raise click.UsageError("Give one of --accept, --reject, --correct, --missing, --list and --from.")
    if other:
        take_in(db, other)
        return
    if listed:
        with open_database(db) as database:
            print_reviews(database, as_json)
        return
    if not by or not by.strip():
        raise click.UsageError("Say who reviews: --by NAME.")
    if bool(target) != bool(verdicts) or bool(missing) != bool(at):
        raise click.UsageError(
            "A verdict needs what it is about, and the other way round: review FACT_ID --accept, --reject or --correct "
            "SLOT=VALUE; review PAGE --missing SLOT=VALUE --at PLACE; neither to be asked."
        )
    with open_database(db) as database:
        if target:
            made = one(database, target, verdicts[0], by, slots_said((*correct, *missing)), at or "", note)
            click.echo(described(made), err=True)
        else:
            from corpus_tools.cli.review_loop import ask

            ask(database, to_review(database, measure, province, unreviewed), by)


def take_in(db: Path, other: Path) -> None:
    """Store the reviews of an export that are new here."""
    from corpus_tools.store.review_file import read_reviews

    with open_database(db) as database:
        new = database.add_reviews(list(read_reviews(other)))
    click.echo(f"{new} new review{'s' if new != 1 else ''} from {other}", err=True)


def one(database: Database, target: str, verdict: str, by: str, slots: dict[str, str], at: str, note: str) -> Review:
    """Store one verdict that was given with the command."""
    from corpus_tools.text import Span

    if verdict == "missing":
        start, dash, end = at.partition("-")
        is_span = dash and start.isdecimal() and end.isdecimal()
        return database.add_missing(target, Span(int(start), int(end)) if is_span else at, slots, by=by, note=note)
    if verdict == "correct":
        return database.add_review(target, "correct", by=by, corrections=slots, note=note)
    return database.add_review(target, "accept" if verdict == "accept" else "reject", by=by, note=note)


def slots_said(pairs: Iterable[str]) -> dict[str, str]:
    """SLOT=VALUE pairs by slot; misuse where a pair is none."""
    said = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise click.UsageError(f"{pair!r} is no SLOT=VALUE. Slots: {', '.join(SLOTS)}.")
        said[name.strip()] = value
    return said


def to_review(database: Database, measure: str | None, province: str | None, unreviewed: bool) -> list[StoredFact]:
    """The first place of each piece of evidence that fits, in corpus order."""
    first: dict[str, StoredFact] = {}
    for fact in database.facts(measure=measure, province=province):
        first.setdefault(fact.evidence, fact)
    if not unreviewed:
        return list(first.values())
    judged = database.judgements().keys()
    done = {fact.evidence for fact in database.facts() if fact.id in judged}
    return [fact for evidence, fact in first.items() if evidence not in done]


def print_reviews(database: Database, as_json: bool) -> None:
    """All reviews, the orphaned ones with what is left of them."""
    from corpus_tools.store.export import reviews

    if as_json:
        for row in reviews(database):
            print_json(row)
        return
    count = orphaned = 0
    for review in database.reviews():
        click.echo(described(review))
        count += 1
        orphaned += review.state == "orphaned"
    click.echo(f"{count} review{'s' if count != 1 else ''}, {orphaned} orphaned", err=True)


def described(review: Review) -> str:
    """A review in one line."""
    where = "orphaned" if review.span is None else f"{review.span.start}-{review.span.end}"
    quote = review.anchor.quote.replace("\n", " ")
    parts = [review.verdict, review.doc, where, said_of(review), f"「{quote}」", review.by, review.when, review.note]
    return "  ".join(part for part in parts if part)


def said_of(review: Review) -> str:
    """The measure and what was said of its slots."""
    measure = str(review.judged["measure"])
    if review.found is not None and review.right is not None and review.verdict == "correct":
        new = differences(review.found, review.right)
        return f"{measure} " + " ".join(f"{n}: {shown(review.found, n)} → {shown(new, n)}" for n in new)
    quantity = [shown(review.judged, name) for name in ("op", "value", "unit") if review.judged[name] is not None]
    return " ".join([measure, *quantity])


def shown(slots: Slots, name: str) -> str:
    """One slot for people."""
    value = slots[name]
    if isinstance(value, tuple):
        return "–".join(wording.number_text(bound) for bound in value)
    return "—" if value is None else str(value)


def slot_lines(slots: Slots) -> Iterator[tuple[str, str]]:
    """The slots that hold something, with their values."""
    for name in SLOTS:
        if slots[name] is not None and slots[name] is not False:
            yield name, shown(slots, name)
