"""`corpus-tools run`: scraped files in, a database out."""

from __future__ import annotations

from pathlib import Path

import click

from corpus_tools.cli.options import config_option, existing, room_options, settings_of
from corpus_tools.cli.progress import shown
from corpus_tools.run import Summary

FAILURES_LISTED = 20


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--db", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The database to fill.")
@config_option
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes to work with.")
@room_options("read", "normalise", "strip", "segment", "dedupe", "extract", "run")
@click.pass_context
def run(
    ctx: click.Context, /, inputs: tuple[Path, ...], db: Path, config: Path | None, workers: int, **flags: object
) -> None:
    """Bring the database up to date with INPUTS: files, and folders with all below them.

    txt, md, html, jsonl, csv, parquet, docx, pdf and their .gz and .zip are read, in any usual encoding. What has not
    changed since the last run is not done again; files that have vanished from a folder given are taken out. A file
    that cannot be read is listed with its reason and stops nobody (exit 3).

    \b
    Example:
      corpus-tools run corpus/sample --db corpus.db --workers 2
    """
    from corpus_tools.run import run as bring_up_to_date

    settings = settings_of(ctx, config)
    with shown() as progress:
        summary = bring_up_to_date([existing(path) for path in inputs], db, settings, workers, progress)
    click.echo(described(summary, db), err=True)
    if summary.failures:
        ctx.exit(3)


def described(summary: Summary, db: Path) -> str:
    """What a run found and did, for people."""
    funnel = (
        f"{summary.pages:,} pages → {summary.essays:,} essays → {summary.unique_essays:,} unique essays"
        f" → {summary.facts:,} facts ({summary.evidence:,} independent)"
    )
    if summary.did_nothing:
        lines = [f"Nothing to do: all {summary.inputs:,} files are in {db} as they stand.", funnel]
    else:
        done = summary.inputs - summary.unchanged
        removed = f", {summary.removed:,} vanished and taken out" if summary.removed else ""
        lines = [f"{done:,} files read, {summary.unchanged:,} unchanged{removed}; {db} is up to date.", funnel]
    if summary.orphaned:
        many = "s are" if summary.orphaned > 1 else " is"
        lines.append(
            f"{summary.orphaned:,} review{many} orphaned: the text has changed. See: corpus-tools review --list"
        )
    if summary.failures:
        lines.append(f"{len(summary.failures):,} could not be read:")
        lines += [
            f"  {failure.doc}: {failure.reason.removeprefix(failure.doc + ' ')}"
            for failure in summary.failures[:FAILURES_LISTED]
        ]
        more = len(summary.failures) - FAILURES_LISTED
        if more > 0:
            lines.append(f"  … and {more:,} more; the report lists them all.")
    return "\n".join(lines)
