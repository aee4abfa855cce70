"""Who is left out: the groups named before 可暂不交流, and the items of a list that such words lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus_tools.extract.clauses import Sentence
from corpus_tools.extract.pack import Pack
from corpus_tools.text import Span

# 经县教育局同意, 在此期间: says when, not who
CIRCUMSTANCE = re.compile(
    r"^(?:(?:经|由|报|凭|持|并经)(?!.*(?:的|教师|人员|者|人|长)$)|但|根据|按照?|因工作|课题实施|(?:写|打|交|提)(?:个|份|出|交)?(?:书面)?(?:申请|报告|证明)|经本人|(?:可以?)?(?:留在|仍在|继续在)|在此|期间|在[^的]{2,12}期间|原则上|一般|当年|本年度|每年|待|如|符合条件后|自愿要求|本人|可以?申请|确因工作需要)"
    r"|(?:同意|批准|研究|认定|审批|审核|确认|证明|备案|期间|期内|情况下|的情况|规定|起|前|后)$"
)
ONLY_WHEN = re.compile(
    r"^(?:经|由|报|在|凭|课题|原则上|可).*(?:同意|批准|研究|审批|审核|确认|备案|期间|期内|年度|学年)$"
)
NOT_A_GROUP = re.compile(
    r"^[您你我]|^(?:有|具有|具备|凡有|符合|属于)?(?:下列|以下|如下|下述|上述|前款)|^(?:其他|其它)(?:情况|情形)$|不在此限|^(?:教师|校长|人员|原则上|学校|的|他们|其|交流)$"
)
FIRST_WORDS = re.compile(
    r"^(?:[一二三四五六]是|凡是?|对于|对|或者|或|以及|及|和|并|且|其中|但|如|若|不得将|不能将|不得把|将|把"
    r"|、|，|：|“|[ 　*-]|另外|同时|此外)+"
)
LAST_WORDS = re.compile(
    r"(?:原则上|可以|可|一般|当年|本年度|应|均|都|也|暂|一律|经批准后?|经批准|经同意后?|则|即|本轮|不作"
    r"|[ 　、，：；。”]|进行|得)+$"
)
TIME_AT_END = re.compile(
    r"(?<=[师员长部])(?:申报|评聘|参评|晋升)[^，。；]{0,4}$|(?:第一|首|当|本|该)(?:个)?(?:学年度?|年度?|学期)$|(?:在)?(?:课题)?(?:实施|研究)?期间$|(?:[^，、]{0,6}期间)$|在?(?:协议|培养|服务|聘)期内$"
)
# 拒不参加交流, 确定交流而不参加交流的教师: a refusal, not an exemption
REFUSAL = re.compile(r"(?:拒|无故|无正当|擅自|而|却|逃避|如|若|者|因|凡|宁愿|确定|对|未(?!满)|从)[^，。；]{0,8}\Z")
# it ends its clause, or leads a list
AFTER_IT = re.compile(
    r"(?:（[^）]{0,40}）)?(?:的?(?:人员|教师|对象|情况|情形|校长|岗位|范围)(?:有|包括|为|如下)*：|(?:有|包括|为)?[，。；：]|的?\Z|但|（)"
)
SANCTION_FOLLOWS = re.compile(
    r"[，]?(?:[^，。；]{0,6}(?:的|者|教师)，)?[^，。；]{0,6}(?:不得(?:评|参评|晋|申)|取消|扣|予以(?:通报|批评)|给予处分|年度考核)"
)


@dataclass(frozen=True, slots=True)
class Exempt:
    """One group that is left out, in skeleton positions, and how the text says so."""

    start: int
    end: int
    rule: str
    said_in: Sentence  # the sentence whose words leave the group out
    at: int  # where in it


def exempt_groups(sentence: Sentence, pack: Pack) -> list[Exempt]:
    """The groups that a sentence leaves out, by its own words, else by the line or the heading above it."""
    if "exempt_word" not in pack.words:
        return []
    said = _said_in(sentence, pack) if LEAVES_OUT.search(sentence.skeleton) else []
    if said:
        if sentence.stop == "：":
            return []
        lows = [0, *(match.end() for match in said)]
        found = [group for low, match in zip(lows, said, strict=False) for group in _before(sentence, low, match, pack)]
        if sentence.skeleton[said[-1].end() : said[-1].end() + 1] == "：":
            after = _groups(sentence, said[-1].end() + 1, None, pack)
            found += [Exempt(*span, "exempt-item", sentence, said[-1].start()) for span in after]
        if sentence.lead is not None and (led := leads_exempt(sentence.lead, pack)) is not None:
            found = [replace(group, said_in=sentence.lead, at=led) for group in found]
        return found
    cell, _, rest = sentence.skeleton.partition("：")
    if rest and len(cell) <= 24 and (said_so := pack.words["exempt_title"].search(cell)):
        return [
            Exempt(*span, "exempt-cell", sentence, said_so.start()) for span in _cells(sentence, len(cell) + 1, pack)
        ]
    if sentence.lead is not None and (at := leads_exempt(sentence.lead, pack)) is not None:
        return [Exempt(*span, "exempt-item", sentence.lead, at) for span in _groups(sentence, 0, None, pack)]
    title = sentence.headings[-1] if len(sentence.headings) > 1 else ""
    headed = title and len(title) < 24 and pack.words["exempt_title"].search(title)
    answers = sentence.stop != "：" and _answers_who(sentence, pack)
    if (headed or answers) and _names_a_group(sentence, pack):
        cells = _cells(sentence, 0, pack) if sentence.label else _groups(sentence, 0, None, pack)
        return [Exempt(*span, "exempt-heading", sentence.lead or sentence, 0) for span in cells]
    return []


LEAVES_OUT = re.compile(
    "[不免缓无延推顺豁除亦]|[没未有][列编排计]|只[安选派交轮去走动支]|待[^，。；]{2,12}再"
)  # no words leave anyone out without one of these


def _said_in(sentence: Sentence, pack: Pack) -> list[re.Match[str]]:
    """The words of a sentence that leave someone out."""
    text, words = sentence.skeleton, pack.words
    said = [m for m in words["exempt_word"].finditer(text) if _is_exemption(sentence, m)]
    if words["exempt_core"].search(text):
        said += [m for m in words["exempt_short"].finditer(text) if _ends_a_group(sentence, m, pack)]
    if said:
        said += [m for m in words["exempt_too"].finditer(text, said[0].end()) if _ends_a_group(sentence, m, pack)]
    apart: list[re.Match[str]] = []
    for match in sorted(said, key=lambda m: (m.start(), -m.end())):
        if not apart or match.start() >= apart[-1].end():
            apart.append(match)
    return apart


def leads_exempt(lead: Sentence, pack: Pack) -> int | None:
    """Where the line over a list, or the question that it answers, says that its items are left out."""
    if _answers_who(lead, pack):
        return 0
    words, _, _ = lead.skeleton.partition("：")
    if match := pack.words["exempt_word"].search(words + "："):
        return match.start() if _is_exemption(lead, match) else None
    match = pack.words["exempt_title"].search(words) if len(words) <= 24 else None
    return match.start() if match else None


def _answers_who(sentence: Sentence, pack: Pack) -> bool:
    """Whether the sentence before asks who is left out: 哪些教师可以不交流？"""
    asked = sentence.before[-40:]
    return asked.endswith("？") and bool(WHO.search(asked)) and bool(pack.words["exempt_title"].search(asked))


WHO = re.compile("哪[些几]|什么样?的?人|谁|何种|哪类")
SAYS_MORE = re.compile("应当|必须|须|由|提供|负责|报|不得|审批|批准后|可以|不再|可(?!能)|原则上")


def _names_a_group(sentence: Sentence, pack: Pack) -> bool:
    """Whether a sentence under such a heading is an item of its list and not a rule of its own."""
    text = sentence.skeleton.rstrip("，。；")
    ends = re.search(f"{pack.words['group_head'].pattern}(?:（[^）]*）)?\\Z", text)
    return len(text) <= 70 and (bool(ends) or (len(text) <= 30 and not SAYS_MORE.search(text)))


def _cells(sentence: Sentence, low: int, pack: Pack) -> Iterator[Span]:
    """The groups of a table cell or a run-in list: bare nouns are parted at each 、 where no head noun tells."""
    text = sentence.skeleton
    if re.search(pack.words["group_head"].pattern, text[low:]) or len(text) - low > 40:
        yield from _groups(sentence, low, None, pack)
        return
    for match in re.compile("[^、，；。和或]+").finditer(text, low):
        yield from _clean(text, match.start(), match.end())


def _ends_a_group(sentence: Sentence, match: re.Match[str], pack: Pack) -> bool:
    """怀孕教师可暂缓, 离退休不到五年的，不动: short words that leave out only right behind those they leave out."""
    before = LAST_WORDS.sub("", sentence.skeleton[: match.start()]).rstrip("，")
    while CIRCUMSTANCE.search(before[before.rfind("，") + 1 :]) and "，" in before:
        before = before[: before.rfind("，")]
    named = re.search(f"{pack.words['group_head'].pattern}(?:（[^）]*）)?\\Z", before)
    return bool(named) and not REFUSED.search(before)


REFUSED = re.compile("拒|不服从|无故|擅自|无正当|应交流|逾期|放[弃棄]|未(?:报到|依限|按)|成功")


def _is_exemption(sentence: Sentence, match: re.Match[str]) -> bool:
    text = sentence.skeleton
    if REFUSAL.search(text[max(0, match.start() - 12) : match.start()]):
        return False
    return bool(AFTER_IT.match(text, match.end())) and not SANCTION_FOLLOWS.match(text, match.end())


def _before(sentence: Sentence, low: int, match: re.Match[str], pack: Pack) -> Iterator[Exempt]:
    """The groups before the words that leave them out; between 不得将 and 列为 where they stand so."""
    text, at = sentence.skeleton, match.start()
    if put := PUT_BETWEEN.match(match[0]):
        spans = list(_groups(sentence, at + put.start("who"), at + put.end("who"), pack))
    else:
        chain = _chain(text, low, at, pack, only_last=match[0] == "除外")
        spans = list(_groups(sentence, *chain, pack))
    for span in spans:
        if REFUSED.search(text, span.start, span.end):
            continue
        yield Exempt(span.start, span.end, "exempt-words", sentence, at)


PUT_BETWEEN = re.compile(r"(?:不(?:得|能|应|宜))?(?:将|把)(?P<who>.+?)(?:列为|作为|纳入|列入|安排|整体排除|排除)")


def _chain(text: str, low: int, high: int, pack: Pack, only_last: bool) -> Span:
    """The run of groups before an exemption: the nearest clause that names one, and those joined to it."""
    clauses = [(m.start() + low, m.end() + low) for m in re.finditer("[^，：；]+", text[low:high])]
    ends_in_head = re.compile(f"{pack.words['group_head'].pattern}(?:（[^）]*）)?\\Z")
    last = len(clauses) - 1
    while last > 0 and (
        not _core(text[slice(*clauses[last])]) or CIRCUMSTANCE.search(_core(text[slice(*clauses[last])]))
    ):
        last -= 1
    if last < 0:
        return Span(low, high)
    named = last
    while named > 0 and not only_last and not ends_in_head.search(_core(text[slice(*clauses[named])])):
        named -= 1
    if not ends_in_head.search(_core(text[slice(*clauses[named])])):
        named = last
    end = high if named == len(clauses) - 1 else clauses[named][1]
    while (
        named > 0
        and not only_last
        and (
            ends_in_head.search(text[slice(*clauses[named - 1])])
            or text[clauses[named - 1][0] : clauses[named - 1][0] + 1] in "对凡"
        )
    ):
        named -= 1
    return Span(clauses[named][0], end)


def _groups(sentence: Sentence, low: int, high: int | None, pack: Pack) -> Iterator[Span]:
    """The groups listed in part of a sentence: parted where one group's head noun ends."""
    text = sentence.skeleton
    high = len(text) if high is None else high
    head = pack.words["group_head"].pattern
    start = low
    for match in re.compile(
        f"(?P<group>{head})(?:[，、；]|(?:以及|和|及|或者?|与)(?=[^，。；、]{{3,}}{head}))"
    ).finditer(text, low, high):
        yield from _clean(text, start, match.end("group"))
        start = match.end()
    yield from _clean(text, start, high)


def _clean(text: str, start: int, end: int) -> Iterator[Span]:
    """The group without the clauses that tell when, and without the words that join it to its verb."""
    clauses = [(m.start() + start, m.end() + start) for m in re.finditer("[^，：]+", text[start:end])]
    while clauses:
        last = _core(text[slice(*clauses[-1])])
        if last and not (CIRCUMSTANCE if len(clauses) > 1 else ONLY_WHEN).search(last):
            break
        clauses.pop()
    if not clauses:
        return
    low, high = clauses[0][0], clauses[-1][1]
    if lead := FIRST_WORDS.match(text[low:high]):
        low += lead.end()
    if tail := LAST_WORDS.search(text[low:high]):
        high = low + tail.start()
    if tail := TIME_AT_END.search(text[low:high]):
        high = low + tail.start()
    group = text[low:high].rstrip(" ，、；。：")
    high = low + len(group)
    if 2 <= len(group) <= 70 and not NOT_A_GROUP.match(group):
        yield Span(low, high)


def _core(clause: str) -> str:
    return LAST_WORDS.sub("", FIRST_WORDS.sub("", clause)).strip()
