"""`corpus-tools clean`: the clean text of one file."""

from __future__ import annotations

from pathlib import Path

import click

from corpus_tools.cli.options import input_argument, pages_of, room_options, settings_of


@click.command()
@input_argument
@room_options("read", "normalise", "strip")
@click.pass_context
def clean(ctx: click.Context, /, file: Path, **flags: object) -> None:
    """Print the clean text of FILE (`-` reads standard input): one script, whole lines, without the site's own text.

    \b
    Examples:
      corpus-tools clean corpus/sample/fanwen/zhijiao_xinde.txt
      corpus-tools clean corpus/sample/tw/tainan_jieping.html --script keep
    """
    for page in pages_of(ctx, file, settings_of(ctx)):
        click.echo(str(page.text))
