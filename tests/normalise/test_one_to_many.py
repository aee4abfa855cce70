"""Traditional characters that a converter chose wrongly are mended in their word; names and other words keep theirs."""

import pytest

from corpus_tools.normalise.conversion import conversion_edits

MAINLAND = "\n學校狠抓落實，支教教師、骨幹教師和班主任一起開展教研，黨支部貫徹了農村教育工作會議的精神。"


def mended(text):
    found = [(edit.start, edit.end, edit.replacement) for edit in conversion_edits(text + MAINLAND)]
    for start, end, new in reversed(found):
        text = text[:start] + new + text[end:] if start < len(text) else text
    return text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("幾位老師搶着幹凈的活，乾活從不惜力。", "幾位老師搶着乾凈的活，幹活從不惜力。"),
        ("他最鐘愛的是講台，講台也鐘愛他。", "他最鍾愛的是講台，講台也鍾愛他。"),
        ("牆上掛着一座鍾，孩子們聽見敲鍾就進教室。", "牆上掛着一座鐘，孩子們聽見敲鐘就進教室。"),
        ("請同學復述課文，重復三遍，再做一份復習題。", "請同學複述課文，重複三遍，再做一份複習題。"),
        ("鎮党委、政府繫統地研究了這個問題。", "鎮黨委、政府系統地研究了這個問題。"),
        ("全縣教育係統的幹部都來了。", "全縣教育系統的幹部都來了。"),
        ("最后一節課，余下的時間不多。", "最後一節課，餘下的時間不多。"),
        ("這是我頭一迴上台，心裏發慌。", "這是我頭一回上台，心裏發慌。"),
        ("學校離縣城四十公裏，裏程碑就在村口。", "學校離縣城四十公里，里程碑就在村口。"),
        ("合同昨天籤訂，今天幹預也來不及了。", "合同昨天簽訂，今天干預也來不及了。"),
        ("他排除睏難，提齣了三點建議。", "他排除困難，提出了三點建議。"),
        ("國傢規定的曆史課，錶現好的學生不少。", "國家規定的歷史課，表現好的學生不少。"),
        ("在鎮上教書,國三的孩子怎麼辦?", "在鎮上教書,初三的孩子怎麼辦?"),
        ("借來一麵鑼，一麵鼓。", "借來一面鑼，一面鼓。"),
    ],
)
def test_a_wrong_choice_is_mended(wrong, right):
    assert mended(wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "校長姓范，老師范曾和余秋雨同歲，谷文昌是榜樣。",
        "皇后鎮的太后廟旁，王后的畫像還在。",
        "老校長對錶、敲鐘，三十年沒有差過一分鐘。",
        "他牽一髮而動全身，頭髮揮到肩後，白髮蒼蒼。",
        "三國一統之後，我國一向如此。",
        "長征文化展覽，遠征軍的故事，征途漫漫。",
        "團體係由三個學校組成，關係到每一個人。",
        "餅乾一包，若干人，不相干的事，干涉不得。",
        "鍾老師敲鐘，鍾情於此。",
        "一碗湯麵，三面紅旗，麵包和麵粉。",
        "研究制定方案，製作課件，體制機制。",
        "反復練習，反覆練習，答復和答覆都收到了。",
        "山谷裏有稻穀，松樹下很輕鬆。",
        "日曆上記着歷史課，履歷表和手錶。",
        "這裡的里長說，裡面請。",
        "收獲和收穫，向往與嚮往，盡管或儘管，都有人寫。",
    ],
)
def test_a_right_choice_stays(text):
    assert mended(text) == text
