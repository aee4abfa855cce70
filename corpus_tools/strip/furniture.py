"""What on a page is the site's own, with the rule that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus_tools.lexicon import table
from corpus_tools.strip.essay_heads import Head, essay_heads, is_title_like
from corpus_tools.strip.lines import Line, folded, lines_of
from corpus_tools.strip.rules import Rule, rules
from corpus_tools.strip.titles import page_titles

HEAD_LINES = 10  # without numbered essays, the top of a page is its first lines
TAIL_LINES = 40  # how far up from the end the foot of a page is looked for
LONG_LINE = 45  # a line of a list of links is shorter
JOINED = frozenset({"breadcrumb", "download_notice"})  # kinds that run over several lines as one


class Found(NamedTuple):
    """A run of boilerplate in the text."""

    start: int
    end: int
    kind: str
    note: str


class _Page(NamedTuple):
    lines: list[Line]
    heads: list[Head]
    body: int  # line of the first essay's head; where there is none, the end of the first lines


def furniture(text: str) -> list[Found]:
    """The runs of `text` that are the site's own, in order and apart from each other."""
    lines = lines_of(text)
    heads = essay_heads(lines)
    page = _Page(lines, heads, heads[0].line if len(heads) > 1 else min(HEAD_LINES, len(lines)))
    taken: dict[int, tuple[str, str]] = {}
    for i in page_titles(lines, heads):
        taken[i] = ("page_title", "titles: the title of the page, kept as metadata")
    protected = {head.line for head in heads}
    for step in (_rule_lines, _foot, _blurbs):
        for i, kind, note in step(page, taken):
            if i not in protected:
                taken.setdefault(i, (kind, note))
    whole = [Found(lines[i].start, lines[i].end, *taken[i]) for i in sorted(taken)]
    return _apart([*_joined(whole, text), *_inside(text, lines, taken)])


def _rule_lines(page: _Page, taken: dict[int, tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    """Lines that a rule for the head of a page, or for any place, takes as a whole."""
    head_rules = [rule for rule in rules("line") if rule.place == "head"]
    any_rules = [rule for rule in rules("line") if rule.place == "anywhere"]
    at_top = True
    for i, line in enumerate(page.lines):
        if i >= page.body:
            at_top = False
        candidates = (*head_rules, *any_rules) if at_top else any_rules
        rule = _first(candidates, line.text)
        if rule is not None:
            yield i, rule.kind, f"{rule.name}: {rule.reason}"
        elif len(line.text) > 60 and len(page.heads) < 2:
            at_top = False


def _first(candidates: Sequence[Rule], line: str) -> Rule | None:
    return next((rule for rule in candidates if rule.takes(line)), None)


def _foot(page: _Page, taken: dict[int, tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    """Lines of the page's foot, read upwards until the author's text begins."""
    tail_rules = [rule for rule in rules("line") if rule.place != "head"]
    waiting: list[int] = []
    for i in range(len(page.lines) - 1, max(-1, len(page.lines) - 1 - TAIL_LINES), -1):
        line = page.lines[i]
        rule = _first(tail_rules, line.text)
        if rule is not None:
            if rule.header:
                for below in waiting:
                    yield below, "related_links", f"{rule.name}: a link below “{line.text[:12]}”"
            if waiting and not rule.header:
                return
            waiting = []
            yield i, rule.kind, f"{rule.name}: {rule.reason}"
        elif len(line.text) <= LONG_LINE and is_title_like(line.text):
            waiting.append(i)
        else:
            return


def _blurbs(page: _Page, taken: dict[int, tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    """The site's introduction above the first essay, and editors' notes at the beginning of an essay."""
    cues = table("boilerplate.toml")["blurb"]
    if len(page.heads) > 1:
        for i in range(page.heads[0].line):
            if i not in taken and _introduces(page.lines[i].text, cues, strong=1):
                yield i, "intro_blurb", "blurb: the site introduces its collection"
    else:
        for i in range(min(4, len(page.lines))):
            if i not in taken and _introduces(page.lines[i].text, cues, strong=2):
                yield i, "intro_blurb", "blurb: the site introduces the text"
    for head in page.heads:
        for i in range(head.line + 1, min(head.line + 4, len(page.lines))):
            if i not in taken and _is_editor_note(page.lines[i].text, cues):
                yield i, "editor_note", "blurb: an editor of the site speaks inside the essay"


def _introduces(line: str, cues: dict[str, list[str]], strong: int) -> bool:
    """Whether a paragraph is a template site's introduction."""
    if len(line) > 500 or not any(cue in line for cue in cues["voice"]):
        return False
    hits = sum(cue in line for cue in cues["strong"])
    return hits >= strong and 2 * hits + sum(cue in line for cue in cues["weak"]) >= 4


def _is_editor_note(line: str, cues: dict[str, list[str]]) -> bool:
    return (
        len(line) <= 300
        and any(cue in line for cue in cues["editor"])
        and sum(cue in line for cue in cues["editor_close"]) >= 2
    )


def _inside(text: str, lines: Sequence[Line], taken: dict[int, tuple[str, str]]) -> Iterator[Found]:
    """Runs inside a line that stays."""
    whole = folded(text)
    gone = [(lines[i].start, lines[i].end) for i in sorted(taken)]
    for rule in rules("inside"):
        for match in rule.pattern.finditer(whole):
            if not any(start < match.end() and match.start() < end for start, end in gone):
                yield Found(match.start(), match.end(), rule.kind, f"{rule.name}: {rule.reason}")


def _joined(found: Sequence[Found], text: str) -> list[Found]:
    """Neighbouring lines of one kind as one run, where the kind is known to run on."""
    joined: list[Found] = []
    for run in found:
        last = joined[-1] if joined else None
        if last and last.kind == run.kind in JOINED and not text[last.end : run.start].strip():
            joined[-1] = last._replace(end=run.end)
        else:
            joined.append(run)
    return joined


def _apart(found: Sequence[Found]) -> list[Found]:
    """The runs in order, without those that overlap an earlier one."""
    kept: list[Found] = []
    for run in sorted(found, key=lambda f: (f.start, -f.end, f.kind)):
        if not kept or run.start >= kept[-1].end:
            kept.append(run)
    return kept
