"""What an essay says once for all its facts: its kind of text, and the place it speaks for."""

from __future__ import annotations

import re
from typing import Literal

from corpus_tools.records import Modality

Genre = Literal["rule", "report", "advice"]

RULE = re.compile(
    r"本(?:办法|方案|意见|规定|制度|细则|要点|通知)|自(?:发文|发布|公布|印发|颁布)之日|特?制[定订]本|第[一二三四五六七八九十\d]{1,3}条|"
    r"实施(?:办法|方案|细则|意见)|管理(?:办法|制度|规定)|现(?:将|就)[^。\n]{2,40}(?:通知|如下)|经研究|指导思想|(?:范围|对象)(?:和|与)(?:条件|对象)|问[:：]|简章|公告"
)
REPORT = re.compile(
    r"工作总结|小结|汇报|我(?:校|县|区|市|局|镇|园|们)?(?:始终|坚持|先后|共|已|积极|来到|被|有幸|在[^。]{2,20}支教)|本报讯|记者|据悉|日电|回顾|"
    r"一年来|这一年|几年来|近年来|取得(?:了)?[^。]{0,10}(?:成效|成绩)|述职|心得|体会|感悟|报告如下"
)
ADVICE = re.compile(
    r"我们(?:建议|认为)|建议(?:分|国家|各地|尽快|进一步|在|对)|笔者|我认为|国家将|呼吁|思考|对策|提案|议案|调研(?:报告|发现)|正在会同|顶层(?:制度)?设计"
)


# the line that names a document says best what it is: …工作总结, 在…会上的讲话, …实施办法
TITLED_RULE = re.compile(
    r"(?:办法|方案|意见|规定|细则|通知|制度|规则|简章|公告|章程|须知|安排)(?:（[^）]{1,8}）)?\s*(?:\n|\Z)"
)
TITLED_REPORT = re.compile(r"总结|汇报|回顾|小结|述职|本报讯|日电|记者|纪实")
# what a school's meeting notes is still to be done; what an office's meeting lays down binds
TITLED_ADVICE = re.compile(
    r"(?:校[务长]?|行政|教研|座谈|支部|总支)[^\n]{0,6}会议?纪要|会议记录|提案|议案|建议书|起草说明"
)
# 下一步打算, 今后工作: what stands under it is not done yet
PLANS_AHEAD = re.compile(
    r"下一步|打算|今后|(?:工作)?(?:设想|展望|思路)|明年|下(?:一)?(?:学年|年度|阶段)|努力方向|^建议|对策"
)
TELLS_A_RULE = re.compile(r"规定|文件|办法|写明|制度(?:要求|明确)|明确|要求|(?:说|讲|写)得[^，。]{0,3}(?:明白|清楚)")
# in advice the author too would 明确 this and that
TOLD_BY_AN_OFFICE = re.compile(
    r"[省市县区部局厅办国里]的?[^，。；]{0,8}?(?:规定|明确|要求)|文件|《[^》]+》|(?:现行|有关)[^，。；]{0,6}规定|制度(?:要求|明确)|一般要求"
)
# 下一步怎么办？初步有这么几条想法，请大家讨论。
ANNOUNCES_PLANS = re.compile(
    r"(?:几[条点个]|如下|以下|初步的?)(?:想法|打算|设想|建议|考虑)|请大家(?:讨论|议一议)|下一步(?:怎么办|的?打算|怎么走)|我(?:建议|的建议是|想提)"
)

# 我许三个愿：…; 笔者以为，… holds for its paragraph
PROMISES = re.compile(r"许[^，。；]{0,4}个?愿|(?:笔者|本文|作者)(?:以为|认为|建议|主张)|在我看来")
# 现状, 基本情况: what stands under it is so already
HOW_THINGS_ARE = re.compile("现状|基本情况|工作进展|主要成效")


def genre_of(body: str) -> Genre:
    """Whether an essay lays down rules, tells what was done, or advises; rules unless the other marks prevail.

    The heading of a collection (工作总结篇七) is no evidence: what stands under it is often a rule.
    """
    rule, report, advice = (len(shape.findall(body)) for shape in (RULE, REPORT, ADVICE))
    if TITLED_ADVICE.search(body[:60]) or (advice >= 2 and advice >= rule and advice >= report):
        return "advice"
    return "report" if report > rule + 1 or (report >= rule and _is_titled_report(body)) else "rule"


def _is_titled_report(body: str) -> bool:
    """Whether a document's first words say that it tells what was done; a chapter of a collection does not count."""
    head = body[:60]
    return bool(TITLED_REPORT.search(head)) and not TITLED_RULE.search(head) and "篇" not in head


DEFAULTS: dict[Genre, Modality] = {"rule": "required", "report": "reported", "advice": "proposed"}
