"""The facts of one essay: rules and exemptions found sentence by sentence, slots filled from what stands around."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from corpus_tools.extract import slots
from corpus_tools.extract.clauses import Sentence
from corpus_tools.extract.exemptions import Exempt, exempt_groups, leads_exempt
from corpus_tools.extract.learned import Learned
from corpus_tools.extract.pack import Rule
from corpus_tools.extract.places_of_facts import PlaceReader
from corpus_tools.extract.rules import in_a_row, phrase_hits, row_class, rule_for, runs
from corpus_tools.extract.subjects import (
    among,
    gender_before,
    in_headings,
    mentions,
    paired,
    people_in,
    qualified,
    served,
    subject_span,
)
from corpus_tools.extract.usual_force import UsualForce
from corpus_tools.records import Essay, Evidence, Fact, Modality, Quantity
from corpus_tools.text import Span

ONCE = re.compile("[今去明]年[^起]|上学年|首批|截至")  # of one year alone
TOWN = re.compile("[镇乡县区](?:（[^）]*）)?\\Z|街道\\Z")
TEACHER_OF_PARTIES = re.compile("(?P<party>[甲乙丙丁]方)[ 　]*（[^）]{0,8}(?:教师|老师|人员)）")
SCHOOL_OF_PARTIES = re.compile("乙方[ 　]*(?:（[^）]{0,8}学校|[：:][^\\n]{0,16}(?:学校|[中小]学|幼儿园))")
OF_A_CHILD = re.compile("子女|孩|婴|哺乳|幼儿")
CONTINUES = re.compile(r"(?:应|均|都|须|必须|原则上|可|要|可以|应当|需|一律|按|由|列入|纳入|每年|有计划)")
OBLIGES = re.compile(r"(?:一般|原则上|均|都)*(?:应|必须|须|要(?!求))")


class EssayReader:
    """Reads one essay; keeps what carries over from sentence to sentence: the subject, the period."""

    def __init__(
        self, text: str, essay: Essay, sentences: Sequence[Sentence], places: PlaceReader, learned: Learned
    ) -> None:
        self.text = text
        self.essay = essay
        self.sentences = sentences
        self.pack = learned.pack
        self.learned = learned
        self.places = places
        self.usual_force = UsualForce(text[essay.start : essay.end], sentences, places, self.pack)
        self.per: tuple[int, str] | None = None  # item and period of the last share or head count
        # item, lead, rule and unit of the last fact in each class of units
        self.last: dict[str | None, tuple[int, Sentence | None, Rule, str | None]] = {}
        # item and page span of the last subject: of those asked for experience, of those counted, and of all others
        self.subjects: dict[str, tuple[int, Span]] = {}
        self.stated: dict[int, frozenset[tuple[str, int]]] = {}  # the measures a sentence's quantities state, by clause

    def facts(self) -> Iterator[Fact]:
        """The facts in the order of the text."""
        for number, sentence in enumerate(self.sentences):
            exempt = exempt_groups(sentence, self.pack)
            found = [
                *self._exempt_facts(number, exempt),
                *self._quantity_facts(number, exempt),
                *self._phrase_facts(number, exempt),
            ]
            for fact in found:
                for area in self.places.of(number, _stated_at(fact)):
                    yield replace(fact, province=area.province, city=area.city, county=area.county)

    # ------------------------------------------------------------------ who is left out
    def _exempt_facts(self, number: int, exempt: Sequence[Exempt]) -> Iterator[Fact]:
        sentence = self.sentences[number]
        for group in exempt:
            inside = [
                q for q, p in zip(sentence.quantities, sentence.places, strict=True) if group.start <= p < group.end
            ]
            if any(q.unit == "岁" for q in inside) and not OF_A_CHILD.search(sentence.skeleton, group.start, group.end):
                continue
            span = sentence.span(group.start, group.end)
            where = group.said_in
            usual: Modality = "proposed" if self.usual_force.of(number, "exempt_group") == "proposed" else "required"
            modality = slots.modality_of(where, group.at, group.at + 1, self.pack, usual, "exempt_group")
            quote, _ = self._quote(sentence, group.start, group.end)
            yield self._fact(
                number, "exempt_group", quote, span, modality, group.rule,
                self.learned.confidence(Rule(group.rule, "exempt_group", 0.8)),
                evidence=[Evidence("subject", span.start, span.end)],
                masked=any(q.masked for q in inside),
            )  # fmt: skip

    # ------------------------------------------------------------------ quantities
    def _quantity_facts(self, number: int, exempt: Sequence[Exempt]) -> Iterator[Fact]:
        sentence = self.sentences[number]
        hits: list[tuple[int, Rule]] = []
        for i, (quantity, place) in enumerate(zip(sentence.quantities, sentence.places, strict=True)):
            group = next((group for group in exempt if group.start <= place < group.end), None)
            if group and (quantity.unit != "岁" or OF_A_CHILD.search(sentence.skeleton, group.start, group.end)):
                continue
            rule = self._rule(sentence, i)
            if rule is not None and rule.measure is not None:
                hits.append((i, rule))
                self.last[row_class(quantity.unit)] = (sentence.spoken_at, sentence.lead, rule, quantity.unit)
        self.stated[number] = frozenset((str(rule.measure), sentence.clause_at(sentence.places[i])) for i, rule in hits)
        for run in runs(sentence, hits):
            yield from self._run_facts(number, run)

    def _rule(self, sentence: Sentence, i: int) -> Rule | None:
        """The rule that fits a quantity, else that of the one before it in its row, else what was learned."""
        rule = rule_for(sentence, i, self.pack)
        if rule is not None:
            return self.learned.second_opinion(rule, sentence, i)
        row = self._row_rule(sentence, i)
        return self.learned.second_opinion(row, sentence, i) if row else self.learned.rule(sentence, i)

    def _row_rule(self, sentence: Sentence, i: int) -> Rule | None:
        """The rule of the quantity before this one, where the two stand in a row."""
        before = self.last.get(row_class(sentence.quantities[i].unit))
        if before is None:
            return None
        item, lead, last, unit = before
        near = item == sentence.spoken_at or (lead is not None and lead is sentence.lead)
        if near and last.measure in self.pack.in_rows and in_a_row(sentence, i, last, unit):
            return replace(
                last, id=last.id.removesuffix("-in-a-row") + "-in-a-row", after=None, confidence=last.confidence * 0.85
            )
        return None

    def _run_facts(self, number: int, run: Sequence[tuple[int, Rule]]) -> Iterator[Fact]:
        """The facts of quantities that share a frame: 30%、15%、10%, or 男50周岁、女45周岁以下."""
        sentence = self.sentences[number]
        places = [sentence.places[i] for i, _ in run]
        low = sentence.clauses[sentence.clause_at(places[0])].start
        measure = run[0][1].measure or ""
        groups = paired(sentence, places, self.pack) if len(run) > 1 and "分别" in sentence.skeleton else None
        ops = [
            slots.comparator(sentence, place, sentence.quantities[i]) for (i, _), place in zip(run, places, strict=True)
        ]
        if measure in self.pack.genders or len(run) > 1:
            shared = next((op for op in reversed(ops) if op not in ("=", "between")), None)
            ops = [shared if shared and op == "=" else op for op in ops]
        for k, ((i, rule), place) in enumerate(zip(run, places, strict=True)):
            quantity = sentence.quantities[i]
            part, whole = (measure == "exchange_share" and among(sentence, place)) or (None, None)
            base = whole or (slots.base_span(sentence, place, measure) if measure in self.pack.with_base else None)
            given = groups[k] if groups else part
            subject = self._subject(number, place, measure, given, base)
            reach = rule.after.match(sentence.skeleton, place + 1) if rule.after else None
            quote, end = self._quote(sentence, low, max(places[-1] + 1, reach.end() if reach else 0))
            fact = self._fact(
                number, measure, quote, None,
                self._force(number, place, end, measure),
                rule.id, self.learned.confidence(rule, sentence, i),
                evidence=[
                    *subject, *self._evidence("base", sentence, base), Evidence("value", quantity.start, quantity.end)
                ],
                quantity=quantity, op=rule.op or ops[k], per=self._per(number, place, measure, quantity),
            )  # fmt: skip
            yield fact

    # ------------------------------------------------------------------ phrases
    def _phrase_facts(self, number: int, exempt: Sequence[Exempt]) -> Iterator[Fact]:
        sentence = self.sentences[number]
        for rule, start, end in phrase_hits(sentence, self.pack, self.stated.pop(number, frozenset())):
            measure = rule.measure or ""
            listed = sentence.stop == "：" and self.pack.kinds[measure] == "sanction"  # 有下列行为的，扣减绩效：
            if listed or any(group.start < end and start < group.end for group in exempt):
                continue
            at = max(start, sentence.skeleton.rfind("经历", start, end)) if measure == "exchange_experience" else start
            given = qualified(sentence, end, self.pack)
            if measure == "allowance":
                given = served(sentence, start, end, self.pack) or given
            subject = self._subject(number, at, measure, given, None)
            base = slots.base_of_phrase(sentence, start, end) if measure == "pay_cut" else None
            low = sentence.clauses[sentence.clause_at(start)].start
            quote, high = self._quote(sentence, low, end)
            yield self._fact(
                number, measure, quote, None,
                slots.modality_of(sentence, start, high, self.pack, self.usual_force.of(number, measure), measure),
                rule.id, self.learned.confidence(rule),
                evidence=[*subject, *(self._evidence("base", sentence, base) or self._same_as(subject, measure))],
                per=self._per_of_phrase(number, start, end, measure),
            )  # fmt: skip

    # ------------------------------------------------------------------ slots
    def _force(self, number: int, place: int, end: int, measure: str) -> Modality:
        """How strongly a quantity is meant; an age among the exempt is as strong as the line that leads their list."""
        sentence = self.sentences[number]
        default = self.usual_force.of(number, measure)
        if (
            measure in self.pack.genders
            and sentence.lead
            and (at := leads_exempt(sentence.lead, self.pack)) is not None
        ):
            return slots.modality_of(sentence.lead, at, at + 1, self.pack, default, measure)
        return slots.modality_of(sentence, place, end, self.pack, default, measure)

    def _same_as(self, subject: Sequence[Evidence], measure: str) -> list[Evidence]:
        """城市教师每年有一定比例: the subject is also what the share is of."""
        return [replace(piece, slot="base") for piece in subject] if measure == "exchange_share" else []

    def _subject(self, number: int, place: int, measure: str, given: Span | None, base: Span | None) -> list[Evidence]:
        sentence = self.sentences[number]
        counted = self._counted_in(sentence) if self.pack.kinds[measure] == "quota" else self._heads_row(sentence)
        if counted:
            return [Evidence("subject", counted.start, counted.end)]
        if party := self._party_meant(given, number, place, measure):
            return [Evidence("subject", party.start, party.end)]
        tagged = None if given else self.learned.subject(sentence, sentence.in_text(place))
        local = given or subject_span(sentence, place, measure, self.pack, base)
        span = tagged or (sentence.span(*local) if local else None)
        if span is None or span.end <= span.start:
            span = self._carried(number, measure)
            if span is not None and measure in self.pack.genders:
                span = self._noun_of(span)
        else:
            self.subjects[self._circle(measure)] = (sentence.spoken_at, span)
        if span is None:
            return []
        pieces = []
        if measure in self.pack.genders and place in sentence.places and (sex := gender_before(sentence, place)):
            pieces.append(Evidence("subject", *sentence.span(*sex)))
            if self.text[span.start] in "男女":
                span = Span(span.start + 1 + (self.text[span.start + 1 : span.start + 2] == "性"), span.end)
        return [*pieces, Evidence("subject", span.start, span.end)]

    @cached_property
    def party(self) -> str | None:
        """Which party of an agreement is the teacher: 丙方（交流教师）, else 乙方 where that is no school."""
        essay = self.text[self.essay.start : self.essay.end]
        if match := TEACHER_OF_PARTIES.search(essay):
            return match["party"]
        return "乙方" if "甲方" in essay and "乙方" in essay and not SCHOOL_OF_PARTIES.search(essay) else None

    def _party_meant(self, given: Span | None, number: int, place: int, measure: str) -> Span | None:
        """The teacher's party where an agreement names no other people for a quantity."""
        if self.party is None or given:
            return None
        sentence = self.sentences[number]
        last = self.subjects.get(self._circle(measure))
        if subject_span(sentence, place, measure, self.pack):
            return None
        if last and last[0] == sentence.spoken_at and self.party not in sentence.text:
            return None
        return self._nearest(self.party, sentence.end)

    def _counted_in(self, cell: Sentence) -> Span | None:
        """Whom a table counts: the people that its column's head names, else the school at the head of the row."""
        row = cell.row_head
        if row is None:
            return None
        if people := people_in(cell.label, self.pack):
            return self._nearest(people, cell.start)
        is_sender = self.pack.words["school_head"].search(row.text) or TOWN.search(row.text)
        return Span(row.start, row.end) if is_sender else None

    def _noun_of(self, span: Span) -> Span:
        """The noun alone of people named elsewhere, for 男 and 女 to stand before."""
        noun = people_in(self.text[span.start : span.end], self.pack)
        start = self.text.rfind(noun, span.start, span.end) if noun else span.start
        return Span(start, span.end)

    def _heads_row(self, cell: Sentence) -> Span | None:
        """The people at the head of a table's row: 一类学校交流教师."""
        row = cell.row_head
        return Span(row.start, row.end) if row is not None and people_in(row.text, self.pack) else None

    def _carried(self, number: int, measure: str) -> Span | None:
        """The subject from outside the sentence: its list's lead, its item, its heading, the nearest mention before."""
        sentence = self.sentences[number]
        last = self.subjects.get(self._circle(measure))
        if last and last[0] == sentence.spoken_at and not self._names_a_case(last[1], measure):
            return last[1]
        if sentence.lead and (found := list(mentions(sentence.lead, self.pack))):
            return sentence.lead.span(found[0].start, found[0].end)
        for earlier in reversed(self.sentences[max(0, number - 6) : number]):
            if earlier.spoken_at != sentence.spoken_at:
                break
            if first := next(mentions(earlier, self.pack), None):
                return earlier.span(first.start, first.end)
        for word in (in_headings(sentence, self.pack), self.usual_subject, self.pack.default_subject):
            if word and (span := self._nearest(word, sentence.start)):
                return span
        return None

    def _circle(self, measure: str) -> str:
        """The facts that share a subject from sentence to sentence: who must show experience is not who is paid."""
        kind = self.pack.kinds[measure]
        return kind if kind in ("promotion_requirement", "quota") else ""

    def _names_a_case(self, subject: Span, measure: str) -> bool:
        """Whether a subject is a case (擅自缺岗的) that only further sanctions share."""
        ends = self.text[subject.end - 1] in "的者"
        return ends and (self.pack.kinds[measure] != "sanction" or measure == "absence_limit")

    @cached_property
    def usual_subject(self) -> str:
        """Whom the essay mostly speaks of: the pack's usual subject, unless another is named three times as often."""
        if self.party is not None:
            return self.party
        essay = self.text[self.essay.start : self.essay.end]
        usual = max(self.pack.usual, key=essay.count, default=self.pack.default_subject)
        counts: Counter[str] = Counter()
        for sentence in self.sentences:
            counts.update(
                sentence.skeleton[m.start : m.end] for m in mentions(sentence, self.pack) if m.end - m.start > 2
            )
        common = [(n, word) for word, n in counts.items() if usual not in word]
        most = max(common, default=(0, usual))
        return (
            most[1]
            if most[0] >= 3 and most[0] > 3 * self.text.count(usual, self.essay.start, self.essay.end)
            else usual
        )

    def _nearest(self, word: str, at: int) -> Span | None:
        before = self.text.rfind(word, self.essay.start, at)
        start = before if before >= 0 else self.text.find(word, at, self.essay.end)
        return Span(start, start + len(word)) if start >= 0 else None

    def _per_of_phrase(self, number: int, start: int, end: int, measure: str) -> str | None:
        """每学期报销路费: a benefit without a sum is per what its own clauses say, never what those before said."""
        if measure == "exchange_share":
            return self._per(number, start, measure, None)
        sentence = self.sentences[number]
        clauses = sentence.clauses
        low, high = clauses[sentence.clause_at(start)].start, clauses[sentence.clause_at(end - 1)].end
        return slots.last_per(sentence.skeleton[low:high]) if measure == "allowance" else None

    def _per(self, number: int, place: int, measure: str, quantity: Quantity | None) -> str | None:
        if measure not in self.pack.with_per:
            return None
        sentence = self.sentences[number]
        carried = (
            self.per[1]
            if self.per
            and not ONCE.search(sentence.skeleton)
            and self.per[0] == sentence.spoken_at
            and measure.startswith("exchange_")
            else None
        )
        per = slots.per_of(sentence, place, measure, quantity, carried)
        if per and measure in ("exchange_share", "exchange_headcount"):
            self.per = (sentence.spoken_at, per)
        return per

    def _evidence(self, slot: str, sentence: Sentence, local: Span | None) -> list[Evidence]:
        return [Evidence(slot, *sentence.span(*local))] if local else []

    def _quote(self, sentence: Sentence, low: int, high: int) -> tuple[Span, int]:
        """The clause or run of clauses, with the next where the first only names who is meant; and its end."""
        last = sentence.clause_at(max(low, high - 1))
        end = sentence.clauses[last].end
        text = sentence.skeleton[sentence.clauses[last].start : end].rstrip("，。；")
        names = re.search("(?:的|者|教师|人员|[校）]长|后|以上|时)$", text)
        if last + 1 < len(sentence.clauses) and (names or text[-1:] >= "\ue000"):
            following = sentence.clauses[last + 1]
            if (CONTINUES if names else OBLIGES).match(sentence.skeleton, following.start):
                end = following.end
        return sentence.span(low, end), end

    def _fact(
        self, number: int, measure: str, quote: Span, subject: Span | None, modality: Modality, rule: str,
        confidence: float, *, evidence: Sequence[Evidence] = (), quantity: Quantity | None = None,
        op: str | None = None, per: str | None = None, masked: bool = False,
    ) -> Fact:  # fmt: skip
        sentence = self.sentences[number]
        words = {
            slot: "".join(self.text[e.start : e.end] for e in evidence if e.slot == slot)
            for slot in ("subject", "base")
        }
        hidden = masked or bool(quantity and quantity.masked)
        value = quantity.value if quantity and not hidden else None
        return Fact(
            kind=self.pack.kinds[measure],
            measure=measure,
            start=quote.start,
            end=quote.end,
            quote=self.text[quote.start : quote.end],
            essay=self.essay.number,
            subject=words["subject"] or (self.pack.default_subject if measure != "exempt_group" else None),
            op=op if value is not None else None,  # type: ignore[arg-type]
            value=value,
            unit=quantity.unit if quantity and value is not None else None,
            per=per,
            base=words["base"] or None,
            modality=modality,
            masked=hidden,
            confidence=confidence,
            reason=f"{self.pack.name}:{rule}",
            quoted_from=self.places.quoted_from(sentence),
            evidence=tuple(evidence),
        )


def _stated_at(fact: Fact) -> int:
    """Where a fact's value stands, or where its quote ends."""
    return next((piece.start for piece in fact.evidence if piece.slot == "value"), fact.end)
