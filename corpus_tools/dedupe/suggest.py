"""What witnesses could tell about each other's hidden, damaged and missing places.

A hidden year (20xx), a damaged word, a sentence that breaks off: where the same words stand around the place in
another copy, that copy may have what is lost. It may also have been filled in by somebody, so it is only offered, with
the name of the copy it comes from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus_tools.dedupe.align import Gap
from corpus_tools.dedupe.collate import DIGITS, Against, CollateConfig, Marks, Suggestion
from corpus_tools.records import Mark
from corpus_tools.text import Span

FEW_LETTERS = 3  # 完, 略: what a copy may have put where it breaks off
HIDDEN_NUMBERS = frozenset({"year", "number"})


class _Offer(NamedTuple):
    kind: str
    witness: int
    place: Span
    words: str


_Found = tuple[_Offer, int, Span]  # what is offered, by whom, where it stands there


def suggestions(
    marks: Marks, against: Sequence[Against], config: CollateConfig, one_text: bool
) -> tuple[Suggestion, ...]:
    """Everything offered, by witness and place; of several offers for one place that of most witnesses first."""
    sources: dict[_Offer, set[tuple[int, Span]]] = defaultdict(set)
    found = [*_for_marks(marks, against, config), *(_for_gaps(against, config) if one_text else ())]
    for offer, witness, span in found:
        sources[offer].add((witness, span))
    made = []
    for (kind, witness, place, words), having in sources.items():
        names, spans = zip(*sorted(having), strict=True)
        made.append(Suggestion(kind, witness, *place, against[witness].text[slice(*place)], words, names, spans))
    return tuple(sorted(made, key=lambda s: (s.witness, s.start, s.end, -len(s.sources), s.sources, s.kind)))


def _for_marks(marks: Marks, against: Sequence[Against], config: CollateConfig) -> Iterator[_Found]:
    """Readings of other witnesses for each marked place; marks that stand close together are one place."""
    for number, own in enumerate(against):
        bases = [own.base_span(span) for _, span in marks[number]]
        for other, each in enumerate(against):
            if other == number:
                continue
            done: set[Span] = set()
            for (mark, span), base in zip(marks[number], bases, strict=True):
                place = _common(own, each, base, config)
                if place is None or place[0] in done:
                    continue
                if mark.kind == "masked":
                    place = _narrowed(own.text, each.text, span, place)
                here, there = place
                words = each.text[slice(*there)]
                hidden = any(there.start < m.end and m.start < there.end for _, m in marks[other])
                told = _tells(mark, own.text[slice(*here)], words, config)
                if told and not hidden and _written_anew(own.text, here, marks[number]) <= config.context:
                    done.add(here)
                    yield (_Offer(mark.kind, number, here, words), other, there)


def _tells(mark: Mark, text: str, words: str, config: CollateConfig) -> bool:
    """Whether `words` can be what is lost at the mark."""
    if words == text or not any(c.isalnum() for c in words):
        return False
    if mark.kind == "masked":
        number = mark.note not in HIDDEN_NUMBERS or any(c in DIGITS for c in words)
        return number and len(words) <= config.max_hidden
    if mark.kind == "dropped_text" and len(words) <= len(text):
        return False
    return len(words) <= config.max_damage


def _written_anew(text: str, place: Span, marks: Iterable[tuple[Mark, Span]]) -> int:
    """Letters of a place outside its marks: where there are many, the other copy says something else altogether."""
    rest = list(text[slice(*place)])
    for _, span in marks:
        for i in range(max(span.start, place.start), min(span.end, place.end)):
            rest[i - place.start] = ""
    return _letters("".join(rest))


def _common(own: Against, other: Against, base: Span, config: CollateConfig) -> tuple[Span, Span] | None:
    """The place of one witness and the same of another, by the base's place; None where nothing beside it agrees."""
    while (wider := _wider(base, own, other, config)) != base:
        base = wider
    here = Span(own.left(base.start), own.right(base.end))
    there = Span(other.left(base.start), other.right(base.end))
    if max(here.end - here.start, there.end - there.start) > config.max_damage + config.lacuna:
        return None
    # a long gap next to the place is where one of the two breaks off: there the place has one side only
    near = _near(base, own, other, config)
    left = min([config.context, base.start, *(base.start - gap.a_end for gap in near if gap.a_end <= base.start)])
    after = [gap.a_start - base.end for gap in near if gap.a_start >= base.end]
    right = min([config.context, *after, len(own.text) - here.end, len(other.text) - there.end])
    return (here, there) if left + right >= config.context and here.start < here.end else None


def _near(base: Span, own: Against, other: Against, config: CollateConfig) -> list[Gap]:
    """The differences of both that overlap a place of the base or stand close to it."""
    found: list[Gap] = []
    for each in (own, other):
        at = bisect_left(each.gaps, base.start - config.context, key=lambda gap: gap.a_end)
        while at < len(each.gaps) and each.gaps[at].a_start <= base.end + config.context:
            found.append(each.gaps[at])
            at += 1
    return found


def _narrowed(text: str, other: str, mark: Span, place: tuple[Span, Span]) -> tuple[Span, Span]:
    """The place without what differs for other reasons: copies under other headings that begin with a hidden word."""
    here, there = place
    line = text.rfind("\n", here.start, mark.start) + 1
    line_of_other = other.rfind("\n", there.start, there.end) + 1
    if line and line_of_other and "\n" not in text[mark.end : here.end]:
        here, there = Span(line, here.end), Span(line_of_other, there.end)
    for size in range(mark.start - here.start, 1, -1):
        known = text[mark.start - size : mark.start]
        if other.count(known, there.start, there.end) == 1 and any(c.isalnum() for c in known):
            here = Span(mark.start, here.end)
            there = Span(other.index(known, there.start) + size, there.end)
            break
    for size in range(here.end - mark.end, 1, -1):
        known = text[mark.end : mark.end + size]
        if other.count(known, there.start, there.end) == 1 and any(c.isalnum() for c in known):
            return Span(here.start, mark.end), Span(there.start, other.index(known, there.start))
    return here, there


def _wider(base: Span, own: Against, other: Against, config: CollateConfig) -> Span:
    """The place with the differences that overlap it, and short ones beside it that leave it no words of its own."""
    start, end = base
    for gap in _near(base, own, other, config):
        overlaps = gap.a_start < base.end and base.start < gap.a_end
        if gap.a_start == gap.a_end or base.start == base.end:
            overlaps = base.start < gap.a_start < base.end or gap.a_start < base.start < gap.a_end
        longest = max(gap.a_end - gap.a_start, gap.b_end - gap.b_start)
        beside = gap.a_start <= base.end + config.context - 1 and base.start - config.context + 1 <= gap.a_end
        if overlaps or (beside and longest < config.lacuna):
            start, end = min(start, gap.a_start), max(end, gap.a_end)
    return Span(start, end)


def _for_gaps(against: Sequence[Against], config: CollateConfig) -> Iterator[_Found]:
    """What a copy lacks of the base, and the base of a copy."""
    for number, own in enumerate(against):
        for gap in own.gaps:
            here, there = Span(gap.b_start, gap.b_end), Span(gap.a_start, gap.a_end)
            if there.end - there.start >= config.omission and _letters(own.text[slice(*here)]) <= FEW_LETTERS:
                offer = _Offer(_breaks(own.text, here), number, here, against[0].text[slice(*there)])
                for other, each in enumerate(against):
                    span = Span(each.right(there.start), each.left(there.end))
                    if each.text[slice(*span)] == offer.words:
                        yield offer, other, span
            base = against[0].text
            if here.end - here.start >= config.omission and _letters(base[slice(*there)]) <= FEW_LETTERS:
                yield _Offer(_breaks(base, there), 0, there, own.text[slice(*here)]), number, here


def _breaks(text: str, place: Span) -> str:
    """`truncated` where the text has no more letters after the place, else `omitted`."""
    return "omitted" if _letters(text[place.end :]) else "truncated"


def _letters(text: str) -> int:
    return sum(c.isalnum() for c in text)
