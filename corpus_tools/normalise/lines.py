"""Sentences cut by a page break or by word wrap are joined; headings, list items, verse, addresses and tables are not.

A page printed to PDF and scraped again breaks a sentence wherever the paper ended: with one line break where lines were
wrapped, with a blank line where a page was. Nothing on the page says which breaks are the author's, so each candidate
is judged by what stands on both sides and by how the page itself is set. A break after a complete sentence is never
touched: nobody can know.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from corpus_tools.normalise.classes import HAN
from corpus_tools.text import Edit

LINE = re.compile(r"[^\n]+")
HAN_RUN, HAN_AT_END = re.compile(f"[{HAN}]+"), re.compile(f"[{HAN}]+$")
STOPS, CLOSERS = frozenset("。！？；：…!?;:"), "”’」』》〉）】〕〗)]\"'"
# 我说：“你们好。”🎉 念不下去。❄️: what an account sets behind a sentence
PICTURES = re.compile("[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+$")
# 不少于 | 三年   百分之 | 十
NUMBER_AWAITED = re.compile(
    "(?:百分之|不[得]?[少低多高大小]?[于於]|不得?超[过過]|至少|[达達]到|超[过過]|[满滿]|[约約]|每[年月人周学學])$"
)
NUMERAL = re.compile("[0-9一二三四五六七八九十百千两兩半xX×]")
# Mark-up headings, quotations and table rows
NO_JOIN = frozenset("#|>")
# 3 | 00元   20 | 13年
CELLS = re.compile(r"\S(?: {2,}|\t|\u3000)\S*$")  # 海拔三千米以上    900: a row of a table, not half a number
NUMBER_ENDS = re.compile(r"\d$|[^\n]{8}\d[.．]$")  # 3 | 00元, 由61. | 4分
# 第四条 教师生病住院的，派出学校与受援 | 学校: an article is text, not a heading
ARTICLE = re.compile(r"第[一二三四五六七八九十百零\d]{1,4}[条條].*[，,；;]")
# 二、教学方面的 | 主要工作
OF_WHAT = re.compile("(?:方面|过程中|過程中|期间|期間|阶段|階段|领域|領域|工作中|学年|學年|时期|時期)的$")
# 二、严格程序，把人选 | 选准
REST_OF_HEADING = re.compile(rf"[{HAN}]{{1,4}}$")
TWO_PART_HEADING = re.compile("[，,].{2,}")
# 参加人数：学生十八名，老师三名: the row of a form
FORM_LABEL = re.compile(
    rf"[{HAN}]{{0,4}}(?:[数數间間点點期象名位级級额額址话話别別]|内容|內容|负责人|負責人|主持人|参加人|參加人|记录人|記錄人)[：:][^。！？；]{{1,40}}$"
)
NUMBER_GOES_ON = re.compile(
    r"\d{1,4}(?:\.\d+)?(?:[%％元万萬亿億年月日号號个個名人所次天周岁歲学學余餘多批届屆位公件项項本篇册冊节節门門班户戶间間里米分小条條]|[，。、；])"
)
# 支教日记 3   述职报告2
TITLE_NUMBER = re.compile(
    r"[^，。；：！？]{1,30}(?:总结|總結|小结|小結|日记|日記|心得|体会|體會|报告|報告|范文|方案|计划|計劃|讲话|講話|发言|發言|札记|札記|随笔|隨筆"
    r"|故事|材料|教案|篇|之) ?\d{1,2}$"
)
# 一、 （一） 1. (1) ① 第三条 一是 - • # : a line that begins an item or a heading
ITEM = re.compile(
    r"[#>|*•●◆■▲★☆※►▶▷➤☞◎→·-]"
    r"|[（(]?(?:[一二三四五六七八九十百]{1,3}|[壹贰貳叁参參肆伍陆陸柒捌玖拾])[、)）．.](?![一二三四五六七八九十][年个個名位月日])"
    r"|[（(]\d{1,3}[)）]"
    r"|\d{1,2}(?:\.\d{1,2})*(?:[、.．)）](?!\d)| )"
    r"|第[一二三四五六七八九十百零\d]{1,4}[章节節条條款篇部讲講课課回，、,]"
    r"|[①-⓿㈠-㈩⒈-⒛ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]"
    r"|[A-Za-z][.、)）]"
    r"|(?:范文|範文|例文|样本|樣本|模板|篇)(?:[一二三四五六七八九十]{1,3}|\d{1,2})[：:、 ]"  # 范文三：重新出发
)
ITEM_NUMBER = re.compile(r"[\d一二三四五六七八九十百]+")
# These begin a sentence, never the middle of one.
SERIES = re.compile("[一二三四五六七八九十][是要]")
OPENING = re.compile(r"首先|其次|再次|最后|最後|总之|總之|此外|另外|同时，|同時，|附[：:件]|注[：:]|备注|備註")
# 篇一  篇 2
ESSAY_HEADING = re.compile(r"篇\s?(?:[一二三四五六七八九十]{1,3}|\d{1,3})\W*$")
# 范文一：换一种眼光, 【例文2】
TITLED_ESSAY = re.compile(
    r"[#*【 ]*(?:范文|範文|例文|样本|樣本|模板|篇)(?:[一二三四五六七八九十]{1,3}|\d{1,2})[】：:、 ][^。！？]{0,40}$"
)
# 骨干教师送教工作总结三: the title of one of several
COUNTED_TITLE = re.compile(
    r"[^，。；：！？,]{1,30}(?:总结|總結|小结|小結|汇报|匯報|报告|報告|心得|体会|體會|讲话|講話|发言|發言|日记|日記|随笔|隨筆|计划|計劃|方案|范文|範文|稿)"
    r"[（(]?[一二三四五六七八九十]{1,3}[)）]?$"
)
# 第三笔账，算一算老百姓的幸福账: a heading that counts
COUNTED_HEADING = re.compile("第[一二三四五六七八九十][个個句件点點步笔筆本把条條招项項][^，。：,]{0,4}[，：,]")
# 地址：… 电话：… 组长：朱某 张老师：你好
LABEL = re.compile(rf"[{HAN}A-Za-z]{{1,8}}(?: [{HAN}]{{1,6}})?[：:]")
# 2024年3月5日, 二○二四年三月
DATE_LINE = re.compile(
    r"[\d一二三四五六七八九十〇○零xX×_\\]{2,10}年(?:[\d一二三四五六七八九十xX×_\\]{1,4}月)?[\d一二三四五六七八九十xX×_\\日]{0,6}[）)]?$"
)
# 九月三日 晴, 3月5日 星期三 小雨
DIARY_DAY = re.compile(
    r"[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}[日号號]"
    r"(?:[ ，,]?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天])?"
    r"(?:[ ，,]\S{1,6}){0,2}$"
)
# 此致 | 敬礼   祝您 | 身体健康   学生 小禾 敬上
WISH = re.compile(
    r"(?:此致|[顺順敬谨謹恭]祝|(?:^|[。！？，])(?:最后|最後)?祝(?:愿|願)?(?:您|你|你们|你們|大家|各位|老师|老師)?|即[颂頌祝]|[顺順]颂|順頌)[：:]?$"
)
WISHED_CHARS = 16
SIGNED = re.compile(r".{0,20}(?:[敬谨謹拜][上启啟呈]|鞠躬|手[书書]|[谨謹]此)$")
ADDRESS = re.compile(r"https?://|www\.|邮编|郵編|@\w+\.")
# What a site sets beside a text: bylines, notices, links; looked for by the characters that they begin with
SITE_LINE = re.compile(
    r"(?=[\d编編楼樓本该該剩👆👇长長—▼▲我上記记下回返马馬登注註購购開开小推阅閱来來作编編责責发發日浏瀏相版扫掃公转轉點点加Q更海当當分收])"
    r"(?:(?:编者|編者|楼主|樓主|编辑|編輯)(?:按|的话|的話)[：:]|[本该該](?:文档?|文檔?|资料|資料)由(?:会员|會員|用户|用戶|网友|網友)|[本该該]文[档檔]共|剩余\d+[%％页頁]"
    '|[你您]可能(?:还|還|也|感)|猜[你您]|[为為][您你]推|看[过過了][“"]'
    r"|[👆👇▼▲]|[长長]按|—+ ?(?:END|来自|來自)"
    r"|\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?[ T]?\d{1,2}[：:]\d{2}|我要投稿|上传日期|上傳日期|记者 |記者 "
    "|[上下]一[篇则則条條页頁章][：: ]|回上一?[页頁層层]|返回(?:列表|首页|首頁|顶部|頂部|上页|上頁)"
    "|[马馬]上(?:注册|註冊)|(?:登录|登錄|登陆|注册|註冊|回复|回復|購買|购买|开通|開通)(?:后|後)?(?:才|方|即)?可(?:以)?(?:查看|浏览|瀏覽|看到|阅读|閱讀|下载)"
    "|(?:小编|小編|推荐人|推薦人|阅读|閱讀|来源|來源|作者|编辑|編輯|责编|責編|发布时间|發佈時間|日期)[：:]"
    "|浏览(?:量|次)|瀏覽(?:量|次)|相关文章|相關文章|相关阅读|推荐阅读|版权所有|版權所有|版权声明|扫码|掃碼|公众号|公眾號"
    "|(?:转载|轉載)(?:请|請|于|於|自|须)|(?:下载|下載)(?:本|文档|全文|APP|客户端)"
    "|(?:点击|點擊)(?:查看|下载|进入|阅读|[上下左右]|[蓝藍]字|关注|關注|链接|鏈接|原文)|[扫掃](?:描|一扫|一掃)"
    "|加(?:QQ|qq|微信|V信)|QQ群|(?:更多|海量)[^，。]{0,12}(?:请|請|尽在|盡在|关注|關注|访问|訪問|登录|登錄|加入|点击|點擊)"
    "|当前位置|當前位置|分享到(?:微|朋|[：:])|收藏本)"
)
# haowen.exam | ple
ADDRESS_LAST = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./_-")
ADDRESS_ENDS = re.compile(r"(?:[A-Za-z0-9]-|[A-Za-z0-9]\.|://|www)[A-Za-z0-9./_-]*$")
ADDRESS_GOES_ON = re.compile(r"[a-z0-9./_-]{1,30} ?(?:[）)】。，]|$)")
SITE_LINE_CHARS = 60
BEHIND_SENTENCE = re.compile(r"[（(【\[](?<=[。！？].)[^（）()【】]*[）)】\]]$")
# …学校校长教师交流轮岗 | 工作实施方案: nobody's title is 工作实施方案 alone
HALF_A_TITLE = re.compile(
    "(?:工作|活动|活動|情况|情況|专题|專題|管理|实施|實施|暂行|暫行|试行|試行|考核|指导|指導|若干){1,3}"
    "(?:方案|办法|辦法|意见|意見|细则|細則|规定|規定|总结|總結|汇报|匯報|报告|報告|计划|計劃|制度|条例|條例|通知)(?:（[^（）]{1,8}）)?"
)
# a school, an office or another title may stand above a title
WHOLE_ABOVE_TITLE = re.compile(
    "(?:[校园園学學局厅廳部委院室会會府县縣市区區镇鎮乡鄉组組队隊站处處科]|总结|總結|心得|体会|體會|日记|日記|[\W\d])$"
)
TITLE_HALF_CHARS = 10
TITLE_CHARS = 8
WORD_CUT = 4  # points; the dictionary is asked only where they would settle it
RUNNING_CHARS = 20  # a shorter line may be a heading, whose spaces are its author's
FORM_ROW_CHARS = 20
# …难忘的一年。（转载自某网：http://…）
BRACKET_AFTER_SENTENCE = re.compile("[。！？…][”’」』》]?(?:（[^（）]+）|\\([^()]+\\)|【[^【】]+】)$")
# 【扫码下载】
IN_BRACKETS = re.compile("[【（(].*[】）)]$")
# cells of a table row: several words apart, without a sentence mark
CELLS = re.compile(r"^[^，。；！？]*\S(?:[ |\t]+\S+){2,}$")
# 周课时__节，听课__节: a form to fill in
FORM = re.compile(r"^[^。！？]*?(?:(?<![\d_])_{2,}[^_。！？]*){2}")
# 班额 小学45人以下
ROW = re.compile(rf"[{HAN}（）]{{2,10}} [{HAN}\d]")
SENTENCE = re.compile("[，。；：！？,;]")
SENTENCE_INSIDE = re.compile("[，。；！？：,;]|、.*、.*、")
# 泗水县：山里来了新老师 is a headline: a colon alone makes no prose
PROSE_MARK = re.compile("[，。；！？,;]|、.*、.*、")
# （四）公开原则。公开交流的办法
HEADING_AND_TEXT = re.compile(r".{2,40}[。：:；;].{4}|.{2,30}[，,].{2,30}[，,].")
# These never begin a line of their own ...
CANNOT_BEGIN = re.compile("[，。、；：？！”’』」》〉）】〕%％]")
# ... and these never end one.
CANNOT_END = re.compile("[“‘「『《〈（【〔、，,]$")
OPEN_PAIRS = (("《", "》"), ("（", "）"), ("“", "”"), ("「", "」"), ("〔", "〕"), ("【", "】"))
CLOSING = re.compile("[》）”」〕】]")
# A line that ends in one of these words wants more: …工作的 / 是; but 目的 行为 自由 are words
DANGLING = re.compile(
    "(?<![目参參存现現所内內普涉方导導面应應针針自理合行作成认認以])[在和与與及或以把被將将為为從从向對对而但且是的让讓给給由并並]$"
)
# …之间的交流与 / 管理和: no heading ends so, but 参与, 存在 and 普及 are words
NEVER_LAST = re.compile(
    "(?<![参參存现現所内內实實普涉方导導面服总總温溫缓緩调調谦謙共])[在和与與及或把被將将從从向且]$|(?:应当|應當|必须|必須|不得)$"
)
UNFINISHED = re.compile(f"[，,]$|{NEVER_LAST.pattern}")
TWO_MARKS = re.compile("[，,；;].*[，,；;]|[。！？]")
# 在 … 通过 … 我们 … 请 …; …了 …应当: words that headings do without
SENTENCE_BEGINS = re.compile(
    "(?:在|通过|通過|为|為|对|對|请|請|凡|我|他|她|该|該|这|這|那|随着|隨著|由于|由於|根据|根據|按照|如果|因|但|而|并|並|也|还|還|就)"
)
SENTENCE_WORDS = re.compile("应当|應當|必须|必須|不得|可以|已经|已經|正在|了(?<=.{6}[^为除]了)(?!解).{4}")
# …经费保障到 | 位。
# 3. …中途调整会影响 | 教学质量的。
OF_AND_STOP = re.compile(rf"(?:(?!是)[{HAN}]){{1,8}}的[。；;]")
WORD_AND_STOP = re.compile(rf"[{HAN}]{{1,2}}。")
UNIT = re.compile("[年月日号號%％元人名个個所次岁歲周週天届屆万萬亿億分]")
# A line cannot well begin with one of these
TRAILING = re.compile(r"[的了着過过们們得地吗嗎呢吧之等]")
GREETING = re.compile(r"^(?:尊敬|亲爱|親愛|敬爱)|(?:们|們|好|志|友|导|長|长|委|生|士)[，,:：]$")


class LineConfig(NamedTuple):
    """How sure the evidence must be before two lines are joined."""

    threshold: int = 3
    heading_chars: int = 28  # a line no longer than this, without a sentence mark, may be a heading
    title_chars: int = 45  # 关于推进…的实施意见; 二、如何在改革中…, 确保…


class PageShape(NamedTuple):
    """How the page is set: the width at which lines are wrapped (0 where they are not), and what its items are like."""

    width: int
    full_items: frozenset[str] = frozenset()  # marks of which most items are sentences: 1. （1）


def break_edits(text: str, config: LineConfig | None = None) -> list[Edit]:
    """Edits of kind `hard_break` that remove the breaks inside sentences."""
    config = config or LineConfig()
    lines = [(match.start(), match.group()) for match in LINE.finditer(text)]
    complete = {line for _, line in lines if is_complete(line)}
    candidates = [
        (above, below)
        for above, below in pairwise(lines)
        if above[1] not in complete and below[1][0] not in NO_JOIN and above[1][0] not in NO_JOIN
    ]
    if not candidates:
        return []
    shape = page_shape([line for _, line in lines], complete)
    edits = []
    for (start, above), (below_start, below) in candidates:
        end = start + len(above)
        reason = why_joined(above, below, text.count("\n", end, below_start), shape, config)
        if reason:
            between = " " if _latin_words_meet(above, below) and not ADDRESS_ENDS.search(above[-60:]) else ""
            edits.append(Edit(end, below_start, between, "hard_break", reason))
    return edits


def is_complete(line: str) -> bool:
    """Whether a line ends as sentences do: 。 or 。” or ：, or with a bracket behind 。"""
    if line[-1:] in STOPS:
        return True
    if line[-1:] > "\u2189" and (pictures := PICTURES.search(line[-12:])):
        return is_complete(line[: len(line) - len(pictures[0])].rstrip())
    if line[-1:] not in CLOSERS:
        return False
    if line.rstrip(CLOSERS)[-1:] in STOPS:
        return True
    return line[-1:] in "）)】" and BRACKET_AFTER_SENTENCE.search(line, max(0, len(line) - SITE_LINE_CHARS)) is not None


def is_running(line: str) -> bool:
    """Whether a line is running text: no heading, no table row, no text cut into words."""
    if len(line) < RUNNING_CHARS or line[0] in "#|" or not SENTENCE.search(line):
        return False
    if LABEL.match(line) and "。" not in line[:-1]:
        return False  # 联系人：办公室 王老师
    # a space every few characters: a table, or text cut into words
    return line.count(" ") <= max(2, len(line) // 25)


def page_shape(lines: Sequence[str], complete: Container[str]) -> PageShape:
    """The shape of a page, from the lengths of its lines; `complete` are those that end as sentences do."""
    lengths = Counter(len(line) for line in lines if len(line) >= 16 and line not in complete)
    width = 0
    if lengths:
        best = max(lengths, key=lambda n: (lengths[n] + lengths[n + 1] + lengths[n - 1], n))
        if lengths[best] + lengths[best + 1] + lengths[best - 1] >= 4:
            width = best
    return PageShape(width, _full_items(lines, complete))


def item_style(line: str) -> str:
    """The mark of an item with its number taken out: 1. and 12. are one style; empty where there is none."""
    match = ITEM.match(line)
    return ITEM_NUMBER.sub("n", match.group()) if match else ""


def _full_items(lines: Sequence[str], complete: Container[str]) -> frozenset[str]:
    styles = [(style, line) for line in lines if (style := item_style(line))]
    total = Counter(style for style, _ in styles)
    full = Counter(style for style, line in styles if line in complete)
    return frozenset(style for style in full if full[style] >= 3 and full[style] >= 0.6 * total[style])


@lru_cache(maxsize=2048)  # a page is looked at again after each round of mending, and most of it is as it was
def why_joined(above: str, below: str, breaks: int, shape: PageShape, config: LineConfig) -> str:
    """The evidence that `below` goes on with the sentence of `above`; empty where it does not."""
    if above[-1] in ADDRESS_LAST and ADDRESS_GOES_ON.match(below) and ADDRESS_ENDS.search(above[-60:]):
        return "an address is cut"
    reason = _why_continued(above, below, breaks, shape, config)
    return "" if reason and _stands_alone(above, below) else reason


def _why_continued(above: str, below: str, breaks: int, shape: PageShape, config: LineConfig) -> str:
    """The same for two lines neither of which stands alone."""
    if NUMBER_GOES_ON.match(below) and NUMBER_ENDS.search(above[-10:]) and not ITEM.match(below):
        # 支教日记 3 | 5月2日，晴
        return "" if TITLE_NUMBER.match(above) else "a number is cut"
    if NUMERAL.match(below) and NUMBER_AWAITED.search(above[-6:]) and not ITEM.match(below):
        return "a number is awaited"
    if len(above) >= TITLE_HALF_CHARS and HALF_A_TITLE.fullmatch(below) and not _is_whole_above_title(above):
        return "a title is cut"
    if above[-1] == "的" and OF_WHAT.search(above[-4:]) and not ITEM.match(below):
        return "wants a noun"
    if REST_OF_HEADING.match(below) and ITEM.match(above) and TWO_PART_HEADING.search(above):
        return "a heading is cut"
    if CANNOT_BEGIN.match(below):
        return "begins with a closing mark"
    if CLOSING.search(begins := below[:60]) and any(
        b in begins and above.rfind(a) > above.rfind(b) for a, b in OPEN_PAIRS
    ):
        return "inside brackets"
    if ITEM.match(below) or SERIES.match(below):
        return ""
    if OPENING.match(below) and not UNFINISHED.search(above[-3:]):
        return ""
    if CANNOT_END.search(above[-1:]):
        return "" if (GREETING.search(above) and len(above) <= 20) or _verse(above, below) else "ends with an open mark"
    found = evidence(above, below, breaks, shape, config)
    return ", ".join(name for name, _ in found) if sum(points for _, points in found) >= config.threshold else ""


def evidence(above: str, below: str, breaks: int, shape: PageShape, config: LineConfig) -> list[tuple[str, int]]:
    """What speaks for and against a join, in points; three join two lines."""
    found: list[tuple[str, int]] = []
    body_above, body_below = bool(PROSE_MARK.search(above)), bool(SENTENCE_INSIDE.search(below))
    # （四）公开原则。公开交流的办法，自觉 … has left its heading behind
    item = (
        bool(ITEM.match(above) or COUNTED_HEADING.match(above))
        and not HEADING_AND_TEXT.match(above)
        and not ARTICLE.match(above)
    )
    long = len(above) > config.heading_chars
    if body_above and not item:
        # 沟通心灵，走近学生: a heading may hold one mark
        found.append(("running text above", 2 if len(above) > 14 or TWO_MARKS.search(above) else 0))
    if SENTENCE_BEGINS.match(above) or SENTENCE_WORDS.search(above):
        found.append(("words of a sentence above", 2))
    if above[-1].isdigit() and UNIT.match(below) and not CELLS.search(above):
        found.append(("a number and its unit are cut", 4))
    if long:
        # titles of decrees and headlines run to forty characters without a mark
        may_be_title = len(above) <= config.title_chars and (item or not body_above)
        found.append(("longer than a heading", 1 if may_be_title else 2))
    if body_below:
        found.append(("running text below", 1))
    if shape.width and abs(len(above) - shape.width) <= 2 and breaks == 1:
        found.append(("as wide as the page", 2))
    if NEVER_LAST.search(above[-3:]):
        found.append(("ends in want of more", 5))
    elif DANGLING.search(above[-3:]):
        found.append(("ends in want of more", 3))
    if len(above) >= 2 * len(below) and (WORD_AND_STOP.fullmatch(below) or (item and OF_AND_STOP.fullmatch(below))):
        found.append(("no more than the end of a sentence below", 5))
    if TRAILING.match(below):
        found.append(("begins in mid-phrase", 2))
    if not long and (item or not body_above):
        found.append(("may be a heading", -3 if item else -2))
    if item and item_style(above) in shape.full_items:
        found.append(("items like it end in a full stop", 2))
    if not body_below and len(below) <= 16 and not is_complete(below):
        found.append(("may be a heading below", -3))
    lacking = config.threshold - sum(points for _, points in found)
    if 0 < lacking <= WORD_CUT and crosses_word(above, below):
        found.append(("a word is cut", WORD_CUT))
    return found


def crosses_word(above: str, below: str) -> bool:
    """Whether a word of the dictionary spans the place where the two lines meet (必 | 须)."""
    tail, head = HAN_AT_END.search(above[-6:]), HAN_RUN.match(below[:6])
    if tail is None or head is None:
        return False
    title_like = len(above) <= TITLE_CHARS and not SENTENCE_INSIDE.search(above)
    return _word_spans(tail.group(), head.group(), title_like)


@lru_cache(maxsize=4096)
def _word_spans(tail: str, head: str, only_broken: bool) -> bool:
    """Whether a word spans `tail` and `head`; with `only_broken`, one of which neither half is a word itself."""
    from corpus_tools.nlp.jieba import cut, may_part_word
    from corpus_tools.nlp.opencc import convert

    tail, head = convert(tail, "t2s"), convert(head, "t2s")
    if not may_part_word(tail + head, len(tail)):
        return False
    # 感悟 | 到: the title above is whole without the word below
    if only_broken and len(cut(tail)[-1]) > 1:
        return False
    at = 0
    for word in cut(tail + head):
        if at < len(tail) < at + len(word):
            return True
        at += len(word)
    return False


def _stands_alone(above: str, below: str) -> bool:
    """Whether either line is of a kind that no sentence runs into: a mark-up heading, a label, a date, a table row."""
    if ESSAY_HEADING.search(above[-8:]) or TITLED_ESSAY.match(above) or COUNTED_TITLE.match(above):
        return True
    if DIARY_DAY.match(above) or DIARY_DAY.match(below) or SIGNED.fullmatch(below):
        return True
    if len(below) <= WISHED_CHARS and WISH.search(above[-8:]):
        return True
    if ADDRESS.search(above[:40]) or ADDRESS.match(below) or DATE_LINE.match(below) or DATE_LINE.match(above):
        return True
    short = len(above) <= 40 and not SENTENCE_INSIDE.search(above)
    if IN_BRACKETS.match(above) or _is_site_line(above) or _is_site_line(below):
        return True
    if (CELLS.match(above) and CELLS.match(below)) or (ROW.match(above) and ROW.match(below)):
        return True
    if "__" in above and FORM.search(above) and (FORM.search(below) or len(below) <= FORM_ROW_CHARS):
        return True
    if FORM_LABEL.match(above) and not UNFINISHED.search(above[-3:]) and not crosses_word(above, below):
        return True
    return LABEL.match(below) is not None and (short or LABEL.match(above) is not None)


def _is_site_line(line: str) -> bool:
    """Whether a line is what a site sets beside a text, and no sentence that has an advertisement behind it."""
    return len(line) <= SITE_LINE_CHARS and SITE_LINE.search(BEHIND_SENTENCE.sub("", line)) is not None


def _is_whole_above_title(line: str) -> bool:
    """Whether a line above what may be the end of a title is prose, an item, or all there is of something else."""
    return bool(SENTENCE_INSIDE.search(line) or ITEM.match(line) or WHOLE_ABOVE_TITLE.search(line[-2:]))


def _verse(above: str, below: str) -> bool:
    """Two short lines of much the same length, each ending in a mark; 勿念， is a line whatever stands below it."""
    if len(above) <= 6 and len(below) <= 12 and is_complete(below):
        return True
    return max(len(above), len(below)) <= 16 and abs(len(above) - len(below)) <= 4 and not below[-1].isalnum()


def _latin_words_meet(above: str, below: str) -> bool:
    return above[-1:].isascii() and above[-1:].isalpha() and below[:1].isascii() and below[:1].isalpha()
