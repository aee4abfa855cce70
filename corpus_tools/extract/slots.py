"""What a quantity is measured on, per what, with which comparator, and how strongly it is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_tools.extract.clauses import Sentence
from corpus_tools.extract.pack import ANY_QUANTITY, MARKS, Pack
from corpus_tools.records import Modality, Op, Quantity
from corpus_tools.text import Span

# 不低于符合条件教师总数的10%: the comparator stands before the base, away from its number
COMPARATORS: Sequence[tuple[re.Pattern[str], Op]] = (
    (re.compile("不(?:得|能|应|可|宜)?(?:低于|少于|小于|短于)|至少|不下于|最少|达到?|要达到"), ">="),
    (re.compile("不(?:得|能|应|可|宜)?(?:超过|高于|多于|大于|突破|超出|长于|逾)|至多|最多|以内|控制在"), "<="),
    (re.compile("超过|多于|高于|大于"), ">"),
    (re.compile("低于|少于|不足|未满|不满|小于"), "<"),
)
BASE_STOP = (
    r".*(?:[，。；：！？]|以(?!上|下)|不(?:得|能|应|可|宜)?(?:低于|少于|超过|高于|多于|突破|超出|逾|小于)|低于|超过|至少|占到?|达到?了?|到(?!农)|按照?|为|应(?!交流|轮岗)|须|约|在(?!校|岗|编)|是|由|从|"
    r"只发|仅发|比例|人数(?=不|达|占|要|应|为)|其|分别|各|约占|控制在|扣发|扣减|扣除|扣罚|减发|停发|核减|一般|发放|相当于|不足|近|每年|每学年|将|安排|选派|聘|要|各校|校点|学校按)"
)
BASE_AFTER = re.compile(
    r"(?:以上|及以上|左右|以内|以下|上下)?的(?!比例)(?P<base>[^，。；：]{0,20}?(?:教师|校长|干部|人员|教职工|老师|名师))"
)
# 骨干教师占交流教师的比例超过30%
SHARE_OF = re.compile(
    r"占(?P<base>[^，。；：占]{2,20}?)的?(?:比例|比重|占比)(?:应|须|要|为|达到?|一般|原则上|至少|不)*\Z"
)
PAY_BASE = re.compile(r"(?P<base>[^，。；：]{0,16}?(?:工资|绩效|津贴|补贴|补助|考核奖|奖金|待遇))")
PAID_BY = re.compile(r"(?P<base>[^，。；：]{0,20}?(?:工资|绩效|津贴|补贴|补助|奖|待遇))按照?[^，。；：]{0,10}\Z")
PER: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile("每学期|学期内|一学期(?:内|累计)|每个学期|[/·]学期"), "学期"),
    (re.compile("每学年|学年内|每个学年|学年度内?|一学年(?:内|累计)|[/·]学年"), "学年"),
    (
        re.compile(
            "(?:每人)?每年|年均|年度内|每年度|一年(?:内|累计|中)|全年|当年|逐年|每个?年|按年|一个年度|年度(?=[^，。；]{0,6}(?:交流|轮岗|流动|选派))|(?<![每学本上今去\\d])年(?=交流|轮岗|流动)|[/·]年"
        ),
        "年",
    ),
    (re.compile("每人?每月|每月|月均|按月|逐月|每个月|月补|[/·]月"), "月"),
    (re.compile("每周|一周内"), "周"),
    (re.compile("每天|每日|按天"), "天"),
    (re.compile("每次|每批次?|每轮|每期"), "次"),
    (re.compile("每校|每所|各校(?!点)|每个?(?:学校|单位|学区|幼儿园)|各(?:中小)?学校|每一所"), "校"),
    (re.compile("每班"), "班"),
)
PER_OF_MEASURE = {
    "exchange_experience": ("校",),
    "absence_limit": ("学期", "学年", "年", "月", "周"),
    "pay_cut": ("天", "次", "节", "月"),
    "bonus_multiplier": ("年", "学年", "学期", "月"),
}


VERB_BETWEEN = re.compile("(?:任|连任|派|交流|待|教)了?")  # 最多任两届
BOUND_AFTER = re.compile("(?P<most>为(?:上限|顶)|封顶)|为(?:下限|底线)|保底|打底")  # 以百分之二十为上限


def comparator(sentence: Sentence, place: int, quantity: Quantity) -> Op:
    """The comparator of a quantity; one that stands before the base counts where the quantity has none of its own."""
    if quantity.op != "=":
        return quantity.op
    if quantity.unit == "元" and sentence.skeleton.startswith("为限", place + 1):
        return "<="
    if bound := BOUND_AFTER.match(sentence.skeleton, place + 1):
        return "<=" if bound["most"] else ">="
    clause = sentence.clauses[sentence.clause_at(place)]
    before = sentence.skeleton[clause.start : place]
    cut = max((m.end() for m in re.finditer(ANY_QUANTITY, before)), default=0)
    if re.search("[、至或和]", before[cut:]) and cut:  # 不低于总数的30%、15%、10%
        cut = 0
    near = before[cut:]
    found = [(m.end(), op) for shape, op in COMPARATORS for m in shape.finditer(near)]
    if not found:
        return quantity.op
    at, op = max(found, key=lambda pair: pair[0])
    rest = near[at:]
    return (
        op
        if rest.endswith("的") or VERB_BETWEEN.fullmatch(rest) or re.search(f"的?(?:{ANY_QUANTITY}[、和及])+\\Z", rest)
        else quantity.op
    )


def base_span(sentence: Sentence, place: int, measure: str) -> Span | None:
    """What a share, a multiple or a cut is measured on, in the skeleton."""
    clause = sentence.clauses[sentence.clause_at(place)]
    text = sentence.skeleton
    if text[place] == MARKS["元"] and measure != "pay_cut":
        return None
    before = text[clause.start : place]
    before = re.sub(f"(?:{ANY_QUANTITY}[、和及])+\\Z", "", before)
    if measure == "pay_cut" and (match := _searched(PAID_BY, before)):
        return _bounded(text, clause.start + match.start("base"), clause.start + match.end("base"))
    if before.endswith("的") or (measure == "exchange_share" and before.endswith(("总数", "人数"))):
        stopped = re.match(BASE_STOP, before[:-1] if before.endswith("的") else before, re.S)
        start = clause.start + (stopped.end() if stopped else 0)
        end = clause.start + len(before) - before.endswith("的")
        if end - start >= 2:
            return Span(start, end)
    if measure == "exchange_share" and (share := SHARE_OF.search(before)):
        return Span(clause.start + share.start("base"), clause.start + share.end("base"))
    if sentence.skeleton.startswith("的比例", place + 1):  # 按不低于专任教师10%的比例
        stopped = re.match(BASE_STOP, before, re.S)
        start = clause.start + (stopped.end() if stopped else 0)
        return Span(start, place) if place - start >= 2 else None
    if measure == "exchange_share" and (match := BASE_AFTER.match(text, place + 1)):
        return Span(match.start("base"), match.end("base"))
    if measure == "pay_cut" and (pay := _searched(re.compile(PAY_BASE.pattern + r"[^，。；：]{0,4}\Z"), before)):
        return _bounded(text, clause.start + pay.start("base"), clause.start + pay.end("base"))
    return None


def base_of_phrase(sentence: Sentence, low: int, high: int) -> Span | None:
    """What a cut without a number is made on: 扣减基础性绩效工资."""
    clause = sentence.clauses[sentence.clause_at(low)]
    for shape, start in ((CUT_FROM, low), (CUT_WHOLE, clause.start)):
        if match := shape.search(sentence.skeleton, start, high + 12):
            return Span(*match.span("base"))
    return None


# 扣减基础性绩效工资, 追回已发的专项津贴
CUT_FROM = re.compile(
    r"(?:扣发|扣减|扣除|扣罚|减发|核减|下浮|扣(?:了|掉)|追回|追缴|收回|扣回)(?:其|已发的?|已领的?|全部|部分|所有|相应)*"
    + PAY_BASE.pattern
)
# 当年奖励性绩效工资全额扣除
CUT_WHOLE = re.compile(
    PAY_BASE.pattern + r"(?:也|一律|要|予以|全额|全部|一并|往下)*(?:扣除|扣发|扣减|追回|核减|扣(?=[，。；]))"
)


def _searched(shape: re.Pattern[str], text: str) -> re.Match[str] | None:
    return shape.search(text[-40:]) if len(text) <= 40 else re.compile(shape.pattern).search(text, len(text) - 40)


def _bounded(text: str, start: int, end: int) -> Span | None:
    stopped = re.match(BASE_STOP, text[start:end], re.S)
    start += stopped.end() if stopped and stopped.end() < end - start - 1 else 0
    return Span(start, end) if end - start >= 2 else None


def per_of(sentence: Sentence, place: int, measure: str, quantity: Quantity | None, carried: str | None) -> str | None:
    """Per what the quantity is set: its own word, else the clause's, else that of the clauses before."""
    allowed = PER_OF_MEASURE.get(measure)
    own = quantity.per if quantity and quantity.per != "人" else None  # 1000元/人: for each who goes, no period
    if own and (allowed is None or own in allowed):
        return own
    number = sentence.clause_at(place)
    for i in range(number, -1, -1):
        clause = sentence.clauses[i]
        high = place if i == number else clause.end
        near = last_per(sentence.skeleton[clause.start : high])
        if near is None and i == number:
            near = last_per(sentence.skeleton[place : clause.end])
        if near is None and i == number:
            near = _in_each(sentence, clause.start, place) or _per_of_table(sentence)
        if near and (allowed is None or near in allowed):
            return near
        if allowed is not None:
            break
    return carried if allowed is None else None


def _in_each(sentence: Sentence, low: int, place: int) -> str | None:
    """The period that a quantity of one before it names: 一学期缺课满5节, 一次扣200元."""
    before = zip(sentence.places, sentence.quantities, strict=True)
    ones = [q.unit for at, q in before if low <= at < place and q.value == 1 and q.op == "=" and q.unit in PERIODS]
    return ones[-1] if ones else None


PERIODS = frozenset({"年", "学年", "学期", "月", "周", "天", "次", "节"})


def _per_of_table(sentence: Sentence) -> str | None:
    """The period that the head of a cell's column names, the line that leads its table, or its heading."""
    if not sentence.label and sentence.row_head is None:
        return None
    lead = sentence.lead.skeleton if sentence.lead else ""
    told = (last_per(text) for text in (sentence.label, lead, sentence.before, *sentence.headings[-1:]))
    return next((per for per in told if per), None)


def last_per(text: str) -> str | None:
    """The last period that a text names: 每学期, 每人每月."""
    found = [(m.end(), -k, per) for k, (shape, per) in enumerate(PER) for m in shape.finditer(text)]
    return max(found)[2] if found else None


# 2021年全县选派城区教师92名: a past year, and nothing of what shall be
PAST = re.compile(
    r"20\d\d年|去年|今年(?!起|内|要|计划|拟)|上一?(?:个)?学[年期]|本年度|完成|共(?:有|选派|交流|流动)|已|先后|累计|首批|又有|"
    f"[两三几四五{MARKS['年']}]年?(?:来|共|间|下来)"
)
FUTURE = re.compile(
    r"每[年学期校所次月]|各校|不少于|应|须|必须|要(?!求)|计划|拟|力争|将|安排|不超过|起|核定|下达|分配|同意|名额"
)


def _tells_a_count(sentence: Sentence, text: str, number: int) -> bool:
    if FUTURE.search(text):
        return False
    before = sentence.skeleton[: sentence.clauses[number].end]
    return bool(PAST.search(before)) and not FUTURE.search(before)


TELLS_A_SHARE = re.compile(
    f"(?<!应)(?<!须)占[^，。；]{{2,24}}的?{ANY_QUANTITY}(?:左右)?(?:[，。；]|\\Z)"
)  # 占专任教师的9.3%
TARGET = re.compile(
    "应(?!(?:交流|轮岗|流动)(?:轮岗)?的?(?:教师|人|总|对象|校长|骨干))|须|要|不(?:得)?(?:低于|少于|超过)|力争|原则|一般|可|每年|每学年|鼓励|计划|拟|目标"
)


def modality_of(sentence: Sentence, low: int, high: int, pack: Pack, default: Modality, measure: str) -> Modality:
    """How strongly a span of a sentence is meant: its own clauses decide, then the hedge carried from those before."""
    number = sentence.clause_at(low)
    last = sentence.clause_at(max(low, high - 1))
    text = sentence.skeleton[sentence.clauses[number].start : sentence.clauses[last].end]
    bare = all(q.op == "=" for q, p in zip(sentence.quantities, sentence.places, strict=True) if p == low)
    if (
        measure == "exchange_share"
        and bare
        and default != "proposed"
        and TELLS_A_SHARE.search(text)
        and not TARGET.search(text)
    ):
        return "reported"
    own = _force(text, pack, default, measure)
    if own is None and measure in CONDITIONS:
        own = _force_of_what_follows(sentence, last, pack, default, measure)
    inside = [q for q, p in zip(sentence.quantities, sentence.places, strict=True) if low <= p < max(high, low + 1)]
    if own is None and any(q.op in (">=", "<=") for q in inside):
        planned = pack.words["plan"].search(sentence.skeleton, 0, sentence.clauses[number].start)
        own = "proposed" if default == "proposed" or planned else "required"
        if measure == "exchange_experience" and own == "required" and TOLD_OF_SOME.search(sentence.skeleton):
            own = "reported"
    if measure == "exchange_headcount" and own in (None, "required") and default != "proposed":
        own = "reported" if _tells_a_count(sentence, text, number) else own
    if own is not None:
        return own
    for clause in sentence.clauses[number - 1 :: -1] if number else ():
        before = sentence.skeleton[clause.start : clause.end]
        if DRAFT.search(before):
            return "proposed"
        if pack.words["carried_hedge"].search(before):
            return "recommended"
        if pack.words["must"].search(before):
            break
        if measure not in CONDITIONS and pack.words["done"].search(before):
            return "reported"
        if pack.words["plan"].search(before):
            return "proposed"
    return default


def _force_of_what_follows(
    sentence: Sentence, number: int, pack: Pack, default: Modality, measure: str
) -> Modality | None:
    """任职满三年的，原则上交流: a condition is as strong as what follows from it."""
    if not ENDS_A_CONDITION.search(sentence.skeleton, sentence.clauses[number].start, sentence.clauses[number].end):
        return None
    for clause in sentence.clauses[number + 1 :]:
        text = sentence.skeleton[clause.start : clause.end]
        if MARKS["年"] in text or (MARKS["岁"] in text and "放宽" in text):
            return None  # 校长满六年，教师满九年: another rule
        force = _force(sentence.skeleton[clause.start : clause.end], pack, default, measure)
        if force is not None:
            return force
    return None


ENDS_A_CONDITION = re.compile(f"(?:的|者|以[上下]|[老教]师|[校园组）]长|人员|干部|{ANY_QUANTITY})[，；]?\\Z")
# 去年提拔的9名校长，人人有两年以上的乡村任教经历
TOLD_OF_SOME = re.compile(
    f"(?:提拔|晋升|评上|当选|选拔|表彰)了?的[^，。；]{{0,4}}{MARKS['人']}|(?:全部|人人|均|都)已?有{MARKS['年']}"
)
DRAFT = re.compile(
    "拟规定|拟要求|拟定为|拟按|拟限定|暂定|(?:笔者|本文|我们?|作者)(?:以为|认为|建议|主张)|主张|初步(?:考虑|打算|设想|意见)"
)
RAISED_TO = re.compile("(?<!已)(?<!已经)(?:将|把|由|逐步)[^，。；]{2,24}(?:提高|扩大|增加|提升)[到至]")
CONDITIONS = frozenset(
    {"same_school_limit", "age_limit", "service_minimum", "exempt_group"}
)  # 截至今年8月满六年的: no deed


def _force(text: str, pack: Pack, default: Modality, measure: str) -> Modality | None:
    words = pack.words
    if DRAFT.search(text) or (default != "required" and RAISED_TO.search(text)):
        return "proposed"
    if words["strong"].search(text):
        return "proposed" if default == "proposed" else "required"
    if measure == "exchange_experience" and words["prefer"].search(text):
        return "recommended"
    if words["hedge"].search(text):
        return "proposed" if default == "proposed" and not words["rule_hedge"].search(text) else "recommended"
    if measure not in CONDITIONS and words["done"].search(text) and not words["must"].search(text):
        return "reported"
    if words["plan"].search(text):
        return "proposed"
    if words["must"].search(text):
        return "proposed" if default == "proposed" else "required"
    return None
