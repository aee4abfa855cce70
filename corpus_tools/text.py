"""A text that knows where each of its characters came from.

`Text` is the raw string plus a list of edits; `str(text)` is the clean string. The edit list is the whole truth about
cleaning: every edit has a kind and its place in the raw text, so that diffs, repair counts and provenance all read one
list. Positions count Unicode code points, half-open, from 0.

Why no insertions: an edit that consumes no raw character would put text on the page that nothing on the page stands
for. A step that wants to add a line break replaces the space or tag that stands there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from operator import add, attrgetter, le, lt, sub
from typing import NamedTuple

from corpus_tools.errors import EditError

# Kinds whose replacement stands character for character (學 -> 学, １ -> 1): half of such an edit is still an edit,
# so a later edit may cut it in two.
CHARACTERWISE = frozenset({"script", "width"})
_BY_START, _BY_PLACE = attrgetter("start"), attrgetter("start", "end")


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


def joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap made one.

    >>> joined([Span(4, 6), Span(0, 2), Span(2, 3)])
    [Span(start=0, end=3), Span(start=4, end=6)]
    """
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


class Tally(NamedTuple):
    """How many raw characters were kept, replaced and removed; the three add up to the length of the raw text."""

    kept: int
    replaced: int
    removed: int


@dataclass(frozen=True, slots=True, init=False)
class Edit:
    """One change: `[start, end)` gives way to `replacement`.

    As an argument of `Text.edited`, positions are in the clean text as it then stands; in `Text.edits` they are in the
    raw text. `note` names the rule or the evidence. `parts` are the single edits, oldest first, of which later steps
    made this one: a repaired word that was then converted to simplified characters keeps both.
    """

    start: int
    end: int
    replacement: str
    kind: str
    note: str = ""
    parts: tuple[Edit, ...] = ()

    def __init__(
        self, start: int, end: int, replacement: str, kind: str, note: str = "", parts: tuple[Edit, ...] = ()
    ) -> None:
        # As the dataclass would, in half the time: a traditional page makes an edit for every third character.
        _set_start(self, start)
        _set_end(self, end)
        _set_replacement(self, replacement)
        _set_kind(self, kind)
        _set_note(self, note)
        _set_parts(self, parts)

    @property
    def leaves(self) -> tuple[Edit, ...]:
        """The single edits this one is made of; itself where it is one."""
        return self.parts or (self,)

    @property
    def aligned(self) -> bool:
        """Whether each character of the replacement stands for the raw character at the same place."""
        return len(self.replacement) == self.end - self.start and all(
            len(part.replacement) == part.end - part.start for part in self.parts
        )


_set_start, _set_end, _set_replacement, _set_kind, _set_note, _set_parts = (
    vars(Edit)[name].__set__ for name in ("start", "end", "replacement", "kind", "note", "parts")
)


class Text:
    """A raw string, the edits made to it, and the clean string that results.

    Immutable. `edits` are disjoint, in raw order and in raw positions. Looking a span up costs one binary search.
    """

    __slots__ = ("_clean", "_clean_ends", "_clean_starts", "_raw_ends", "_raw_starts", "edits", "raw")

    raw: str
    edits: tuple[Edit, ...]
    _clean: str
    _clean_starts: list[int]
    _clean_ends: list[int]

    def __init__(self, raw: str, edits: Sequence[Edit] = ()) -> None:
        edits = tuple(edits)
        if not _in_order(edits, len(raw)):
            raise EditError(_misfit(edits, len(raw)))
        self._fill(raw, edits, _spliced(raw, edits))

    def _fill(self, raw: str, edits: tuple[Edit, ...], clean: str) -> None:
        """Sets what a text is made of, of edits known to be good; whole lists, no loop: a page may have thousands."""
        self.raw, self.edits, self._clean = raw, edits, clean
        starts = self._raw_starts = [edit.start for edit in edits]
        ends = self._raw_ends = [edit.end for edit in edits]
        lengths, widths = [len(edit.replacement) for edit in edits], list(map(sub, ends, starts))
        if lengths == widths:
            self._clean_starts, self._clean_ends = starts, ends
            return
        shifts = accumulate(map(sub, lengths, widths), initial=0)
        self._clean_starts = list(map(add, starts, shifts))
        self._clean_ends = list(map(add, self._clean_starts, lengths))

    def __str__(self) -> str:
        return self._clean

    def __len__(self) -> int:
        return len(self._clean)

    def __repr__(self) -> str:
        return f"Text({self._clean[:40]!r}, {len(self.edits)} edits)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.raw, self.edits) == (other.raw, other.edits)

    def __hash__(self) -> int:
        return hash((self.raw, self.edits))

    def __reduce__(self) -> tuple[type[Text], tuple[str, tuple[Edit, ...]]]:
        return Text, (self.raw, self.edits)

    def edited(self, edits: Iterable[Edit]) -> Text:
        """The text after `edits`, whose positions are in the present clean text.

        They may come in any order but must not overlap. An edit that meets an earlier one makes one edit with it (its
        `parts` tell), except that earlier characterwise edits are cut where the new edit begins and ends.
        Raises EditError for an edit that is empty, outside the text, or overlaps its neighbour.
        """
        fresh = self._checked(edits)
        if not fresh:
            return self
        free, meeting = self._told_apart(fresh)
        merged: list[Edit] = []
        done = 0  # earlier edits already taken over
        for low, high, news in self._meetings(meeting):
            merged += self.edits[done:low]
            done = high
            for olds, some in _clusters(self._placed(low, high, news), news):
                if not some:
                    merged.append(olds[0].edit)
                    continue
                combined = self._combined(olds, some)
                # 还 amid traditional characters, mended to 還 and folded back to 还, was damaged all the same
                if combined.kind == "bad_conversion" or combined.replacement != self.raw[combined.start : combined.end]:
                    merged.append(combined)
        merged += self.edits[done:]
        if free:
            merged += free
            merged.sort(key=_BY_START)
        text = Text.__new__(Text)
        text._fill(self.raw, tuple(merged), _spliced(self._clean, fresh))
        return text

    def raw_span(self, start: int, end: int) -> Span:
        """The raw span that `[start, end)` of the clean text came from.

        At a removed passage a start belongs to the text on its right, an end to the text on its left.
        """
        raw_start = self._raw_start(start)
        return Span(raw_start, raw_start if end <= start else self._raw_end(end))

    def clean_span(self, start: int, end: int) -> Span:
        """The clean span that shows `[start, end)` of the raw text; empty where all of it was removed."""
        clean_start = self._clean_start(start)
        return Span(clean_start, clean_start if end <= start else self._clean_end(end))

    def tally(self) -> Tally:
        """How many raw characters were kept, replaced and removed."""
        removed = sum(edit.end - edit.start for edit in self.edits if not edit.replacement)
        replaced = sum(edit.end - edit.start for edit in self.edits if edit.replacement)
        return Tally(len(self.raw) - replaced - removed, replaced, removed)

    def pieces(self) -> Iterator[tuple[str, Edit | None]]:
        """The raw text from first to last character: kept runs with None, edited runs with their edit."""
        at = 0
        for edit in self.edits:
            if at < edit.start:
                yield self.raw[at : edit.start], None
            yield self.raw[edit.start : edit.end], edit
            at = edit.end
        if at < len(self.raw):
            yield self.raw[at:], None

    def _checked(self, edits: Iterable[Edit]) -> list[Edit]:
        """The edits in order, without those that change nothing."""
        fresh, clean = list(edits), self._clean
        if not _in_order(fresh, len(clean)):  # most steps find their edits in order
            fresh.sort(key=_BY_PLACE)
            if not _in_order(fresh, len(clean)):
                raise EditError(_misfit(fresh, len(clean)))
        return [edit for edit in fresh if clean[edit.start : edit.end] != edit.replacement]

    def _told_apart(self, fresh: Sequence[Edit]) -> tuple[list[Edit], list[Edit]]:
        """Fresh edits that meet no earlier one, in raw positions, and those that do, as they are.

        A traditional page has thousands of each, and hardly any meet: as little as can be is done for one.
        """
        clean_starts, clean_ends, raw_ends = self._clean_starts, self._clean_ends, self._raw_ends
        if (
            len(clean_ends) < len(fresh) and clean_ends == raw_ends
        ):  # nothing has moved: only the few earlier ones count
            return self._few_met(fresh)
        free: list[Edit] = []
        meeting: list[Edit] = []
        for edit in fresh:
            before = bisect_right(clean_ends, edit.start)  # so many earlier edits lie before it
            if before < bisect_left(clean_starts, edit.end, before):
                meeting.append(edit)
            else:
                free.append(_moved(edit, raw_ends[before - 1] - clean_ends[before - 1] if before else 0))
        return free, meeting

    def _few_met(self, fresh: Sequence[Edit]) -> tuple[list[Edit], list[Edit]]:
        """The same for many fresh edits and few earlier ones, none of which has moved the text behind it."""
        starts, ends = [edit.start for edit in fresh], [edit.end for edit in fresh]
        free: list[Edit] = []
        meeting: list[Edit] = []
        done = 0
        for low, high in zip(self._clean_starts, self._clean_ends, strict=True):
            first = bisect_right(ends, low, done)
            free += fresh[done:first]
            done = max(first, bisect_left(starts, high, first))
            meeting += fresh[first:done]
        return [*free, *fresh[done:]], meeting

    def _meetings(self, fresh: Sequence[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
        """Fresh edits with the places `[low, high)` of the earlier ones they share a character with.

        A page has thousands of earlier edits and a step adds a few: only those that meet are looked at.
        """
        news: list[Edit] = []
        low = high = 0
        for edit in fresh:
            first = bisect_right(self._clean_ends, edit.start)
            last = max(first, bisect_left(self._clean_starts, edit.end))
            if news and first < high:
                news.append(edit)
                high = max(high, last)
                continue
            if news:
                yield low, high, news
            news, low, high = [edit], first, last
        if news:
            yield low, high, news

    def _placed(self, low: int, high: int, fresh: Sequence[Edit]) -> Iterator[_Placed]:
        """Present edits `[low, high)` in clean positions, characterwise ones cut where a fresh one begins or ends."""
        cuts = sorted({edit.start for edit in fresh} | {edit.end for edit in fresh})
        for i in range(low, high):
            edit, start, end = self.edits[i], self._clean_starts[i], self._clean_ends[i]
            if edit.kind not in CHARACTERWISE or edit.parts or not edit.aligned:
                yield _Placed(start, end, edit)
                continue
            inner = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
            bounds = [start, *inner, end]
            for begin, finish in pairwise(bounds):
                yield _Placed(begin, finish, _cut(edit, begin - start, finish - start))

    def _combined(self, olds: Sequence[_Placed], news: Sequence[Edit]) -> Edit:
        """One edit in raw positions for fresh edits and the earlier ones they meet."""
        start = min([news[0].start, *(old.start for old in olds)])
        end = max([news[-1].end, *(old.end for old in olds)])
        leaves = [self._in_raw(new) for new in news]
        if not olds and len(leaves) == 1:
            return leaves[0]
        pieces: list[str] = []
        at = start
        for new in news:
            pieces += (self._clean[at : new.start], new.replacement)
            at = new.end
        pieces.append(self._clean[at:end])
        chief = next((new for new in reversed(news) if new.kind not in CHARACTERWISE), None)
        chief = chief or (olds[-1].edit if olds else news[-1])
        parts = (*(leaf for old in olds for leaf in old.edit.leaves), *leaves)
        return self._in_raw(Edit(start, end, "".join(pieces), chief.kind, chief.note, parts))

    def _in_raw(self, edit: Edit) -> Edit:
        raw = self.raw_span(edit.start, edit.end)
        return Edit(raw.start, raw.end, edit.replacement, edit.kind, edit.note, edit.parts)

    def _raw_start(self, at: int) -> int:
        i = bisect_right(self._clean_starts, at) - 1
        if i < 0:
            return at
        if at >= self._clean_ends[i]:
            return self._raw_ends[i] + at - self._clean_ends[i]
        return self._raw_starts[i] + (at - self._clean_starts[i] if self.edits[i].aligned else 0)

    def _raw_end(self, at: int) -> int:
        i = bisect_left(self._clean_starts, at) - 1
        if i < 0:
            return at
        if at >= self._clean_ends[i]:
            return self._raw_ends[i] + at - self._clean_ends[i]
        return self._raw_starts[i] + at - self._clean_starts[i] if self.edits[i].aligned else self._raw_ends[i]

    def _clean_start(self, at: int) -> int:
        i = bisect_right(self._raw_starts, at) - 1
        if i < 0:
            return at
        if at >= self._raw_ends[i]:
            return self._clean_ends[i] + at - self._raw_ends[i]
        return self._clean_starts[i] + (at - self._raw_starts[i] if self.edits[i].aligned else 0)

    def _clean_end(self, at: int) -> int:
        i = bisect_left(self._raw_starts, at) - 1
        if i < 0:
            return at
        if at >= self._raw_ends[i]:
            return self._clean_ends[i] + at - self._raw_ends[i]
        return self._clean_starts[i] + at - self._raw_starts[i] if self.edits[i].aligned else self._clean_ends[i]


class _Placed(NamedTuple):
    """An edit of the raw text with the clean span its replacement takes up."""

    start: int
    end: int
    edit: Edit


def _in_order(edits: Sequence[Edit], length: int) -> bool:
    """Whether edits are not empty, follow one another, and lie in a text of `length` characters."""
    starts, ends = [edit.start for edit in edits], [edit.end for edit in edits]
    return all(map(lt, starts, ends)) and all(map(le, [0, *ends], [*starts, length]))


def _misfit(edits: Sequence[Edit], length: int) -> str:
    """What is wrong with the first of `edits` that is out of place."""
    at = 0
    for edit in edits:
        if not 0 <= edit.start < edit.end <= length:
            return f"Edit {edit!r} is empty or outside a text of {length:,} characters."
        if edit.start < at:
            return f"Edit {edit!r} overlaps or comes before the edit before it; apply them one after the other."
        at = edit.end
    return ""


def _spliced(text: str, edits: Sequence[Edit]) -> str:
    """`text` with the replacements of `edits`, which are in order and disjoint."""
    pieces = [""] * (2 * len(edits) + 1)
    bounds = zip([0, *[edit.end for edit in edits]], [*[edit.start for edit in edits], len(text)], strict=True)
    pieces[::2] = [text[low:high] for low, high in bounds]
    pieces[1::2] = [edit.replacement for edit in edits]
    return "".join(pieces)


def _moved(edit: Edit, shift: int) -> Edit:
    """The edit `shift` characters further on."""
    if not shift:
        return edit
    return Edit(edit.start + shift, edit.end + shift, edit.replacement, edit.kind, edit.note, edit.parts)


def _cut(edit: Edit, low: int, high: int) -> Edit:
    """Characters `[low, high)` of a characterwise edit."""
    if (low, high) == (0, edit.end - edit.start):
        return edit
    return replace(edit, start=edit.start + low, end=edit.start + high, replacement=edit.replacement[low:high])


def _clusters(olds: Iterable[_Placed], news: Sequence[Edit]) -> Iterator[tuple[list[_Placed], list[Edit]]]:
    """Groups of earlier and fresh edits that share a character; an edit that meets no other is a group of its own."""
    items: list[tuple[int, int, _Placed | Edit]] = [(old.start, old.end, old) for old in olds]
    items += [(new.start, new.end, new) for new in news]
    items.sort(key=lambda item: item[:2])
    group: tuple[list[_Placed], list[Edit]] = ([], [])
    reach = 0
    for start, end, item in items:
        if start >= reach and (group[0] or group[1]):
            yield group
            group = ([], [])
        if isinstance(item, _Placed):
            group[0].append(item)
        else:
            group[1].append(item)
        reach = max(reach, end)
    if group[0] or group[1]:
        yield group
