"""`corpus-tools facts`: the policy facts of one file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from corpus_tools.cli.options import input_argument, pages_of, print_json, room_options, settings_of
from corpus_tools.cli.records import fact_record


@click.command()
@input_argument
@click.option("--explain", is_flag=True, help="Say which cue, which rule and which words gave each slot.")
@room_options("read", "extract")
@click.pass_context
def facts(ctx: click.Context, /, file: Path, explain: bool, **flags: object) -> None:
    """Print the policy facts of FILE (`-` reads standard input), one a line as JSON; positions are in the raw text.

    \b
    Example:
      corpus-tools facts corpus/sample/gov/huitong_guiding.txt
    """
    from corpus_tools.extract import extract_facts
    from corpus_tools.segment import segment
    from corpus_tools.strip import seams_of

    config = settings_of(ctx)
    for page in pages_of(ctx, file, config):
        text = str(page.text)
        essays = segment(text, config.segment, seams_of(page))
        for fact in extract_facts(text, essays, page.meta, config.extract):
            start, end = page.text.raw_span(fact.start, fact.end)
            record = fact_record(replace(fact, start=start, end=end))
            if explain:
                words = {each.slot: text[each.start : each.end] for each in fact.evidence}
                record |= {"reason": fact.reason, "confidence": fact.confidence, "words": words}
            print_json(record)
