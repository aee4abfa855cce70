"""`corpus-tools dedupe`: who copied what in a JSON Lines file."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import click

from corpus_tools.dedupe import DedupeConfig, dedupe_jsonl

HELP = {field.name: str(field.metadata["help"]) for field in fields(DedupeConfig)}
DEFAULTS = DedupeConfig()
# Comparing the largest groups for people takes some ten seconds, which in a large corpus is longer than finding them.
REPORTED = 5_000


@click.command()
@click.argument("essays", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text-field", default="text", show_default=True, help="field that holds the text")
@click.option("--id-field", default="id", show_default=True, help="field that holds your id")
@click.option("--to", "out_dir", required=True, type=click.Path(file_okay=False, path_type=Path), help="output folder")
@click.option("--min-jaccard", default=DEFAULTS.min_jaccard, show_default=True, help=HELP["min_jaccard"])
@click.option("--min-containment", default=DEFAULTS.min_containment, show_default=True, help=HELP["min_containment"])
@click.option("--min-passage", default=DEFAULTS.min_passage, show_default=True, help=HELP["min_passage"])
@click.option("--min-share", default=DEFAULTS.min_share, show_default=True, help=HELP["min_share"])
@click.option("--min-part", default=0.1, show_default=True, help=HELP["min_part"])
@click.option("--common-above", default=DEFAULTS.common_above, show_default=True, help=HELP["common_above"])
@click.option("--star-above", default=DEFAULTS.star_above, show_default=True, help=HELP["star_above"])
@click.option("--same-up-to", default=DEFAULTS.same_up_to, show_default=True, help=HELP["same_up_to"])
@click.option("--pairs-up-to", default=DEFAULTS.pairs_up_to, show_default=True, help=HELP["pairs_up_to"])
@click.option("--passages", is_flag=True, help=HELP["passages"])
@click.option(
    "--report/--no-report", default=None, help=f"write report.html, too  [default: for up to {REPORTED:,} texts]"
)
@click.option("--workers", default=2, show_default=True, help=HELP["workers"])
def dedupe(essays: Path, text_field: str, id_field: str, out_dir: Path, report: bool | None, **settings: float) -> None:
    """Find who copied what in a JSON Lines file.

    Writes pairs.jsonl, clusters.jsonl, keep.jsonl and, with --passages, passages.jsonl, all by your own ids; and
    report.html, which shows the largest groups of copies side by side and needs no network, where --report asks for it
    or the texts are few.

    \b
    Example:
      corpus-tools dedupe essays.jsonl --text-field text --id-field id --to copies --passages
    """
    config = DedupeConfig(**settings)  # type: ignore[arg-type]
    done = dedupe_jsonl(essays, out_dir, text_field, id_field, config)
    if report or (report is None and done.texts <= REPORTED):
        from corpus_tools.report.essays import write_essay_report

        write_essay_report(essays, out_dir, done, text_field)
    click.echo(
        f"{done.texts:,} texts, {done.pairs:,} pairs, {done.clusters:,} clusters, {done.passages:,} passages; "
        f"{done.kept:,} texts are no copy of another. Written to {out_dir}.",
        err=True,
    )


if __name__ == "__main__":
    dedupe()
