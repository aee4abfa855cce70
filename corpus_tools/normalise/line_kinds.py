"""What a line is by itself: a whole sentence, running text, an item, a label, a date, a row, a site's."""

from __future__ import annotations

import re

from corpus_tools.normalise.classes import HAN

STOPS, CLOSERS = frozenset("。！？；：…!?;:"), "”’」』》〉）】〕〗)]\"'"
# 我说：“你们好。”🎉 念不下去。❄️: what an account sets behind a sentence
PICTURES = re.compile("[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+$")
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
# 石老师 收: whom a letter is for
ADDRESSEE = re.compile(rf"[{HAN}xX×]{{1,12}}(?: |（)(?:亲|親)?[收启啟]）?$")
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
SITE_LINE_CHARS = 60
BEHIND_SENTENCE = re.compile(r"[（(【\[](?<=[。！？].)[^（）()【】]*[）)】\]]$")
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


def item_style(line: str) -> str:
    """The mark of an item with its number taken out: 1. and 12. are one style; empty where there is none."""
    match = ITEM.match(line)
    return ITEM_NUMBER.sub("n", match.group()) if match else ""


def stands_alone(above: str, below: str) -> bool:
    """Whether either line is of a kind that no sentence runs into: a mark-up heading, a label, a date, a table row."""
    if ESSAY_HEADING.search(above[-8:]) or TITLED_ESSAY.match(above) or COUNTED_TITLE.match(above):
        return True
    if ESSAY_HEADING.search(below[-8:]) and not SENTENCE_INSIDE.search(below):
        return True
    if ADDRESSEE.match(above) or DIARY_DAY.match(above) or DIARY_DAY.match(below) or SIGNED.fullmatch(below):
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
    return LABEL.match(below) is not None and (short or LABEL.match(above) is not None)


def _is_site_line(line: str) -> bool:
    """Whether a line is what a site sets beside a text, and no sentence that has an advertisement behind it."""
    return len(line) <= SITE_LINE_CHARS and SITE_LINE.search(BEHIND_SENTENCE.sub("", line)) is not None
