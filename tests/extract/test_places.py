"""Places: full and short names, chains, shared names, signs of provinces, and words that only look like places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.extract.gazetteer import area_of, gazetteer
from corpus_tools.extract.places import (
    Area,
    area_of_address,
    area_of_document_number,
    find_places,
    home_area,
    resolve,
)
from corpus_tools.records import PageMeta


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("浙江省教育厅", ("浙江省", None, None)),
        ("温州市教育局", ("浙江省", "温州市", None)),
        ("瑞安市教育局", ("浙江省", "温州市", "瑞安市")),
        ("浙江省 温州市 瑞安市", ("浙江省", "温州市", "瑞安市")),
        ("浙江瑞安", ("浙江省", "温州市", "瑞安市")),
        ("瑞安教育局", ("浙江省", "温州市", "瑞安市")),
        ("河北教师", ("河北省", None, None)),
        ("广西融水县", ("广西壮族自治区", "柳州市", "融水苗族自治县")),
        ("融水县", ("广西壮族自治区", "柳州市", "融水苗族自治县")),
        ("凉山州", ("四川省", "凉山彝族自治州", None)),
        ("河南省安阳县", ("河南省", "安阳市", "安阳县")),
        ("河南省济源市", ("河南省", None, "济源市")),
        ("广东省东莞市", ("广东省", "东莞市", None)),
        ("北京市海淀区", ("北京市", None, "海淀区")),
        ("重庆市巫溪县", ("重庆市", None, "巫溪县")),
        ("陕西宝鸡凤县", ("陕西省", "宝鸡市", "凤县")),
        ("新疆生产建设兵团", ("新疆生产建设兵团", None, None)),
        ("新疆石河子市", ("新疆维吾尔自治区", None, "石河子市")),
        ("臺灣省新北市板橋區", ("台湾省", "新北市", "板桥区")),
        ("新北市立國民中小學", ("台湾省", "新北市", None)),
        ("香港特别行政区", ("香港特别行政区", None, None)),
        ("澳门", ("澳门特别行政区", None, None)),
        ("吉林省吉林市", ("吉林省", "吉林市", None)),
        ("青海海南州", ("青海省", "海南藏族自治州", None)),
        ("襄樊市", ("湖北省", "襄樊市", None)),  # the name of its time
        ("杭州市江干区", ("浙江省", "杭州市", "江干区")),
        ("天津和平区", ("天津市", None, "和平区")),
        ("济南市市中区", ("山东省", "济南市", "市中区")),
    ],
)
def test_one_place(text, area):
    (place,) = find_places(text)
    assert place.area == area


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("北京市朝阳区", ("北京市", None, "朝阳区")),
        ("长春市朝阳区", ("吉林省", "长春市", "朝阳区")),
        ("辽宁省朝阳市", ("辽宁省", "朝阳市", None)),
        ("朝阳区教委", (None, None, None)),  # of Beijing or of Changchun
        ("鼓楼区教育局", (None, None, None)),
    ],
)
def test_a_shared_name_needs_its_surroundings(text, area):
    assert find_places(text)[-1].area == area


def test_a_shared_name_is_settled_by_what_the_text_names_elsewhere():
    text = "长春市教育局近日发文。朝阳区率先推进。"
    assert find_places(text)[-1].area == ("吉林省", "长春市", "朝阳区")


def test_a_shared_name_is_settled_by_where_the_page_comes_from():
    (place,) = find_places("鼓楼区率先推进", near=Area("江苏省", "南京市"))
    assert place.area == ("江苏省", "南京市", "鼓楼区")


@pytest.mark.parametrize(
    "text",
    [
        "和平与发展",
        "新城区建设，城区学校，老城区，市中区域",
        "东方红，南山脚下，长安街",
        "县区和县市，形成县域，到达县城，各县区",
        "xx市教育局，××县，某某市",
        "xx市京口教育",  # its city is hidden, so is it
        "确保定期交流",
        "自信阳光，最新余额",
        "南京东路小学，上海路，北京街",
        "义务教育大同小异，日照充足，白银时代",
        "向城镇学校流动，各乡镇",
        "兵团作战",
        "干得热火朝天的教师，价值连城的书，响彻云霄的歌",
    ],
)
def test_words_that_are_no_places(text):
    assert find_places(text) == []


def test_each_place_of_a_list_is_found_with_its_span():
    text = "辽宁、河北等地，杭州、温州和宁波"
    assert [text[p.start : p.end] for p in find_places(text)] == ["辽宁", "河北", "杭州", "温州", "宁波"]


def test_one_character_names_count_in_company():
    assert [p.province for p in find_places("浙、沪、皖等地")] == ["浙江省", "上海市", "安徽省"]
    assert find_places("川藏线，晋级，鲁豫有约") == []


def test_a_code_that_bore_two_names_answers_with_the_present_one():
    assert find_places("墨江哈尼族自治县")[0].city == "普洱市"


def test_a_town_whose_name_is_borne_once_tells_its_county():
    (place,) = find_places("小沙江镇中学")
    assert place.area == ("湖南省", "邵阳市", "隆回县")


def test_a_chain_is_one_mention():
    text = "据浙江省温州市瑞安市教育局"
    (place,) = find_places(text)
    assert (text[place.start : place.end], place.name) == ("浙江省温州市瑞安市", "瑞安市")


@pytest.mark.parametrize(
    ("names", "area"),
    [
        (["广西", "融水县"], ("广西壮族自治区", "柳州市", "融水苗族自治县")),
        ("浙江省，瑞安市", ("浙江省", "温州市", "瑞安市")),
        ("北京和上海", ("北京市", None, None)),  # two that disagree: the first
        ("某市", (None, None, None)),
    ],
)
def test_resolve(names, area):
    assert resolve(names) == area


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("浙教人〔2013〕12号", ("浙江省", None, None)),
        ("皖政办[2015]1号", ("安徽省", None, None)),
        ("兵教发〔2016〕3号", ("新疆生产建设兵团", None, None)),
        ("根据陕教规〔2019〕3号文件", ("陕西省", None, None)),
        ("甬教人〔20xx〕5号", ("浙江省", "宁波市", None)),
        ("教师〔2014〕4号", None),
        ("浙江教育〔特稿〕", None),
    ],
)
def test_the_sign_in_a_document_number(text, area):
    assert area_of_document_number(text) == area


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("http://jyt.zj.gov.cn/art/1.html", ("浙江省", None, None)),
        ("https://www.gov.cn/x", None),
        ("https://www.example.com/zj/", None),
    ],
)
def test_the_letters_in_an_address(address, area):
    assert area_of_address(address) == area


def test_home_is_what_the_page_says_of_itself():
    meta = PageMeta(title="瑞安市教师交流办法", document_number="浙教人〔2013〕1号", address="http://www.zj.gov.cn/")
    assert home_area(meta) == ("浙江省", "温州市", "瑞安市")
    assert home_area(PageMeta(address="http://jyt.ah.gov.cn/")) == ("安徽省", None, None)
    assert home_area(PageMeta(title="教师交流办法")) == (None, None, None)


NAMES = st.sampled_from(
    ["浙江省", "温州", "瑞安", "朝阳区", "和平", "市", "县", "教育局", "、", "，", "凤县", "xx市", "兵团", "\n", "臺灣"]
)


@given(st.lists(NAMES, max_size=12).map("".join))
def test_mentions_lie_apart_and_counties_in_their_provinces(text):
    end = 0
    for place in find_places(text):
        assert end <= place.start < place.end <= len(text)
        end = place.end
        assert place.province is not None or (place.city is None and place.county is None)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    for place in find_places(text):
        assert text[place.start : place.end].strip()


def test_every_place_of_the_gazetteer_lies_in_a_province():
    areas = {key: area_of(key) for keys in gazetteer().full.values() for key in keys}
    assert all(area.province for area in areas.values())


@pytest.mark.parametrize(
    ("town", "expected"),
    [("竹东镇", ("台湾省", "新竹县", "竹东镇")), ("鹿港镇", ("台湾省", "彰化县", "鹿港镇"))],
)
def test_a_town_of_taiwan_has_a_code_of_its_own(town, expected):
    assert {tuple(area_of(key)) for key in gazetteer().full[town]} == {expected}
