"""How well facts are found, from what reviewers said: precision and recall of each measure and of each slot.

Only what somebody has judged counts. A fact is right when a review holds a true reading of the same measure, value and
unit that stands on some of the same characters; wrong when it was rejected, or corrected in one of these. A true
reading that no fact pairs with was missed, also where a later run no longer finds what somebody had accepted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus_tools.store.database import Database
from corpus_tools.store.export import Row, slot_as_written
from corpus_tools.store.reviews import Review, standing
from corpus_tools.store.slots import SLOTS, WORDS, Slots, agrees, same, same_quantity, slots_of
from corpus_tools.store.stored import StoredEssay, StoredFact

ENOUGH = 20  # at 20 judged facts of which 90 % are right, the true share lies between 70 % and 97 %
SCORED_SLOTS = tuple(name for name in SLOTS if name not in ("kind", "measure"))


@dataclass(frozen=True, slots=True)
class Score:
    """Counts from reviewed facts."""

    right: int
    found: int  # that were judged, right or wrong
    expected: int  # that the text holds, as far as reviewers said

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; None where nothing was judged."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of what the text holds that was found; None where it holds nothing."""
        return self.right / self.expected if self.expected else None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the reviews say of the facts as they now are."""

    overall: Score
    measures: dict[str, Score]
    slots: dict[str, Score]  # of facts at their place, whatever their value; `masked` counts what is hidden
    reviews: int  # that count: in place, and not replaced by a later one
    orphaned: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The true readings of one page beside its facts."""

    pairs: tuple[tuple[Review, StoredFact], ...]  # same measure, value and unit
    off: tuple[tuple[Review, StoredFact], ...]  # found with another measure, value or unit, and corrected
    missed: tuple[Review, ...]  # true readings in no pair; those of `off` among them
    wrong: tuple[StoredFact, ...]  # judged facts in no pair; those of `off` among them


def evaluate(database: Database) -> Evaluation:
    """Precision and recall from all reviews that are in place."""
    right, found, expected = Counter[str](), Counter[str](), Counter[str]()
    slots = _SlotCounts()
    pages = [(standing(said), facts) for said, facts in database.reviewed_pages()]
    for said, facts in pages:
        result = match(said, facts)
        for review, fact in result.pairs:
            right[fact.fact.measure] += 1
            slots.add(review, fact)
        for review, fact in result.off:
            slots.add(review, fact)
        found.update(fact.fact.measure for fact in (*(f for _, f in result.pairs), *result.wrong))
        expected.update(fact.fact.measure for _, fact in result.pairs)
        expected.update(str((review.right or review.judged)["measure"]) for review in result.missed)
    measures = {name: Score(right[name], found[name], expected[name]) for name in sorted({*found, *expected})}
    counted = [review for said, _ in pages for review in said]
    orphaned = sum(1 for _ in database.reviews(state="orphaned"))
    return Evaluation(
        overall=Score(right.total(), found.total(), expected.total()),
        measures=measures,
        slots=slots.scores(),
        reviews=len(counted),
        orphaned=orphaned,
        warnings=tuple(_warnings(measures, counted, orphaned)),
    )


def match(said: Sequence[Review], facts: Sequence[StoredFact]) -> Match:
    """The reviews of one page beside its facts: each true reading with at most one fact, the best fit first."""
    true = [(review, review.right) for review in said if review.right is not None]
    fits = []
    for n, (review, right) in enumerate(true):
        for m, stored in enumerate(facts):
            slots = slots_of(stored.fact)
            if review.at(stored.doc, stored.raw) and same_quantity(right, slots):
                fits.append((-sum(agrees(name, right, slots) for name in SCORED_SLOTS), n, m))
    paired: dict[int, int] = {}
    for _, n, m in sorted(fits):
        if n not in paired and m not in paired.values():
            paired[n] = m
    pairs = tuple((true[n][0], facts[m]) for n, m in sorted(paired.items()))
    taken = set(paired.values())
    missed = tuple(review for n, (review, _) in enumerate(true) if n not in paired)
    judged = [(r, m) for m, f in enumerate(facts) if m not in taken for r in said if _judged(r, f)]
    return Match(
        pairs=pairs,
        off=tuple((r, facts[m]) for r, m in judged if r in missed and r.found is not None),
        missed=missed,
        wrong=tuple(facts[m] for m in sorted({m for _, m in judged})),
    )


def _judged(review: Review, stored: StoredFact) -> bool:
    """Whether the review was made on a fact that read like this one, at this place."""
    return review.found is not None and review.at(stored.doc, stored.raw) and same(review.found, slots_of(stored.fact))


class _SlotCounts:
    def __init__(self) -> None:
        self._right, self._found, self._expected = Counter[str](), Counter[str](), Counter[str]()

    def add(self, review: Review, stored: StoredFact) -> None:
        right, found = review.right or review.judged, slots_of(stored.fact)
        for name in SCORED_SLOTS:
            self._found[name] += _filled(found, name)
            self._expected[name] += _filled(right, name)
            self._right[name] += _filled(found, name) and _filled(right, name) and agrees(name, right, found)

    def scores(self) -> dict[str, Score]:
        return {name: Score(self._right[name], self._found[name], self._expected[name]) for name in SCORED_SLOTS}


def _filled(slots: Slots, name: str) -> bool:
    return slots[name] is not None and slots[name] is not False


def _warnings(measures: dict[str, Score], counted: Sequence[Review], orphaned: int) -> Iterator[str]:
    if not counted:
        yield "No fact has been reviewed, so there is nothing to say. Begin with: corpus-tools review --by NAME"
    few = [f"{name} ({score.found})" for name, score in measures.items() if score.found < ENOUGH]
    if few:
        yield f"Too few facts reviewed to rely on the figures (fewer than {ENOUGH}): {', '.join(few)}."
    if counted and not any(review.verdict == "missing" for review in counted):
        yield "Nobody has marked a missing fact, so recall is too high: it knows only of what was found once."
    if orphaned:
        yield f"{orphaned} orphaned review{'s' if orphaned > 1 else ''} not counted: corpus-tools review --list"


def labels(database: Database) -> Iterator[Row]:
    """The true readings as lines of facts.jsonl as the labelling guide has it, by page and place.

    Rejected facts and orphaned reviews give no line.
    """
    for said, facts in sorted(database.reviewed_pages(), key=lambda page: page[0][0].doc):
        current = standing(said)
        page = database.page(current[0].doc)
        essays = list(database.essays(page.source.doc))
        fact_of = {review.id: fact for review, fact in match(current, facts).pairs}
        for review in sorted(current, key=lambda r: (r.span or (0, 0), r.id)):
            if review.right is None or review.span is None:
                continue
            slots = dict(review.right)
            fact = fact_of.get(review.id)
            for name in WORDS if fact else ():
                assert fact is not None
                if slots[name] == getattr(fact.fact, name):
                    slots[name] = slot_as_written(page.text, fact, name, getattr(fact.fact, name))
            yield {
                "doc": review.doc,
                "essay": _essay_at(essays, review.span.start),
                "start": review.span.start,
                "end": review.span.end,
                "quote": review.anchor.quote,
                **slots,
            }


def _essay_at(essays: Sequence[StoredEssay], start: int) -> int:
    """The essay that holds a raw position, or the one before it."""
    return max((e.essay.number for e in essays if e.raw.start <= start), default=1)
