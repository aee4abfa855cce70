"""What is planted on a page that hides its copying, and what an author of such a page may have typed."""

import pytest

from corpus_tools.normalise import normalise, normalise_text
from corpus_tools.records import Page, Source, noise_of
from corpus_tools.text import Text

# Two marks give a page away.
PLANTED = "\n我们走遍了村里的.每条小路。孩子们带来了家里的'新鲜蔬菜。"
MENDED = "\n我们走遍了村里的每条小路。孩子们带来了家里的新鲜蔬菜。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他居g然把全班的作业都改完了。", "他居然把全班的作业都改完了。"),
        ("山里的冬天k很长，炉火要烧到三月。", "山里的冬天很长，炉火要烧到三月。"),
        ("我把旧书f捐给了图书角，一共四十本。", "我把旧书捐给了图书角，一共四十本。"),
        ("区里的教w师都来了，坐满了三间教室。", "区里的教师都来了，坐满了三间教室。"),
        ("最w难忘的是那年冬天，雪下到膝盖。", "最难忘的是那年冬天，雪下到膝盖。"),
        ("合唱队增加了 the 八名队员，嗓子都亮。", "合唱队增加了八名队员，嗓子都亮。"),
        ("家长and老师坐在一条板凳上，谁也不催谁。", "家长和老师坐在一条板凳上，谁也不催谁。"),
        ("他们每周共同备课·一次，雷打不动。", "他们每周共同备课一次，雷打不动。"),
        ("感恩·同事，让我熬过了第一个冬天。", "感恩同事，让我熬过了第一个冬天。"),
        ("“都是我们自己种的.!”孩子们抢着说。", "“都是我们自己种的！”孩子们抢着说。"),
        ("1.每月家访 不少于四次，并留下记录以备查看。", "1.每月家访不少于四次，并留下记录以备查看。"),
    ],
)
def test_planted(text, expected):
    assert str(normalise_text(text + PLANTED)) == expected + MENDED


@pytest.mark.parametrize(
    "text",
    [
        "我们也赶上了e时代，家访可以在手机上约。",
        "老师问谁选a谁就站左边，谁也没有动。",
        "校医建议他做一次b超，费用由学校先垫。",
        "过点a作直线，孩子们用粉笔在操场上画。",
        "书里说维生素c不耐热，食堂就改成了凉拌。",
        "这样的话我说过n遍，没有一次管用。",
        "班里的小w从来不举手，那天他举了。",
        "正确答案是c没有错，他还是擦掉了。",
        "他在英语课上写了一句苹果of我，全班都笑了。",
        "周末我们一起唱k歌，嗓子都哑了。",
        "第一年教我藏语的是扎西·顿珠，他教得很慢。",
        "带路的是阿依古丽·买买提，她走得很快。",
        "画展的名字叫“山·水·人”，全村都来看。",
        "中央财政补助三万元/人·年，不足的由县里出。",
        "我读过约翰·杜威的书，读得半懂不懂。",
        "纪念一·二九的歌会上，孩子们唱得很响。",
        "那年我在贵州·毕节支教，一去就是两年。",
        "书架上有《史记·项羽本纪》，孩子们翻得起了毛。",
        "“诵读·经典”活动办了六届，家长也来听。",
        "城南小学·李静：各位老师，大家下午好。",
        "黑板上要他们求x和y的和，谁也不敢动手。",
        "教a的时候，孩子们学大夫看嗓子。",
        "张xx和李xx都说，下学期还来。",
        "班额 不超过四十五人，超过的要报县局备案。",
    ],
)
def test_an_author_may_type_so(text):
    assert str(normalise_text(text + PLANTED)) == text + MENDED


@pytest.mark.parametrize(
    "text", ["他居g然把作业改完了。", "增加了 the 八名队员，都是新人。", "感恩·同事，让我熬过了冬天。"]
)
def test_a_page_that_nothing_gives_away_keeps_them(text):
    assert str(normalise_text(text)) == text


def test_a_repair_has_the_width_of_the_page():
    text = "下課鈴響了,孩子們也不肯走□有的還圍着我問,問到天黑。20xx年的事,我都記得。"
    page = normalise(Page(Source("-", "", "utf-8", "text/plain"), Text(text)))
    assert [noise.repair for noise in noise_of(page) if noise.kind == "stray_char"] == [","]
