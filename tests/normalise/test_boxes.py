"""A box for a lost mark is mended with the mark its sentence wants; what hides words and what is to be ticked stays."""

import pytest

from corpus_tools.normalise import normalise
from corpus_tools.records import Page, Source
from corpus_tools.text import Text

# A page that hides its words in another way
HIDES = "\n20xx年我来到xx小学。"


def clean(text):
    page = normalise(Page(Source("-", "", "utf-8", "text/plain"), Text(text + HIDES)))
    masks = [page.text.raw[mark.start : mark.end] for mark in page.marks if mark.kind == "masked"]
    return str(page.text).removesuffix(HIDES), [mask for mask in masks if "□" in mask]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("老师们做到备好课□备学生、备教具。", "老师们做到备好课、备学生、备教具。"),
        ("我们坚持统一领导、分级负责□各尽其责，一年一评。", "我们坚持统一领导、分级负责、各尽其责，一年一评。"),
        ("过去是校长讲、老师记，现在是老师讲□校长记。", "过去是校长讲、老师记，现在是老师讲、校长记。"),
        ("墙上的画都是孩□子们自己画的。", "墙上的画都是孩子们自己画的。"),
        ("那天我们全校教□师都到齐了。", "那天我们全校教师都到齐了。"),
        ("孩子们带来了野花、红薯□鸡蛋，堆满一桌。", "孩子们带来了野花、红薯、鸡蛋，堆满一桌。"),
        ("第一次走上讲台□我紧张得说不出话。", "第一次走上讲台，我紧张得说不出话。"),
        ("副组长□赵xx。", "副组长：赵xx。"),
        ("煮好了一大锅面□大家围着炉子吃□也不嫌咸。", "煮好了一大锅面。大家围着炉子吃，也不嫌咸。"),
        ("这算什么回答呢□我笑了很久。", "这算什么回答呢？我笑了很久。"),
        ("孩子们喊：“老师□节日快乐！”", "孩子们喊：“老师，节日快乐！”"),
        ("他陪孩子们在操场上□奔跑。天黑了才回。", "他陪孩子们在操场上奔跑。天黑了才回。"),
        ("这样做值不值得□我到现在也说不清。", "这样做值不值得，我到现在也说不清。"),
        ("他笑着说：“剩下的题明天再讲□”孩子们不肯走。", "他笑着说：“剩下的题明天再讲。”孩子们不肯走。"),
        ("他问我：“你什么时候再来看看我们□”我没有答。", "他问我：“你什么时候再来看看我们？”我没有答。"),
        ("有个孩子小声问□“老师还回来吗？”", "有个孩子小声问：“老师还回来吗？”"),
        ("我们读了《草房子》□《青铜葵花》，还演了一出戏。", "我们读了《草房子》、《青铜葵花》，还演了一出戏。"),
        ("总结推广各校的好经验□组织优秀教师巡回讲课。", "总结推广各校的好经验，组织优秀教师巡回讲课。"),
        ("学期过半□年轻老师也敢上公开课了。", "学期过半，年轻老师也敢上公开课了。"),
    ],
)
def test_a_lost_mark(text, expected):
    assert clean(text) == (expected, [])


@pytest.mark.parametrize(
    ("text", "masks"),
    [
        ("我们组的□老师病了，我去代课。", ["□"]),
        ("“张大嘴巴□□□，圆圆嘴巴□□□”，他们唱。", ["□□□", "□□□"]),
        ("他骂了一句：“你这个□”，转身走了。", ["□"]),
        ("他只说：“我姓□”，再不肯多讲。", ["□"]),
        ("分到三年级的□组，每天六节课。", ["□"]),
        ("听说张□明也报了名。", ["□"]),
        ("那年冬天他去□小学代课。", ["□"]),
        ("他在□县教书，一教就是三十年。", ["□"]),
        ("听课的有赵□、李□，还有两位校长。", ["□", "□"]),
        ("跟我结对的是□主任，教数学。", ["□"]),
    ],
)
def test_a_hidden_word(text, masks):
    assert clean(text) == (text, masks)


@pytest.mark.parametrize(
    "text",
    [
        "卷子下面印着两个方框，□喜欢 □不喜欢，三十个孩子都勾了前一个。",
        "请在下面勾选：□走读 □住校。",
        "您对食堂是否满意：满意□ 不满意□。",
        "是否愿意参加：是□ 否□",
        "□同意 □不同意",
    ],
)
def test_a_box_to_tick(text):
    assert clean(text) == (text, [])
