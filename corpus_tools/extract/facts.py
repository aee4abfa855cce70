"""Policy facts in clean text: each quantity and phrase that a pack's rules know, with its slots and its evidence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from corpus_tools.extract.clauses import Sentence, attach, fold, sentences_of, tell_leads
from corpus_tools.extract.essay_facts import EssayReader
from corpus_tools.extract.learned import borne_out, learned_for
from corpus_tools.extract.pack import Pack, load_pack
from corpus_tools.extract.places import find_places
from corpus_tools.extract.places_of_facts import PlaceReader
from corpus_tools.extract.quantities import find_quantities
from corpus_tools.extract.tables import cells_told
from corpus_tools.nlp import hanlp
from corpus_tools.records import Essay, Fact, PageMeta, Quantity

LONGEST = 600  # a "sentence" beyond this is a table or a broken page; it is read up to here


@dataclass(frozen=True, slots=True)
class ExtractConfig:
    """What is looked for, and how sure it must be."""

    packs: tuple[str, ...] = field(default=("teacher_rotation",), metadata={"help": "fields of policy to read for"})
    # 15 facts in 1,000 fall below, 7 in 10 of them wrong, by cross-validation on training labels: models/confidence.md
    min_confidence: float = field(default=0.3, metadata={"help": "facts less likely to be right are left out"})
    ner: Literal["rules", "hanlp"] = field(
        default="rules", metadata={"help": "who marks whom a rule is for: rules, or a tagger (extra hanlp)"}
    )

    def __post_init__(self) -> None:
        if self.ner == "hanlp":
            hanlp.check_installed()


NOTHING_SAID = PageMeta()
DEFAULT = ExtractConfig()


def extract_facts(
    text: str,
    essays: Sequence[Essay] | None = None,
    meta: PageMeta = NOTHING_SAID,
    config: ExtractConfig = DEFAULT,
) -> list[Fact]:
    """The facts of a page's clean text in order; `essays` in its positions, found here when they are not given."""
    if essays is None:
        from corpus_tools.segment import segment

        essays = segment(text)
    found: list[Fact] = []
    for reader in readers(text, essays, meta, config):
        found += borne_out(reader.facts())
    kept = {
        (
            fact.measure,
            fact.start,
            fact.end,
            fact.value,
            fact.unit,
            fact.subject,
            fact.province,
            fact.city,
            fact.county,
        ): fact
        for fact in reversed(found)
        if (fact.confidence or 0) >= config.min_confidence
    }
    return sorted(kept.values(), key=_in_text)


def readers(
    text: str, essays: Sequence[Essay], meta: PageMeta = NOTHING_SAID, config: ExtractConfig = DEFAULT
) -> Iterator[EssayReader]:
    """A reader for each pack and each essay that is about its field, with the sentences it reads."""
    folded = fold(text)
    quantities = find_quantities(text)
    starts = [quantity.start for quantity in quantities]
    places = find_places(text)
    for name in config.packs:
        pack = load_pack(name)
        for essay in essays:
            topic = pack.topic.search(folded, essay.start, essay.end)
            if topic is None:
                continue
            told = cells_told(sentences_of(folded, essay), folded)
            tell_leads(told)
            sentences = list(_ready(told, quantities, starts))
            focus = _focus(pack, folded, essay)
            for sentence in sentences:
                if sentence.label or "：" in sentence.text[:14]:
                    sentence.topic = topic[0]
                if focus:
                    sentence.topic = f"{sentence.topic} {focus}"
            area = PlaceReader(text, essay, sentences, meta, places, alone=len(essays) == 1)
            yield EssayReader(text, essay, sentences, area, learned_for(pack, config.ner))


DENSE = 200  # characters to one word of the field's own, at most, in an essay that is about nothing else
OFTEN = 2


def _focus(pack: Pack, folded: str, essay: Essay) -> str:
    """The word of an essay that is all about one policy, so that none of its sentences need name it again."""
    if "move" not in pack.words:
        return ""
    found = [match[0] for match in pack.words["move"].finditer(folded, essay.start, essay.end)]
    return found[0] if len(found) >= max(OFTEN, (essay.end - essay.start) / DENSE) else ""


def _in_text(fact: Fact) -> tuple[int, int, int, str, str]:
    value_at = next((piece.start for piece in fact.evidence if piece.slot == "value"), fact.start)
    return fact.start, fact.end, value_at, fact.measure, f"{fact.province} {fact.city} {fact.county}"


def _ready(sentences: Sequence[Sentence], quantities: Sequence[Quantity], starts: Sequence[int]) -> Iterator[Sentence]:
    """The sentences with their quantities."""
    before: Sentence | None = None
    for sentence in sentences:
        if sentence.end - sentence.start > LONGEST:
            sentence.end = sentence.start + LONGEST
            sentence.text = sentence.text[:LONGEST]
        low = bisect_left(starts, sentence.start)
        inside: list[Quantity] = []
        while low < len(quantities) and quantities[low].end <= sentence.end:
            quantity = quantities[low]
            if not inside or quantity.start >= inside[-1].end:
                inside.append(_normal(_as_age(_as_share(quantity, sentence), sentence)))
            low += 1
        if sentence.label and len(inside) == 1 and inside[0].unit is None:
            inside = [_with_unit_of(sentence.label, inside[0])]
        attach(sentence, [quantity for quantity in inside if not _is_article(quantity)])
        if before is not None and (
            before.spoken_at == sentence.spoken_at
            or before.stop == "？"
            or (not sentence.marker and before.headings == sentence.headings and before.stop == "。")
        ):
            sentence.before = before.skeleton
        if before is not None:
            sentence.question = _question_of(sentence, before)
        before = sentence
        yield sentence


def _question_of(sentence: Sentence, before: Sentence) -> str:
    """The questions that a sentence answers: those right before it, or those that the sentence before answers too."""
    if before.stop == "？":
        return f"{before.question} {before.skeleton}"
    return before.question if before.line == sentence.line else ""


UNIT_IN_BRACKETS = re.compile("（(?:单位：)?(?P<unit>元|人|名|年|%|％)")  # 每年交流任务（人）
UNIT_IN_HEAD = re.compile("(?P<unit>元|人|名|(?<!每)(?<!学)年|%|％|补助|补贴|津贴)")
UNIT_MEANT = {"名": "人", "％": "%", "补助": "元", "补贴": "元", "津贴": "元"}


def _with_unit_of(head: str, quantity: Quantity) -> Quantity:
    """The bare number of a table's cell with the unit that its column's head names: 标准（元/月）, 人数."""
    match = UNIT_IN_BRACKETS.search(head) or UNIT_IN_HEAD.search(head)
    return replace(quantity, unit=UNIT_MEANT.get(match["unit"], match["unit"])) if match else quantity


KINDS_OF_THINGS = ("类", "档", "级", "线", "片")


def _is_article(quantity: Quantity) -> bool:
    """一所学校, 五年一轮: the number is hardly more than "a", and rules read it as a word; so with 三类地区."""
    if quantity.unit in KINDS_OF_THINGS:
        return True
    return quantity.unit in ("所", "个", "轮", "批", "期", "趟") and quantity.value == 1 and quantity.op == "="


def _as_share(quantity: Quantity, sentence: Sentence) -> Quantity:
    """三分之一 as 33.33 %, so that it compares with the shares of other places; other quantities as they are."""
    written = sentence.text[quantity.start - sentence.start : quantity.end - sentence.start]
    if quantity.unit is None and "分之" in written and isinstance(quantity.value, int | float):
        return replace(quantity, unit="%", value=round(100 * quantity.value, 2))
    return quantity


AGE_BEFORE = re.compile("[男女](?:性|教师|老师|教职工|同志|校长|干部)?(?:年?满|过|超过|到了?|不满|未满|在)?\\Z")
WORKING_AGES = range(30, 66)


def _as_age(quantity: Quantity, sentence: Sentence) -> Quantity:
    """男55、女50, 女教师到了五十: a bare number behind 男 or 女 that can be an age is one."""
    if quantity.unit is not None or quantity.masked or quantity.value not in WORKING_AGES:
        return quantity
    before = sentence.text[: quantity.start - sentence.start]
    if not AGE_BEFORE.search(before[-8:]):
        return quantity
    reached = "满" in before[-2:] or before.endswith(("过", "到", "到了"))
    return replace(quantity, unit="岁", op=">=" if reached and quantity.op == "=" else quantity.op)


NORMAL_UNITS = {"任期": "届", "聘期": "届", "任": "届", "周年": "年", "名": "人"}


def _normal(quantity: Quantity) -> Quantity:
    unit = quantity.unit
    if unit in NORMAL_UNITS:
        return replace(quantity, unit=NORMAL_UNITS[unit])
    if unit in ("周", "星期") and isinstance(quantity.value, int | float):
        return replace(quantity, unit="天", value=quantity.value * 7)
    return quantity
