"""Whom a rule is about: the noun phrase that stands where a reader would look for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from corpus_tools.extract.clauses import Sentence
from corpus_tools.extract.pack import ANY_QUANTITY, MARKS, OTHER_MARK, Pack
from corpus_tools.text import Span

REACH = 36  # characters a noun phrase may go back from its head
GENDER = re.compile(r"(?P<sex>[男女])(?:性|教师|同志|校长|干部|的)?(?:[^，。；男女、]{0,6})?\Z")
GENDER_BEHIND = re.compile(r"(?:及?以[上下])?的(?P<sex>[男女])")
AFTER_QUANTITY = re.compile(
    r"(?:及?以上|及?以下|左右|以内|之内|内)?(?:（[^）]{0,30}）)?(?:[^，。；：]{0,12}的|的)?(?:（[^）]{0,40}）)?"
)
CONDITION = re.compile(r"(?P<who>[^，。；：]{2,60}?(?:者|的|人员|[教老]师|[校园]长|干部))，?\Z")
LEADING = re.compile(
    r"^(?:凡是|凡|对于|对|其中|今后|当(?=校长|教师|老师|园长|班主任)|此外|另外|同时|为|如|若|如果|但|且|并|和|与|、|的|以|各|该|其|每校|等|或|及|上述|该类"
    r"|：|，|[ 　]+)+"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase for people, in skeleton positions."""

    start: int
    end: int
    head: int  # where its head noun begins


@cache
def _shapes(pack_name: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    from corpus_tools.extract.pack import load_pack

    words = load_pack(pack_name).words
    head = re.compile(words["head"].pattern + "(?:[、和与及或]?(?:其他|其它)?" + words["head"].pattern + ")*")
    stop = re.compile(rf".*(?:[，。；：！？“”《》\n]|{ANY_QUANTITY}|{words['np_stop'].pattern})", re.S)
    return head, stop, words["school_head"]


BECOMES = re.compile("(?:列为|作为|纳入|列入|属于|确定为)\\Z")  # 均列为交流对象: what they become, not who
NOBODY = frozenset({"者", "对象", "·）者"})
PUNCTUATION = re.compile(r".*[，。；：！？“”《》\n]", re.S)
ASIDE = re.compile(r"（[^）]*）|《[^》]*》")


def mentions(sentence: Sentence, pack: Pack, low: int = 0, high: int | None = None) -> Iterator[Mention]:
    """The people named between two skeleton positions, in order; not those in brackets and titles."""
    head, stop, _ = _shapes(pack.name)
    text = _without_asides(sentence.skeleton)
    at = low
    for match in head.finditer(text, low, len(text) if high is None else high):
        window = text[max(at, match.start() - REACH) : match.start()]
        stopped = (PUNCTUATION if match[0] == "者" else stop).match(window)
        start = match.start() - len(window) + (stopped.end() if stopped else 0)
        start += len(lead[0]) if (lead := LEADING.match(text[start : match.start()])) else 0
        start = min(start, match.start())
        if text[start : match.end()] not in NOBODY and not (match[0].endswith("对象") and BECOMES.search(text[:start])):
            yield Mention(start, match.end(), match.start())
        at = match.end()


def _without_asides(text: str) -> str:
    """The text with what brackets and titles hold as dots, character for character."""
    return ASIDE.sub(lambda m: m[0][0] + "·" * (len(m[0]) - 2) + m[0][-1], text)


def gender_before(sentence: Sentence, place: int) -> Span | None:
    """Where 男 or 女 stands beside a quantity that belongs to it: 女45周岁, 满55岁的男教师."""
    if match := GENDER_BEHIND.match(sentence.skeleton, place + 1):
        return Span(match.start("sex"), match.end("sex"))
    match = GENDER.search(sentence.skeleton[max(0, place - 14) : place])
    if not match:
        return None
    start = max(0, place - 14) + match.start("sex")
    return Span(start, start + 1)


# 城区学校, 各村小: words that make a kind of school of what is none
KIND_OF = re.compile("(?:城区|城镇|县城|市区|[县市州省区]直|乡镇|镇区|农村|乡村|核心|成员|超编|缺编|各村)*\\Z")
FROM_THERE = tuple("从到由向往赴在至对")


def group_before(sentence: Sentence, place: int, pack: Pack, low: int = 0, *, any_kind: bool = False) -> Span | None:
    """The school or kind of school that a share or a head count is set for, where no people are named from `low` on.

    With `any_kind` also 城区学校 and its like, of which a share may be the teachers' own.
    """
    clause = sentence.clauses[sentence.clause_at(place)]
    _, _, school = _shapes(pack.name)
    found: list[Span] = []
    for match in school.finditer(sentence.skeleton, max(low, clause.start), place):
        kind = KIND_OF.search(sentence.skeleton, clause.start, match.start())
        start = kind.start() if kind and any_kind else match.start()
        if not pack.words["any_school"].fullmatch(sentence.skeleton, start, match.end()):
            found.append(Span(start, match.end()))
    if not found or sentence.skeleton[: found[0].start].endswith(FROM_THERE):
        return None
    start = found[0].start
    return Span(start, found[-1].end if found[-1].end - start < 16 else found[0].end)


def subject_span(sentence: Sentence, place: int, measure: str, pack: Pack, base: Span | None = None) -> Span | None:
    """The subject inside the sentence of a quantity (or phrase) at a skeleton position; never its base."""
    number = sentence.clause_at(place)
    clause = sentence.clauses[number]
    kind = pack.kinds[measure]
    conditional = (kind == "sanction" and measure != "absence_limit") or measure == "exchange_duration"
    tail = _after(sentence, place, clause, pack)
    inside = [m for m in mentions(sentence, pack, clause.start, place) if not (base and base.start < m.end <= base.end)]
    last = max((p for p in sentence.places if clause.start <= p < place), default=clause.start)
    inside = [m for m in inside if m.start > last] or inside
    if (
        (kind in ("sanction", "subsidy") or measure == "exchange_duration")
        and measure != "absence_limit"
        and (told := _told_in_clause(sentence, clause, place))
    ):
        return told
    held = measure == "exchange_duration" and (inside or _before(sentence, number, pack))
    if (
        conditional
        and not held
        and (condition := _condition(sentence, place, number, stays=measure == "exchange_duration"))
    ):
        return condition
    if measure in pack.genders:
        return _group(sentence, tail, inside, number, pack)
    if measure == "exchange_experience":
        if tail and CHOSEN_FROM.match(sentence.skeleton, tail.end):
            tail = None
        if tail and "经历" in sentence.skeleton[place : tail.head]:
            return Span(tail.head, tail.end)
        return _asked(sentence, place, number, pack) or (Span(tail.start, tail.end) if tail else None)
    if kind == "quota":
        if tail:
            return Span(tail.start, tail.end)
        if counted := _counted(sentence, clause, place, inside):
            return counted
        late = any(m.start > last for m in inside)
        if not late and last > clause.start and (group := group_before(sentence, place, pack, last, any_kind=True)):
            return group
    fits = tail is not None and kind != "subsidy" and (measure != "exchange_duration" or not inside)
    if tail and fits and (sentence.skeleton[tail.head : tail.end] != "者" or not _elsewhere(sentence, number, pack)):
        return Span(tail.start, tail.end)
    if inside:
        return Span(inside[0].start, inside[0].end)
    if kind == "subsidy" and (condition := _condition(sentence, place, number)):
        return condition
    counts = measure == "exchange_headcount"
    if kind == "quota" and (group := group_before(sentence, place, pack, any_kind=counts)):
        return group
    return _elsewhere(sentence, number, pack, ahead=kind != "quota")


TOLD_IN_CLAUSE = re.compile(
    rf"(?:.*[：，])?(?P<who>(?:从|到|由|跨|拒|不服|擅|在|自愿|下到|赴|去|交流到|逾期|无故)[^，。；：]{{2,26}}的)：?(?:每|按|另|享|给|发|可|一律|，|停|扣|取消|不|视|予|追|为|则|补|再|提高|{ANY_QUANTITY}|\\Z)"
    # 住校的免收水电费, 考核优秀的每年再奖, 二类的8000元: no noun before the 的
    rf"|(?:.*[：，])?(?P<which>[^，。；：的每扣按占给{MARKS['年']}-{OTHER_MARK}]{{2,10}}(?<![师长员部人校园者标额数])的)(?:每[人年月]|再|另|奖|免收|为|则|{MARKS['元']})"
)


def _told_in_clause(sentence: Sentence, clause: Span, place: int) -> Span | None:
    """从县城到山区的每月1200元: who, as a phrase without a noun, in the clause of the quantity itself."""
    match = TOLD_IN_CLAUSE.match(sentence.skeleton, clause.start, place + 1)
    if match is None:
        return None
    return Span(*match.span("who" if match["who"] else "which"))


# 交流教师中骨干教师不低于20%; 轮出的人里头，中级以上职称的不能少于一半; 骨干教师在轮换教师中的占比
AMONG = re.compile(
    r"(?:其中)?(?:每[年次]|每学[年期]|要求|规定|，|^)*(?P<whole>[^，。；：]{2,18}?(?:教师|老师|人员|人数|校长|干部|总数|的人))(?:之|当)?(?:中|里头?|里面)，?(?:有)?"
    r"(?P<part>[^，。；：\ue000-\uf8ff]{2,18}?)(?:所?占?的?(?:比例|比重|占比))?(?:应|须|要|占|一般|原则上|至少|不|达|，|\Z)"
)
AMONG_THEM = re.compile(
    r"(?P<part>[^，。；：]{2,18}?)在(?P<whole>[^，。；：]{2,18}?)中(?:的?(?:占比|比例|比重|所占)|不|占|达|只|仅|\Z)"
)


def among(sentence: Sentence, place: int) -> tuple[Span, Span] | None:
    """The part and the whole that a share at a skeleton position is of, where the text says 中 or 里."""
    clause = sentence.clauses[sentence.clause_at(place)]
    low = sentence.clauses[max(0, sentence.clause_at(place) - 1)].start
    if any(low <= at < clause.start for at in sentence.places):
        low = clause.start
    for shape, start in ((AMONG_THEM, clause.start), (AMONG, clause.start), (AMONG, low)):
        for match in shape.finditer(sentence.skeleton, start, place):
            if match.end() <= place and "其" not in match["whole"]:
                part = match.start("part") + len(match["part"]) - len(match["part"].removeprefix("其中"))
                return Span(part, match.end("part")), Span(*match.span("whole"))
    return None


COUNTED = re.compile(
    r"(?:其中)?(?P<who>[^，。；：]{3,30}的(?=人数)|[^，。；：不应须]{2,12}(?:职称|称号|学历)的(?=不|应|须|要|占|达|至少))"
)
EVERYONE = re.compile("(?:每年|每学年|每学期|年度)?(?:实际)?(?:参加|参与)?(?:交流|轮岗|流动|轮换|支教)+的")
ABSENT = re.compile(
    f"{ANY_QUANTITY}[^，]*(?:不在岗|旷|离岗|缺岗)|[旷缺离脱空]\\S{{0,6}}{ANY_QUANTITY}"
)  # 旷工三天以上的: how long, not who
STILL_HERE = re.compile(r"(?:在职|在编|在岗|现任|我[镇乡县市校])+")


def _counted(sentence: Sentence, clause: Span, place: int, inside: Sequence[Mention]) -> Span | None:
    """在外任教超过两年的人数: those counted, where no noun names them."""
    match = COUNTED.match(sentence.skeleton, clause.start, place)
    if not match or EVERYONE.fullmatch(match["who"]) or any(m.start < match.end() for m in inside):
        return None
    return Span(match.start("who"), match.end("who"))


def _group(sentence: Sentence, tail: Mention | None, inside: Sequence[Mention], number: int, pack: Pack) -> Span | None:
    """The group an age is set for, down to its head noun: the subject will read 男 or 女 before it."""
    tail = tail or _behind_all(sentence, number, pack)
    named = [m for m in (tail, *reversed(inside)) if m and not _is_vague(sentence, m)]
    found = named[0] if named else None
    if found is None:
        for i in (*range(number - 1, -1, -1), *range(number + 1, len(sentence.clauses))):
            clause = sentence.clauses[i]
            here = (m for m in mentions(sentence, pack, clause.start, clause.end) if not _is_vague(sentence, m))
            if found := next(here, None):
                break
    if found is None:
        return None
    still = STILL_HERE.match(sentence.skeleton, found.head, found.end)
    return Span(still.end() if still else found.head, found.end)


def _behind_all(sentence: Sentence, number: int, pack: Pack) -> Mention | None:
    """男满55岁、女满50岁的老师: whom the last age of a clause qualifies, for those before it."""
    clause = sentence.clauses[number]
    places = [place for place in sentence.places if clause.start <= place < clause.end]
    return _after(sentence, places[-1], clause, pack) if len(places) > 1 else None


def _is_vague(sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention is no word that 男 or 女 could stand before: 者, 轮岗对象."""
    return sentence.skeleton[: mention.end].endswith(("者", "对象"))


CHOSEN_FROM = re.compile("(?:当|之)?中(?:产生|选|遴选|推荐|提拔)")  # 从有经历的干部中产生: not who is chosen


# 评选县级名师, 竞聘年级主任及以上岗位的教师: what one would become
PRIZE = re.compile("(?:评选|参评|竞聘|推选|选聘|选配|晋升|评聘)[^，。；]{0,6}\\Z")
PRIZE_WITHIN = re.compile("评选|参评|竞聘|推选|选聘|选配|晋升|评聘")


def _is_the_prize(sentence: Sentence, mention: Mention) -> bool:
    if sentence.skeleton[mention.end : mention.end + 1] in ("的", "者"):
        return False
    return bool(
        PRIZE.search(sentence.skeleton[: mention.start]) or PRIZE_WITHIN.match(sentence.skeleton, mention.start)
    )


def _asked(sentence: Sentence, place: int, number: int, pack: Pack) -> Span | None:
    """Who must show experience: the first people named in the nearest clause, going back, that names any."""
    for i in range(number, -1, -1):
        clause = sentence.clauses[i]
        for found in mentions(sentence, pack, clause.start, min(clause.end, place)):
            if not CHOSEN_FROM.match(sentence.skeleton, found.end) and not _is_the_prize(sentence, found):
                return Span(found.start, found.end)
    return None


# 任教满十年的，…一轮三年; 以支教方式交流的，为期一年: when or how one goes, not who
STAYED = re.compile(
    f"[{MARKS['年']}{MARKS['学年']}{MARKS['届']}]|方式|形式|^(?:(?:交流|轮岗|支教|走教|挂职|跟岗)[、和或]?)+的$"
)


def _condition(sentence: Sentence, place: int, number: int, stays: bool = False) -> Span | None:
    """考核不合格者， 拒不服从的， before a sanction: the nearest clause that names who incurs it."""
    for i in range(number, max(-1, number - 9), -1):
        clause = sentence.clauses[i]
        text = sentence.skeleton[clause.start : min(clause.end, place) if i == number else clause.end]
        colon = text.rfind("：", 0, -1) + 1
        match = CONDITION.match(text, colon)
        if match and (ABSENT.search(match["who"]) or (stays and STAYED.search(match["who"]))):
            continue
        if match and (i < number or match.end() < len(text)):
            lead = LEADING.match(match["who"])
            start = clause.start + match.start("who") + (len(lead[0]) if lead else 0)
            return Span(start, clause.start + match.end("who"))
    return None


def _after(sentence: Sentence, place: int, clause: Span, pack: Pack) -> Mention | None:
    """满六年的教师: the noun phrase that the quantity qualifies."""
    if place not in sentence.places:
        return None
    gap = AFTER_QUANTITY.match(sentence.skeleton, place + 1, clause.end)
    first = next(mentions(sentence, pack, place + 1, clause.end), None)
    if first is None or gap is None:
        return None
    if re.match("[、，和]", sentence.skeleton[place + 1 : place + 2]):
        return None
    near = first.start <= gap.end() + 2 or sentence.skeleton[place + 1 : first.head].endswith("的")
    return first if near else None


def _before(sentence: Sentence, number: int, pack: Pack) -> bool:
    """Whether an earlier clause of the sentence names people."""
    return number > 0 and next(mentions(sentence, pack, 0, sentence.clauses[number - 1].end), None) is not None


def _elsewhere(sentence: Sentence, number: int, pack: Pack, ahead: bool = True) -> Span | None:
    """People named in the clauses before, the nearest first, else in those `ahead`."""
    for i in range(number - 1, -1, -1):
        clause = sentence.clauses[i]
        if first := next(mentions(sentence, pack, clause.start, clause.end), None):
            return Span(first.start, first.end)
    for clause in sentence.clauses[number + 1 : number + 3] if ahead else ():
        if first := next(mentions(sentence, pack, clause.start, clause.end), None):
            return Span(first.start, first.end)
    return None


def in_headings(sentence: Sentence, pack: Pack) -> str | None:
    """The people that a heading or a leading line names, as a string: 支教教师 of 对支教教师的要求."""
    return next((named for title in reversed(sentence.headings[1:]) if (named := people_in(title, pack))), None)


def people_in(text: str, pack: Pack) -> str | None:
    """The first people that a few words name: 支教教师 of 支教教师人数."""
    match = _shapes(pack.name)[0].search(text)
    return match[0] if match else None


def paired(sentence: Sentence, places: Sequence[int], pack: Pack) -> list[Span] | None:
    """One subject for each of the quantities after 分别: 校长、骨干教师、普通教师 … 分别 … 30%、15%、10%."""
    word = sentence.skeleton.rfind("分别", 0, places[0])
    if word < 0 and len(places) < 2:
        return None
    found = _listed(sentence, word if word >= 0 else places[0], len(places))
    return found if found and not _shares_its_noun(sentence, found, pack) else None


def _shares_its_noun(sentence: Sentence, items: Sequence[Span], pack: Pack) -> bool:
    """服务于偏远、特偏、极偏学校的教师: not every item names someone, so that the list is one group."""
    head, _, school = _shapes(pack.name)
    texts = (_without_asides(sentence.skeleton[item.start : item.end]) for item in items)
    return not all(head.search(text) or school.search(text) for text in texts)


def _listed(sentence: Sentence, stop: int, count: int) -> list[Span] | None:
    """`count` coordinated items that stand before 分别."""
    clause = sentence.clauses[sentence.clause_at(stop)]
    for low in (clause.start, 0):
        text = sentence.skeleton[low:stop]
        parts = [
            (m.start() + low, m.end() + low) for m in re.finditer(r"(?:(?<=参)与|及(?=以上)|[^、，；：和及与])+", text)
        ]
        for i in range(len(parts) - count, -1, -1):
            window = parts[i : i + count]
            joined = all(sentence.skeleton[a[1] : b[0]] in "、和及与" for a, b in pairwise(window))
            if joined:
                return [_trimmed(sentence, Span(*part)) for part in window]
    return None


ITEM_VERB = re.compile(r"(?:每年|每学年|每学期|参与|参加|教师的|按|应|，|原则上|一般).*$")
ITEM_TAIL = re.compile(r"(?:(?:走校|轮岗|任教|服务|支教|流动)?的?(?:交流|比例|人数|年限|补助|标准|补贴|时间|期限)).*$")
ITEM_HEAD = re.compile(r"^.*(?:的(?=.{2})(?!时间|期限|年限|比例|人数|标准|补助|补贴)|对|按照?|凡|到|，|：)")


def _trimmed(sentence: Sentence, span: Span) -> Span:
    text = sentence.skeleton[span.start : span.end]
    verb = ITEM_VERB.search(text)
    text = text[: verb.start()] if verb and verb.start() > 1 else text
    head = ITEM_HEAD.match(text)
    start = span.start + (head.end() if head and head.end() < len(text) - 1 else 0)
    end = span.start + len(text)
    tail = ITEM_TAIL.search(sentence.skeleton[start:end])
    return Span(start, start + tail.start() if tail and tail.start() > 1 else end)


def served(sentence: Sentence, start: int, end: int, pack: Pack) -> Span | None:
    """给予支教教师补贴, 为路远的老师修好周转房: the people a phrase gives to; not those whose pay they get."""
    first = next(mentions(sentence, pack, start, end), None)
    if first is None or not GIVEN_TO.search(sentence.skeleton, max(0, start - 2), first.start):
        return None
    return Span(first.start, first.end)


GIVEN_TO = re.compile("(?:给予|发给|支付|提高|[为给向供让])\\Z")


def qualified(sentence: Sentence, end: int, pack: Pack) -> Span | None:
    """达到规定年限的校长或教师: the people that a phrase without a number qualifies."""
    clause = sentence.clauses[sentence.clause_at(max(0, end - 1))]
    first = next(mentions(sentence, pack, end, clause.end), None)
    if first is None or not re.fullmatch("的[^，。；]{0,10}", sentence.skeleton[end : first.head]):
        return None
    return Span(first.start, first.end)
