"""One page, clean against raw, as an HTML file."""

from __future__ import annotations

from pathlib import Path

from corpus_tools.records import BOILERPLATE_KINDS, NOISE_KINDS, Page
from corpus_tools.report import render
from corpus_tools.report.diff import counts, runs


def write_page(page: Page, path: Path) -> None:
    """Write `page` with its changes in colour to `path`."""
    render.write(
        "page.html",
        path,
        page=page,
        tally=page.text.tally(),
        counts=counts(page),
        runs=list(runs(page)),
        group=group,
    )


def group(kind: str | None) -> str:
    """The colour group of a kind: site, hidden, damage or form."""
    if kind in BOILERPLATE_KINDS:
        return "site"
    if kind in {"masked", "mojibake", "dropped_text"}:
        return "hidden"
    return "damage" if kind in NOISE_KINDS else "form"
