"""Which script a text is in, and turning one into the other."""

import pytest

from corpus_tools.normalise import NormaliseConfig, detect_script, normalise_text, to_simplified
from corpus_tools.text import Text


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("各级教育部门要认真落实会议精神", "simplified"),
        ("各級教育部門要認真落實會議精神", "traditional"),
        ("各級教育部門要認真落實會議精神，确保学校教师交流顺利进行", "mixed"),
        ("上海市青山中心小", "either"),
        ("2024", "either"),
        ("", "either"),
        ("學校领导和老师们都认为这项工作应该继续坚持下去", "simplified"),  # one odd character
        ("著名的乾隆皇帝", "either"),  # 著 and 乾 stand in both
        ("皇后在里面", "either"),  # so do 后 里 面
    ],
)
def test_the_script_of_a_text(text, script):
    assert detect_script(text) == script


@pytest.mark.parametrize(
    ("text", "variant", "expected"),
    [
        ("乾隆年間的乾燥", "none", "乾隆年间的干燥"),
        ("睡著了還看著名的書", "tw", "睡着了还看著名的书"),
        ("為賦新詞強説愁", "hk", "为赋新词强说愁"),
        ("學校建立評價指標，師生互動", "auto", "学校建立评价指标，师生互动"),  # no Taiwan vocabulary on mainland text
        ("臺北市的軟體、網路與滑鼠", "auto", "台北市的软件、网络与鼠标"),
        ("已经是简体：后来、皇后、里面", "auto", "已经是简体：后来、皇后、里面"),
        ("lone \ud83d surrogate 學", "none", "lone \ud83d surrogate 学"),
    ],
)
def test_to_simplified(text, variant, expected):
    assert to_simplified(text, variant) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [("hans", "学校里面"), ("keep", "学校里面"), ("hant-tw", "學校裡面"), ("hant-hk", "學校裏面")],
)
def test_the_script_of_the_clean_text_is_a_setting(script, expected):
    assert str(normalise_text("学校里面", NormaliseConfig(script=script))) == expected


def test_a_real_taiwan_page_is_read_by_its_own_standard():
    assert "睡着" in str(normalise_text("臺北市國小的學生透過網路上課，在家睡著了。"))


def test_a_traditional_character_in_a_simplified_line_is_a_slip_and_in_a_traditional_line_is_not():
    slips = normalise_text("全镇中小學生的课外读物比去年多了。").edits
    assert [(edit.kind, edit.replacement) for edit in slips] == [("bad_conversion", "学")]
    assert {edit.kind for edit in normalise_text("全鎮學生的課外讀物比去年多了。").edits} == {"script"}


def test_each_changed_character_points_at_the_one_it_stood_for():
    text = normalise_text("各級學校要認真總結經驗。")
    assert isinstance(text, Text)
    at = str(text).index("总结")
    assert text.raw[slice(*text.raw_span(at, at + 2))] == "總結"


def test_a_mended_word_keeps_both_its_leaves():
    text = normalise_text("支教的骨幹教師要到柳河國小去,落實責任。")
    mended = next(edit for edit in text.edits if "小学" in edit.replacement)
    assert {leaf.kind for leaf in mended.leaves} == {"bad_conversion", "script"}


def test_a_variant_is_no_slip():
    assert [
        (edit.kind, edit.replacement)
        for edit in normalise_text("人民羣众对教师们的要求提高了，学校应该积极回应。").edits
    ] == [("variant", "群")]
