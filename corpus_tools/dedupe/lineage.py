"""Lineage: which copy is likely the source of another, and what says so.

Copying leaves marks: words are hidden, ends are cut, characters break, a machine converts the script and chooses wrong,
a site's notice is carried along. Whoever has fewer of them is likely nearer the source; a date says so outright. Each
sign has a weight; where they are weak or speak against each other the answer is "undirected", which is an answer too:
two copies are often both made from a third that nobody has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from corpus_tools.dedupe.collate import Collation
from corpus_tools.dedupe.witness import Witness

# A date decides alone, and so do hidden words, which nobody restores; of the weaker signs it takes two or three.
DATE = 4.0
HIDDEN, DAMAGED = (2.0, 3.0), (1.0, 3.0)  # for one place, for many
CONVERTED, WRONGLY_CONVERTED = 1.0, 3.0
CUT_SHORT, SHORTER, WORDS_LOST, BROKEN_LINES = 2.0, 1.0, 1.0, 1.0
NOTICE, NOTICE_OF_THE_OTHER = 1.0, 3.0
OFFICIAL = 2.0
ENOUGH = 2.0
MOST_AGAINST = 1 / 3  # of what speaks for a direction

FEW_SCRIPT_EDITS = 10  # a simplified page has some old form here and there (瞭, 乾)
SEVERAL = 3
DAY = re.compile(r"(\d{4})(?:\D+(\d{1,2}))?(?:\D+(\d{1,2}))?")  # 2014-09-01, 2014年9月, 2014
SENTENCE_ENDS = "。！？…；”』」.!?）)"
AUTHORITY = re.compile(r"https?://(?:www\.)?([\w-]+)\.")  # wjfww of https://wjfww.com/a.html


@dataclass(frozen=True, slots=True)
class Sign:
    """One piece of evidence, in words, and how much it speaks for the direction (below zero: against it)."""

    kind: str
    says: str
    weight: float


@dataclass(frozen=True, slots=True)
class Descent:
    """Two witnesses by number; `source` and `copy` if directed, in their order if not."""

    source: int
    copy: int
    directed: bool
    signs: tuple[Sign, ...]

    @property
    def weight(self) -> float:
        """What all signs together say for the direction."""
        return sum(sign.weight for sign in self.signs)


@dataclass(frozen=True, slots=True)
class Lineage:
    """The likely source of a cluster, and what is known of each two of its copies.

    `source` is None where no copy, or more than one, can be the source of the others. `parents` holds for each copy
    that has one its likely source, the one it is most like; `undirected` the witnesses without any direction.
    """

    source: int | None
    descents: tuple[Descent, ...]
    parents: tuple[Descent, ...]
    undirected: tuple[int, ...]


def lineage(collation: Collation) -> Lineage:
    """Which of the copies is likely the source of which others, with the evidence for each two."""
    numbers = range(len(collation.witnesses))
    facts = [_Facts(collation, number) for number in numbers]
    descents = tuple(_descent(facts[a], facts[b]) for a, b in combinations(numbers, 2))
    directed = [descent for descent in descents if descent.directed]
    circular = _circular(directed)
    directed = [descent for descent in directed if not {descent.source, descent.copy} <= circular]
    copies = {descent.copy for descent in directed}
    heads = [number for number in numbers if number not in copies]
    source = heads[0] if len(heads) == 1 and directed else None
    touched = copies | {descent.source for descent in directed}
    alone = tuple(number for number in numbers if number not in touched)
    return Lineage(source, descents, tuple(_parents(collation, directed)), alone)


def _circular(directed: Iterable[Descent]) -> set[int]:
    """The witnesses each of which would be a copy of a copy of itself: there the signs speak against each other."""
    sources: dict[int, set[int]] = {}
    for descent in directed:
        sources.setdefault(descent.copy, set()).add(descent.source)
    found = set()
    for copy in sources:
        above, new = set[int](), {copy}
        while new:
            new = {source for each in new for source in sources.get(each, ())} - above
            above |= new
        if copy in above:
            found.add(copy)
    return found


def _parents(collation: Collation, directed: Iterable[Descent]) -> Iterator[Descent]:
    """For each copy the descent from the source with which it differs least."""
    of_copy: dict[int, list[Descent]] = {}
    for descent in directed:
        of_copy.setdefault(descent.copy, []).append(descent)
    for copy in sorted(of_copy):
        yield min(of_copy[copy], key=lambda d: (_differences(collation, d.source, copy), -d.weight, d.source))


def _differences(collation: Collation, a: int, b: int) -> int:
    """At how many places two witnesses differ."""
    count = 0
    for variant in collation.variants:
        texts = {reading.witness: reading.text for reading in variant.readings if reading.witness in (a, b)}
        count += len(texts) == 2 and texts[a] != texts[b]
    return count + sum(gap.witness in (a, b) for gap in collation.lacunae)


class _Facts:
    """What is known of one witness, gathered once."""

    def __init__(self, collation: Collation, number: int) -> None:
        self.number = number
        self.witness: Witness = collation.witnesses[number]
        self.text = self.witness.text
        self.changes = self.witness.changes()
        self.slips = [edit for edit in self.witness.edits() if edit.kind == "bad_conversion"]
        raw, span = self.witness.page.text.raw, self.witness.raw
        self.notices = [
            raw[edit.start : edit.end]
            for edit in self.witness.page.text.edits
            if edit.kind in ("inline_ad", "download_notice", "copyright", "editor_note")
            and span.start < edit.start
            and edit.end < span.end
        ]
        offers = [s for s in collation.suggestions if s.witness == number]
        self.offered: dict[str, Counter[int]] = {}  # kind of loss -> how many places each other witness still has
        for suggestion in offers:
            self.offered.setdefault(suggestion.kind, Counter()).update(suggestion.sources)
        self.lost: Counter[int] = Counter()  # witness -> places at which it has a few words and this one nothing
        for variant in collation.variants:
            readings = {reading.witness: reading.text for reading in variant.readings}
            if readings.get(number) == "":
                self.lost.update(w for w, text in readings.items() if any(c.isalnum() for c in text))

    def has_lost(self, kinds: Sequence[str], other: int) -> int:
        """How many places are lost here that the other witness still has."""
        return sum(self.offered.get(kind, Counter())[other] for kind in kinds)


def _descent(a: _Facts, b: _Facts) -> Descent:
    """Which of two copies is likely the source of the other."""
    signs = [*_signs(a, b), *(Sign(s.kind, s.says, -s.weight) for s in _signs(b, a)), *_shared(a, b)]
    signs.sort(key=lambda sign: (-abs(sign.weight), sign.kind, sign.says))
    pro = sum(sign.weight for sign in signs if sign.weight > 0)
    contra = -sum(sign.weight for sign in signs if sign.weight < 0)
    if abs(pro - contra) < ENOUGH or min(pro, contra) > MOST_AGAINST * max(pro, contra):
        return Descent(a.number, b.number, False, tuple(signs))
    if pro > contra:
        return Descent(a.number, b.number, True, tuple(signs))
    return Descent(b.number, a.number, True, tuple(Sign(s.kind, s.says, -s.weight) for s in signs))


def _signs(a: _Facts, b: _Facts) -> Iterator[Sign]:
    """What speaks for `b` having been made from `a`."""
    yield from _of_pages(a, b)
    yield from _of_losses(a, b)
    yield from _of_handling(a, b)


def _of_pages(a: _Facts, b: _Facts) -> Iterator[Sign]:
    """What the two pages say of themselves."""
    mine, other = a.witness.page.meta, b.witness.page.meta
    if _earlier(mine.date, other.date):
        yield Sign("date", f"{a.witness.name} is dated {mine.date}, {b.witness.name} {other.date}", DATE)
    official = mine.issuing_body or mine.document_number
    if official and not (other.issuing_body or other.document_number):
        yield Sign("official", f"{a.witness.name} stands on the page of {official}", OFFICIAL)


def _of_losses(a: _Facts, b: _Facts) -> Iterator[Sign]:
    """What `b` has lost and `a` still has."""
    name = b.witness.name
    if count := b.has_lost(["masked"], a.number):
        yield Sign("hidden", f"{name} hides words at {_places(count)} where the other has them", _more(HIDDEN, count))
    if count := b.has_lost(["mojibake", "dropped_text", "doubled"], a.number):
        yield Sign("damage", f"{name} is damaged at {_places(count)} where the other is whole", _more(DAMAGED, count))
    shorter, out = b.has_lost(["truncated"], a.number), b.has_lost(["omitted"], a.number)
    if shorter and not b.text.rstrip().endswith(tuple(SENTENCE_ENDS)):
        yield Sign("completeness", f"{name} breaks off inside a sentence", CUT_SHORT)
    elif shorter or out:
        # text left out by one may as well have been added by the other
        says = [*(["ends earlier"] if shorter else []), *([f"leaves out text at {_places(out)}"] if out else [])]
        yield Sign("completeness", f"{name} {' and '.join(says)}", SHORTER)
    count = b.lost[a.number]
    if count >= SEVERAL and count > SEVERAL * a.lost[b.number]:
        yield Sign("words", f"{name} lacks single words at {_places(count)}", WORDS_LOST)


def _of_handling(a: _Facts, b: _Facts) -> Iterator[Sign]:
    """What has been done to `b` and not to `a`."""
    name = b.witness.name
    if len(b.slips) > SEVERAL * len(a.slips):
        slip = b.slips[0]
        wrong = b.witness.page.text.raw[slip.start : slip.end].strip() or slip.note
        says = f"{name} was converted by a machine that chose wrong at {_places(len(b.slips))}, as in {wrong}"
        yield Sign("script", says, WRONGLY_CONVERTED if len(b.slips) >= SEVERAL else WRONGLY_CONVERTED - 1)
    elif b.changes["script"] > FEW_SCRIPT_EDITS >= a.changes["script"]:
        yield Sign("script", f"{name} is in traditional characters", CONVERTED)
    site = _names_of(a.witness)
    carried = next((notice for notice in b.notices if any(word in notice for word in site)), None)
    if carried:
        yield Sign("notice", f"{name} carries the other's notice: {carried.strip()[:40]}", NOTICE_OF_THE_OTHER)
    elif b.notices and not a.notices:
        yield Sign("notice", f"{name} carries a notice of a site: {b.notices[0].strip()[:40]}", NOTICE)
    broken = [facts.changes["hard_break"] + facts.changes["stray_char"] for facts in (a, b)]
    if broken[1] >= SEVERAL * max(1, broken[0]):
        says = f"{name} has lines broken or characters put in at {_places(broken[1])}, the other at {broken[0]}"
        yield Sign("lines", says, BROKEN_LINES)


def _shared(a: _Facts, b: _Facts) -> Iterator[Sign]:
    """What both have from the same place, whichever was first: it has no weight."""
    own = {_letters(notice): notice for notice in a.notices}
    for notice in b.notices:
        if _letters(notice) in own:
            says = f"both carry the same notice of a third site: {own[_letters(notice)].strip()[:40]}"
            yield Sign("notice", says, 0.0)
            return


def _letters(notice: str) -> str:
    from corpus_tools.dedupe.fold import fold

    codes = fold([notice]).codes
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def _names_of(witness: Witness) -> list[str]:
    """How a notice would name the site of this witness."""
    meta = witness.page.meta
    address = AUTHORITY.match(meta.address or "")
    return [name for name in (meta.site, address and address[1]) if name and len(name) >= SEVERAL]


def _earlier(a: str | None, b: str | None) -> bool:
    """Whether a is earlier than b as far as both dates go."""
    days = [DAY.match(date or "") for date in (a, b)]
    if days[0] is None or days[1] is None:
        return False
    for x, y in zip(days[0].groups(), days[1].groups(), strict=True):
        if x is None or y is None:
            return False
        if int(x) != int(y):
            return int(x) < int(y)
    return False


def _more(weights: tuple[float, float], count: int) -> float:
    """The weight of one place, half as much again for each further one, up to the limit."""
    return min(weights[1], weights[0] + weights[0] * (count - 1) / 2)


def _places(count: int) -> str:
    return "1 place" if count == 1 else f"{count} places"
