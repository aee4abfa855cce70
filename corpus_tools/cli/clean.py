"""`corpus-tools clean`: the clean text of one file."""

from __future__ import annotations

from pathlib import Path

import click

from corpus_tools.cli.options import input_argument, pages_of


@click.command()
@input_argument
def clean(file: Path) -> None:
    """Print the clean text of FILE (`-` reads standard input): one script, whole lines, without the site's own text.

    \b
    Example:
      corpus-tools clean corpus/sample/notice.html
    """
    for page in pages_of(file):
        click.echo(str(page.text))
