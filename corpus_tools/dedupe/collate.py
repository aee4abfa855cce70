"""Collation: the copies of one text aligned, and where they read differently.

Nothing is changed by it. Where one copy hides or lacks what another shows, the other's reading is a suggestion that
names its witness; whether to believe it is the reader's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from corpus_tools.dedupe.align import Match, align
from corpus_tools.dedupe.fold import Places, fold_with_places

# 20xx, 20__年, ××学校, ^v^, □□, 某某, ***
MASK = re.compile(r"[xX×✕＊*_＿□■○〇◯\ufffd]{2,}|\^v\^|20[xX×_]{1,2}|[□■\ufffd]|某某?")
# The part of a mask that folding leaves nothing of: the __ of 20__年
UNSEEN = re.compile(r"[×✕＊*_＿□■○〇◯\ufffd]+|\^v\^")
Why = Literal["masked", "missing", "damaged"]


NUMBER = re.compile(r"[0-9A-Za-z０-９_×]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one witness has at a place: `[start, end)` of its own text."""

    witness: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A place where the witnesses differ, by the position in the base; the base's own reading is the first."""

    start: int
    end: int
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What another witness has where one hides its text, lacks it or is damaged."""

    witness: str
    start: int
    end: int
    text: str  # as it stands
    why: Why
    reading: str  # the other's
    source: str  # the other


@dataclass(frozen=True, slots=True)
class Collation:
    """Copies of one text: the base, all places where they differ, and the suggestions that follow from them."""

    base: str
    texts: Mapping[str, str]
    variants: tuple[Variant, ...]
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class _Witness:
    """A text with its folded characters and how they lie beside those of the base."""

    name: str
    text: str
    places: Places
    matches: tuple[Match, ...]  # base, witness

    def at(self, base: int) -> int:
        """The folded place that corresponds to one of the base which is in no gap, or at the edge of one."""
        for match in self.matches:
            if match.a <= base <= match.a + match.size:
                return match.b + base - match.a
        return len(self.places) if self.matches and base > self.matches[-1].a else 0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text of folded characters `[start, end)`, with the punctuation inside it."""
        if start < end:
            last = int(self.places[end - 1]) + 1
            unseen = UNSEEN.match(self.text, last)
            return int(self.places[start]), unseen.end() if unseen else last
        before = int(self.places[start - 1]) + 1 if start else 0
        after = int(self.places[start]) if start < len(self.places) else len(self.text)
        mask = MASK.search(self.text, before, after)  # __ and □ fold to nothing, but stand there
        return mask.span() if mask else (before, before)


def collate(
    texts: Mapping[str, str], damage: Mapping[str, Sequence[tuple[int, int]]] | None = None, base: str | None = None
) -> Collation:
    """The collation of copies by name. The base is the longest where none is given; `damage` names broken places.

    >>> copies = {"甲": "20xx年9月，我到青山小学交流一年。", "乙": "2014年9月，我到青山小学交流一年。"}
    >>> found = collate(copies, base="甲")
    >>> [(s.witness, s.text, s.reading, s.source) for s in found.suggestions]
    [('甲', '20xx', '2014', '乙')]
    """
    folded = {name: fold_with_places(text) for name, text in texts.items()}
    if base is None:
        base = min(texts, key=lambda name: (-len(folded[name][0]), name))
    plain = {name: codes.tobytes().decode("utf-32-le", "surrogatepass") for name, (codes, _) in folded.items()}
    order = [base, *(name for name in texts if name != base)]
    witnesses = [_Witness(name, texts[name], folded[name][1], tuple(align(plain[base], plain[name]))) for name in order]
    variants = tuple(_variants(witnesses, len(plain[base])))
    suggestions = tuple(_suggestions(variants, damage or {}))
    return Collation(base, dict(texts), variants, suggestions)


def _variants(witnesses: Sequence[_Witness], length: int) -> Iterator[Variant]:
    base, done = witnesses[0], 0
    for start, end in _gaps(witnesses, length):
        readings = _readings(witnesses, start, end, length)
        # a number is read as a whole: 2014 against 20xx, not 14 against xx
        while start > done and _in_number(base, start - 1) and any(NUMBER.match(r.text) for r in readings):
            start -= 1
            readings = _readings(witnesses, start, end, length)
        while end < length and _in_number(base, end) and any(NUMBER.match(r.text[-1:]) for r in readings):
            end += 1
            readings = _readings(witnesses, start, end, length)
        done = max(done, end)
        if len({reading.text for reading in readings}) > 1:
            yield Variant(readings[0].start, readings[0].end, tuple(readings))


def _readings(witnesses: Sequence[_Witness], start: int, end: int, length: int) -> list[Reading]:
    readings = []
    for witness in witnesses:
        low, high = witness.span(witness.at(start), _end(witness, start, end, length))
        readings.append(Reading(witness.name, low, high, witness.text[low:high]))
    return readings


def _in_number(witness: _Witness, place: int) -> bool:
    return NUMBER.match(witness.text, int(witness.places[place])) is not None


def _end(witness: _Witness, start: int, end: int, length: int) -> int:
    """Where a witness's reading of a place ends: before its next match, or with its text."""
    if end == length:
        return len(witness.places)
    following = [match.b + max(0, end - match.a) for match in witness.matches if match.a + match.size > end]
    return max(witness.at(start), following[0]) if following else len(witness.places)


def _gaps(witnesses: Sequence[_Witness], length: int) -> Iterator[tuple[int, int]]:
    """The places of the base at which any witness differs; those that touch are one."""
    gaps: list[tuple[int, int]] = []
    for witness in witnesses:
        at = at_own = 0
        for a, b, size in [*witness.matches, Match(length, len(witness.places), 0)]:
            if at < a or at_own < b:
                gaps.append((at, a))
            at, at_own = a + size, b + size
        gaps += _hidden(witness)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(set(gaps)):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    yield from merged


def _hidden(witness: _Witness) -> Iterator[tuple[int, int]]:
    """Places where a mask that folds to nothing stands between characters that all agree."""
    for match in witness.matches:
        for i in range(1, match.size):
            before, after = int(witness.places[match.b + i - 1]) + 1, int(witness.places[match.b + i])
            if after > before and MASK.search(witness.text, before, after):
                yield match.a + i, match.a + i


def _suggestions(variants: Sequence[Variant], damage: Mapping[str, Sequence[tuple[int, int]]]) -> Iterator[Suggestion]:
    for variant in variants:
        for reading in variant.readings:
            why = _why(reading, damage.get(reading.witness, ()))
            if why is None:
                continue
            for other in variant.readings:
                shows = other.text and _why(other, damage.get(other.witness, ())) is None
                if shows and other.text != reading.text:
                    yield Suggestion(
                        reading.witness, reading.start, reading.end, reading.text, why, other.text, other.witness
                    )


def _why(reading: Reading, damage: Sequence[tuple[int, int]]) -> Why | None:
    if MASK.search(reading.text):
        return "masked"
    if not reading.text:
        return "missing"
    if any(start < reading.end and reading.start < end for start, end in damage):
        return "damaged"
    return None


def marked_text(collation: Collation) -> str:
    """The base with every suggestion beside it, in brackets that name the witness: 20xx⟦乙: 2014⟧."""
    text = collation.texts[collation.base]
    pieces: list[str] = []
    at = 0
    for suggestion in sorted(collation.suggestions, key=lambda s: (s.end, s.start, s.source)):
        if suggestion.witness == collation.base:
            pieces += (text[at : suggestion.end], f"⟦{suggestion.source}: {suggestion.reading}⟧")
            at = suggestion.end
    return "".join([*pieces, text[at:]])


def variant_rows(collation: Collation) -> Iterator[dict[str, Any]]:
    """One row for each witness at each place, for JSON Lines: base, place, witness, reading and what is suggested."""
    offered: dict[tuple[str, int, int], list[dict[str, str]]] = {}
    for s in collation.suggestions:
        offered.setdefault((s.witness, s.start, s.end), []).append({"reading": s.reading, "witness": s.source})
    for number, variant in enumerate(collation.variants, 1):
        for reading in variant.readings:
            row: dict[str, Any] = {
                "base": collation.base,
                "place": number,
                "witness": reading.witness,
                "start": reading.start,
                "end": reading.end,
                "reading": reading.text,
            }
            suggested = offered.get((reading.witness, reading.start, reading.end))
            yield {**row, "suggested": suggested} if suggested else row


def tei(collation: Collation, title: str = "") -> str:
    """The collation as a TEI document with a parallel-segmented apparatus."""
    ids = {name: f"w{i}" for i, name in enumerate(collation.texts, 1)}
    witnesses = "".join(f'<witness xml:id="{ids[n]}">{_xml(n)}</witness>' for n in collation.texts)
    text, at, body = collation.texts[collation.base], 0, []
    for variant in collation.variants:
        body.append(_xml(text[at : variant.start]))
        grouped: dict[str, list[str]] = {}
        for reading in variant.readings:
            grouped.setdefault(reading.text, []).append(f"#{ids[reading.witness]}")
        rdgs = "".join(f'<rdg wit="{" ".join(wits)}">{_xml(reading)}</rdg>' for reading, wits in grouped.items())
        body.append(f"<app>{rdgs}</app>")
        at = variant.end
    body.append(_xml(text[at:]))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>'
        f"<titleStmt><title>{_xml(title)}</title></titleStmt><publicationStmt><p/></publicationStmt>"
        f"<sourceDesc><listWit>{witnesses}</listWit></sourceDesc></fileDesc><encodingDesc>"
        '<variantEncoding method="parallel-segmentation" location="internal"/></encodingDesc></teiHeader>'
        f"<text><body><p>{''.join(body)}</p></body></text></TEI>\n"
    )


# Control characters cannot stand in XML, not even escaped.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(text: str) -> str:
    return escape(NOT_XML.sub("\ufffd", text))
