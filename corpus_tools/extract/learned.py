"""What training adds to a pack's rules: a measure for quantities that no rule knows, and how sure each fact is.

With `ner="hanlp"` also whom a fact is about, by a tagger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from corpus_tools.extract.calibration import LEARNED, by_model, calibration
from corpus_tools.extract.measure_model import NONE, measure_model
from corpus_tools.extract.pack import Pack, Rule
from corpus_tools.extract.tagger import subject_before, tag
from corpus_tools.records import Fact
from corpus_tools.text import Span

if TYPE_CHECKING:
    from corpus_tools.extract.calibration import Calibration
    from corpus_tools.extract.clauses import Sentence
    from corpus_tools.extract.measure_model import MeasureModel
    from corpus_tools.nlp.hanlp import Tagged

    Tag = Callable[[Sequence[str]], list[list[Tagged]]]

TRAINED_ON = "teacher_rotation"  # the pack whose measures the labels have

# A rule less sure of its fact than DOUBTED gives way to a measure of which the model is surer than OVERRULES. Of the
# pairs tried (0.5 to 0.7, 0.6 to 0.9) this one did best: 0.2 points of F1 on held_back, a point on fresh documents.
OVERRULES = 0.5
DOUBTED = 0.7


class Learned:
    """The trained parts as one essay's reader asks them; each quantity is looked at once."""

    def __init__(
        self, pack: Pack, model: MeasureModel | None, sureness: Calibration | None, tag: Tag | None = None
    ) -> None:
        self.pack = pack
        self.model = model
        self.sureness = sureness
        self.tag = tag
        self._seen: dict[int, Mapping[str, float]] = {}

    def chances(self, sentence: Sentence, i: int) -> Mapping[str, float] | None:
        """How likely each measure is for the i-th quantity; None without a model."""
        if self.model is None:
            return None
        at = sentence.quantities[i].start
        if at not in self._seen:
            self._seen[at] = self.model.probabilities(sentence, i)
        return self._seen[at]

    def rule(self, sentence: Sentence, i: int) -> Rule | None:
        """The model's proposal for a quantity, as a rule; None where it is not sure enough of any measure."""
        if self.model is None or not self.pack.rules_for(sentence.quantities[i].unit):
            return None
        chances = self.chances(sentence, i) or {}
        measure = max(sorted(chances), key=lambda name: chances[name])
        if measure == NONE or chances[measure] < self.model.propose:
            return None
        return Rule(id=LEARNED, measure=measure, confidence=round(chances[measure], 3))

    def second_opinion(self, rule: Rule, sentence: Sentence, i: int) -> Rule:
        """The rule, or the model's measure where it is surer of that than the rule has proved to be of its own."""
        if rule.measure is None or self.model is None or self.sureness is None:
            return rule
        chances = self.chances(sentence, i) or {}
        measure = max(sorted(chances), key=lambda name: chances[name])
        if measure in (NONE, rule.measure) or chances[measure] < OVERRULES:
            return rule
        if self.confidence(rule, sentence, i) >= DOUBTED:
            return rule
        return Rule(id=LEARNED, measure=measure, confidence=round(chances[measure], 3))

    def confidence(self, rule: Rule, sentence: Sentence | None = None, i: int = 0) -> float:
        """How sure a fact is that `rule` found, in the i-th quantity of a sentence if it has one."""
        if self.sureness is None:
            return rule.confidence
        chances = self.chances(sentence, i) if sentence else None
        return self.sureness.probability(rule.id, rule.confidence, rule.measure or "", chances)

    def subject(self, sentence: Sentence, at: int) -> Span | None:
        """The subject that the tagger sees nearest before a page position; None without a tagger."""
        if self.tag is None:
            return None
        (tags,) = self.tag([sentence.text])
        span = subject_before(tags, at - sentence.start)
        return Span(sentence.start + span.start, sentence.start + span.end) if span else None


def learned_for(pack: Pack, ner: str = "rules") -> Learned:
    """The trained parts for a pack; empty where the labels are not of its field."""
    if pack.name != TRAINED_ON:
        return Learned(pack, None, None)
    return Learned(pack, measure_model(), calibration(), tag if ner == "hanlp" else None)


def borne_out(facts: Iterable[Fact]) -> list[Fact]:
    """The facts of an essay; those of the model only where the rules of the field found half as many.

    Pay slips, a teacher's own years and prices read like rules of the field when little says that the page is of it.
    """
    found = list(facts)
    by_rules = [fact for fact in found if not by_model(fact.reason)]
    return found if 3 * len(by_rules) >= len(found) else by_rules
