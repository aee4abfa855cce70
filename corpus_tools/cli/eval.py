"""`corpus-tools eval`: how well facts are found, from what reviewers said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus_tools.cli.options import database_option, open_database, print_json
from corpus_tools.errors import DatabaseError

if TYPE_CHECKING:
    from corpus_tools.store import Database
    from corpus_tools.store.evaluation import Evaluation, Score


@click.command()
@database_option
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
@click.option(
    "--to-labels",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what reviewers found true to this file too: facts in the format of the labelling guide.",
)
def eval(db: Path, as_json: bool, to_labels: Path | None) -> None:
    """Measure precision and recall of each measure and each slot on the facts that were reviewed.

    A fact counts as right when measure, value and unit agree with what a reviewer accepted, corrected or marked as
    missing. What nobody has reviewed counts nowhere.

    \b
    Examples:
      corpus-tools eval --db corpus.db
      corpus-tools eval --db corpus.db --to-labels labels.jsonl
    """
    from corpus_tools.store.evaluation import evaluate

    with open_database(db) as database:
        evaluation = evaluate(database)
        written = write_labels(database, to_labels) if to_labels else 0
    if as_json:
        print_json(evaluation_record(evaluation))
    elif evaluation.reviews:
        for line in lines_of(evaluation):
            click.echo(line)
    for warning in evaluation.warnings:
        click.echo(warning, err=True)
    if to_labels:
        click.echo(f"{to_labels}  {written:,}", err=True)


def write_labels(database: Database, path: Path) -> int:
    """How many labels were written."""
    from corpus_tools.store.evaluation import labels

    rows = [json.dumps(row, ensure_ascii=False) + "\n" for row in labels(database)]
    try:
        path.write_text("".join(rows), encoding="utf-8")
    except OSError as error:
        raise DatabaseError(f"{path} cannot be written: {error.strerror}. Name another file.") from error
    return len(rows)


def lines_of(evaluation: Evaluation) -> list[str]:
    """The figures as a table."""
    head = f"{'':<22}{'right':>7}{'found':>7}{'in text':>9}{'precision':>11}{'recall':>8}"
    measures = [_line(name, score) for name, score in evaluation.measures.items()]
    slots = [_line(name, score) for name, score in evaluation.slots.items() if score.found or score.expected]
    return [head, *measures, _line("all", evaluation.overall), "", "slots", *slots]


def _line(name: str, score: Score) -> str:
    shares = f"{_percent(score.precision):>11}{_percent(score.recall):>8}"
    return f"{name:<22}{score.right:>7,}{score.found:>7,}{score.expected:>9,}{shares}"


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{100 * share:.1f} %"


def evaluation_record(evaluation: Evaluation) -> dict[str, Any]:
    """The figures as JSON."""
    return {
        "overall": _record(evaluation.overall),
        "measures": {name: _record(score) for name, score in evaluation.measures.items()},
        "slots": {name: _record(score) for name, score in evaluation.slots.items()},
        "reviews": evaluation.reviews,
        "orphaned": evaluation.orphaned,
        "warnings": list(evaluation.warnings),
    }


def _record(score: Score) -> dict[str, Any]:
    return {
        "right": score.right,
        "found": score.found,
        "expected": score.expected,
        "precision": score.precision,
        "recall": score.recall,
    }
