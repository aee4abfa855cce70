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
from itertools import accumulate, pairwise
from operator import add, attrgetter, sub
from typing import NamedTuple

from corpus_tools.edits import (
    CHARACTERWISE,
    Placed,
    clusters,
    cut,
    in_order,
    misfit,
    moved,
    spliced,
)
from corpus_tools.edits import Edit as Edit
from corpus_tools.edits import Span as Span
from corpus_tools.edits import joined as joined
from corpus_tools.errors import EditError

# Fewer edits than the page has, divided by this, are worked in between those that are there.
FEW = 8
_BY_START, _BY_PLACE = attrgetter("start"), attrgetter("start", "end")


class Tally(NamedTuple):
    """How many raw characters were kept, replaced and removed; the three add up to the length of the raw text."""

    kept: int
    replaced: int
    removed: int


class _Change(NamedTuple):
    """Edits in place of the earlier ones `[low, high)`."""

    low: int
    high: int
    edits: list[Edit]


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
        if not in_order(edits, len(raw)):
            raise EditError(misfit(edits, len(raw)))
        self._fill(raw, edits, spliced(raw, edits))

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

    def _fill_from(self, before: Text, changes: Sequence[_Change], clean: str) -> None:
        """The same for a text that few changes make of another: what stands between them is taken over in one go."""
        edits: list[Edit] = []
        starts: list[int] = []
        ends: list[int] = []
        clean_starts: list[int] = []
        clean_ends: list[int] = []
        done = shift = 0
        for low, high, news in (*changes, _Change(len(before.edits), len(before.edits), [])):
            edits += before.edits[done:low]
            starts += before._raw_starts[done:low]
            ends += before._raw_ends[done:low]
            kept = before._clean_starts[done:low], before._clean_ends[done:low]
            clean_starts += map(shift.__add__, kept[0]) if shift else kept[0]
            clean_ends += map(shift.__add__, kept[1]) if shift else kept[1]
            for edit in news:
                at = edit.start + (clean_ends[-1] - ends[-1] if ends else 0)
                edits.append(edit)
                starts.append(edit.start)
                ends.append(edit.end)
                clean_starts.append(at)
                clean_ends.append(at + len(edit.replacement))
            done = high
            earlier = before._clean_ends[high - 1] - before._raw_ends[high - 1] if high else 0
            shift = (clean_ends[-1] - ends[-1] if ends else 0) - earlier
        self.raw, self.edits, self._clean = before.raw, tuple(edits), clean
        self._raw_starts, self._raw_ends, self._clean_starts, self._clean_ends = starts, ends, clean_starts, clean_ends

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
        changes = [_Change(low, high, self._merged(low, high, news)) for low, high, news in self._meetings(meeting)]
        text = Text.__new__(Text)
        clean = spliced(self._clean, fresh)
        if len(fresh) * FEW > len(self.edits):
            text._fill(self.raw, self._changed(changes, free), clean)
        else:
            places = (bisect_left(self._raw_starts, edit.start) for edit in free)
            changes += [_Change(low, low, [edit]) for low, edit in zip(places, free, strict=True)]
            # before an earlier edit that is changed stand the new ones that lie before it
            changes.sort(key=lambda change: (change.low, change.high > change.low))
            text._fill_from(self, changes, clean)
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
        if not in_order(fresh, len(clean)):  # most steps find their edits in order
            fresh.sort(key=_BY_PLACE)
            if not in_order(fresh, len(clean)):
                raise EditError(misfit(fresh, len(clean)))
        return [edit for edit in fresh if clean[edit.start : edit.end] != edit.replacement]

    def _told_apart(self, fresh: Sequence[Edit]) -> tuple[list[Edit], list[Edit]]:
        """Fresh edits that meet no earlier one, in raw positions, and those that do, as they are.

        A traditional page has thousands of each, and hardly any meet: as little as can be is done for one.
        """
        clean_starts, clean_ends, raw_ends = self._clean_starts, self._clean_ends, self._raw_ends
        if len(clean_ends) < len(fresh) and clean_ends == raw_ends:
            return self._few_met(fresh)  # nothing has moved: only the few earlier ones count
        free: list[Edit] = []
        meeting: list[Edit] = []
        for edit in fresh:
            before = bisect_right(clean_ends, edit.start)  # so many earlier edits lie before it
            if before < bisect_left(clean_starts, edit.end, before):
                meeting.append(edit)
            else:
                free.append(moved(edit, raw_ends[before - 1] - clean_ends[before - 1] if before else 0))
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

    def _merged(self, low: int, high: int, news: Sequence[Edit]) -> list[Edit]:
        """What the earlier edits `[low, high)` and the fresh ones that meet them make together."""
        merged = []
        placed = list(self._placed(low, high, news))
        # one edit meets all of them, unless one was cut
        alone = len(news) == 1 and len(placed) == high - low
        for olds, some in [(placed, news)] if alone else clusters(placed, news):
            if not some:
                merged.append(olds[0].edit)
                continue
            combined = self._combined(olds, some)
            # 还 amid traditional characters, mended to 還 and folded back to 还, was damaged all the same
            if combined.kind == "bad_conversion" or combined.replacement != self.raw[combined.start : combined.end]:
                merged.append(combined)
        return merged

    def _changed(self, changes: Sequence[_Change], free: Sequence[Edit]) -> tuple[Edit, ...]:
        """The earlier edits after the changes, and the free ones among them."""
        edits: list[Edit] = []
        done = 0
        for low, high, news in changes:
            edits += (*self.edits[done:low], *news)
            done = high
        edits += (*self.edits[done:], *free)
        if free:
            edits.sort(key=_BY_START)
        return tuple(edits)

    def _placed(self, low: int, high: int, fresh: Sequence[Edit]) -> Iterator[Placed]:
        """Present edits `[low, high)` in clean positions, characterwise ones cut where a fresh one begins or ends."""
        cuts = sorted({edit.start for edit in fresh} | {edit.end for edit in fresh})
        for i in range(low, high):
            edit, start, end = self.edits[i], self._clean_starts[i], self._clean_ends[i]
            if edit.kind not in CHARACTERWISE or edit.parts or not edit.aligned:
                yield Placed(start, end, edit)
                continue
            inner = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
            bounds = [start, *inner, end]
            for begin, finish in pairwise(bounds):
                yield Placed(begin, finish, cut(edit, begin - start, finish - start))

    def _combined(self, olds: Sequence[Placed], news: Sequence[Edit]) -> Edit:
        """One edit in raw positions for fresh edits and the earlier ones they meet."""
        leaves = [self._in_raw(new) for new in news]
        if not olds and len(leaves) == 1:
            return leaves[0]
        start, end = news[0].start, news[-1].end
        if olds:
            start, end = min(start, olds[0].start), max(end, olds[-1].end)
        pieces: list[str] = []
        at = start
        for new in news:
            pieces += (self._clean[at : new.start], new.replacement)
            at = new.end
        pieces.append(self._clean[at:end])
        chief = next((new for new in reversed(news) if new.kind not in CHARACTERWISE), None)
        chief = chief or (olds[-1].edit if olds else news[-1])
        parts = (*(leaf for old in olds for leaf in old.edit.leaves), *leaves)
        raw = self.raw_span(start, end)
        return Edit(raw.start, raw.end, "".join(pieces), chief.kind, chief.note, parts)

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
