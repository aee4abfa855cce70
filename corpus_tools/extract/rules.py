"""Which measure a quantity or a phrase states, by the rules of a pack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus_tools.extract.clauses import Sentence
from corpus_tools.extract.pack import Pack, Rule
from corpus_tools.records import Quantity

WINDOW = 90  # characters before a quantity that a rule may look at


def rule_for(sentence: Sentence, i: int, pack: Pack) -> Rule | None:
    """The first rule that fits the i-th quantity of a sentence; a rule without a measure says that it is no fact."""
    rules = pack.rules_for(sentence.quantities[i].unit)
    if not rules:
        return None
    place = sentence.places[i]
    clause = sentence.clauses[sentence.clause_at(place)]
    text, shift = sentence.skeleton, 0
    if sentence.label:
        text, shift = f"{sentence.label}：{text}", len(sentence.label) + 1
    frame = _Frame(
        text, clause.start + shift if clause.start else 0, clause.end + shift, place + shift, above(sentence)
    )
    quantity = sentence.quantities[i]
    may_fit = rules.that_may_fit(characters(sentence), frame.above)
    return next((rule for rule in may_fit if _in_bounds(rule, quantity) and _fits(rule, frame)), None)


def characters(sentence: Sentence) -> frozenset[str]:
    """The characters of a sentence and its label; gathered once."""
    if sentence.letters is None:
        sentence.letters = frozenset(f"{sentence.label}：{sentence.skeleton}" if sentence.label else sentence.skeleton)
    return sentence.letters


def _in_bounds(rule: Rule, quantity: Quantity) -> bool:
    """Whether the quantity has a comparator where the rule asks for one, and is as large as the rule allows."""
    if rule.when_op and quantity.op not in rule.when_op:
        return False
    top = max(quantity.value) if isinstance(quantity.value, tuple) else quantity.value
    if top is None:  # a hidden number may be as large as any rule asks, but is no proof that nothing is stated
        return rule.at_least is None and (rule.measure is not None or rule.at_most is None)
    return (rule.at_most is None or top <= rule.at_most) and (rule.at_least is None or top >= rule.at_least)


# one of a row: 普通教师一般为两年, 乡镇中心校每月800元, 副校长满10年的
BESIDE = re.compile(r"[^，。；]{0,18}\Z")
EASED = re.compile("(?:放宽|缩短|放长|降低|放低|减少|降)(?:到|至|为)\\Z")  # 县城以外的可放宽到九年
NO_ROW = re.compile(
    r"交流|轮岗|轮换|支教|挂职|升入|同比|清退|产假|婚假|丧假|按|缴|比去年|多$|少$|其余|(?:近|前|第|从|自|最近|后|再|连续|其中|仅|约需|共需|共计|累计|预算|经费|学生|退休|合计|考核|培训|听课|试用|[a-zA-Z])\Z|退休|考核|听课|培训|已在|共需|约需|预算|总额|合计|平均|学生|投入|招聘|提拔|晋升|流出|值班|带徒|年多|另有|优秀|指标|率|到手|实际|引进|安家"
)
ROW_END = re.compile(
    r"(?:（[^）]*）)?(?:(?:的|者)?(?:，|。|；|、|$)|的?[^，。；]{0,8}(?:，|。|；|$)|[^，。；]{0,16}?(?:交流|流动|轮岗|轮换|支教|任教))"
)
FOR_WHOM = re.compile(
    "[省市县区州]|乡镇|城区|村小|农村|教师|校长|人员|干部|学校|小学|中学|校区|班主任|组长|名师|[或、]|其他|最[长短]|一学年|一年"
)
NOT_AFTER = re.compile(
    r"的时间|累计|也不|的?数据|认定|之?内|前|以来|来|制|级|考核|未|连续|以前|期间|左右的时间|后(?!，)"
)


def in_a_row(sentence: Sentence, i: int, last: Rule | None, last_unit: str | None) -> bool:
    """Whether a quantity that fits no rule stands beside one that does, its clause saying no more than for whom."""
    unit = sentence.quantities[i].unit
    if (
        last is None
        or last.measure is None
        or not _in_bounds(last, sentence.quantities[i])
        or row_class(unit) is None
        or row_class(unit) != row_class(last_unit)
    ):
        return False
    place = sentence.places[i]
    clause = sentence.clauses[sentence.clause_at(place)]
    start = max((at + 1 for at in sentence.places if clause.start <= at < place), default=clause.start)
    before = sentence.skeleton[start:place]
    if EASED.search(before):
        return bool(ROW_END.match(sentence.skeleton, place + 1))
    if not BESIDE.fullmatch(before) or NO_ROW.search(before) or NOT_AFTER.match(sentence.skeleton, place + 1):
        return False
    if row_class(unit) == "年" and not FOR_WHOM.search(before):
        return False
    return bool(ROW_END.match(sentence.skeleton, place + 1))


def row_class(unit: str | None) -> str | None:
    """The unit that stands for all those a row of values may mix."""
    for units in (("年", "学年", "学期", "月", "届", "天"), ("%",), ("元",), ("人",)):
        if unit in units:
            return units[0]
    return None


SAME_RULE = re.compile(r"[，、；]?(?:女|男|和|或|、)?[^，。；]{0,3}\Z")


def runs(sentence: Sentence, hits: Sequence[tuple[int, Rule]]) -> Iterator[list[tuple[int, Rule]]]:
    """Quantities of one measure and unit that stand in one frame, together."""
    run: list[tuple[int, Rule]] = []
    for i, rule in hits:
        if run:
            last = run[-1][0]
            between = sentence.skeleton[sentence.places[last] + 1 : sentence.places[i]]
            same = rule.measure == run[-1][1].measure and sentence.quantities[i].unit == sentence.quantities[last].unit
            if not (same and (len(between) <= 2 or (sentence.quantities[i].unit == "岁" and SAME_RULE.match(between)))):
                yield run
                run = []
        run.append((i, rule))
    if run:
        yield run


def above(sentence: Sentence) -> str:
    """What stands over a sentence: its heading, the line that leads its list, the sentence before it in its item."""
    if sentence.over is None:
        lead = sentence.lead.skeleton if sentence.lead else ""
        asked = sentence.question if sentence.question != sentence.before else ""
        sentence.over = " ".join((*sentence.headings, lead, sentence.before, asked, sentence.topic))
    return sentence.over


class _Frame(NamedTuple):
    text: str
    low: int  # of the clause
    high: int
    place: int
    above: str


def _fits(rule: Rule, frame: _Frame) -> bool:
    text, low, high, place, over = frame
    if rule.before and not rule.before.search(text, max(0, place - WINDOW), place):
        return False
    if rule.after and not rule.after.match(text, place + 1):
        return False
    if rule.clause and not rule.clause.search(text, low, high):
        return False
    if rule.sentence and not (rule.sentence.search(text) or (rule.measure and rule.sentence.search(over))):
        return False
    if rule.about and not (rule.about.search(text) or rule.about.search(over)):
        return False
    if rule.heading and not rule.heading.search(over):
        return False
    if rule.unless and rule.unless.search(text, low, high):
        return False
    return not (rule.unless_sentence and rule.unless_sentence.search(text))


def phrase_hits(sentence: Sentence, pack: Pack, taken: frozenset[tuple[str, int]]) -> Iterator[tuple[Rule, int, int]]:
    """The rules without a quantity that fit, each with its span; none where a quantity states its measure."""
    text = sentence.skeleton
    over = above(sentence)
    seen: set[tuple[str | None, int]] = set()
    for rule in pack.phrases.that_may_fit(characters(sentence), over):
        found = list(rule.phrase.finditer(text)) if rule.phrase else []
        if not found or not _in_place(rule, text, over):
            continue
        for match in found:
            first, last = sentence.clause_at(match.start()), sentence.clause_at(match.end() - 1)
            stated = range(len(sentence.clauses)) if rule.once else range(first, last + 1)
            if any((rule.measure, number) in taken or (rule.measure, number) in seen for number in stated):
                continue
            if rule.measure == "allowance" and _sum_beside(sentence, first, last, pack):
                continue
            clause = sentence.clauses[last]
            if rule.unless and re.search(rule.unless, text[sentence.clauses[first].start : clause.end]):
                continue
            seen |= {(rule.measure, number) for number in range(first, last + 1)}
            if rule.once:
                seen |= {(rule.measure, number) for number in range(len(sentence.clauses))}
            yield rule, match.start(), match.end()


def _in_place(rule: Rule, text: str, over: str) -> bool:
    """Whether the sentence of a phrase, or what stands over it, speaks of what the rule asks for."""
    if rule.heading and not rule.heading.search(over):
        return False
    if rule.unless_sentence and rule.unless_sentence.search(text):
        return False
    wanted = (shape for shape in (rule.sentence, rule.about) if shape)
    return all(shape.search(text) or shape.search(over) for shape in wanted)


def _sum_beside(sentence: Sentence, first: int, last: int, pack: Pack) -> bool:
    """享受农村教师补贴，每人每月300元: the sum stands in the clause or in the next, which names no pay of its own."""
    for number in range(first, min(last + 2, len(sentence.clauses))):
        clause = sentence.clauses[number]
        sums = [
            p
            for p, q in zip(sentence.places, sentence.quantities, strict=True)
            if q.unit == "元" and clause.start <= p < clause.end
        ]
        if sums and (
            number <= last or not pack.words["money_word"].search(sentence.skeleton, clause.start, clause.end)
        ):
            return True
    return False
