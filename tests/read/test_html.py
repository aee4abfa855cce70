from collections import Counter
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.read import ReadConfig
from corpus_tools.read.bundle import Bundle, text_page
from corpus_tools.read.decode import Decoded
from corpus_tools.read.html import without_markup
from corpus_tools.read.markup import tokens
from corpus_tools.records import BOILERPLATE_KINDS


def shown(source, main_text=False):
    return str(page(source, main_text).text)


def page(source, main_text=False):
    bundle = Bundle("a.html", source.encode(), "text/html", "0", ReadConfig(main_text=main_text))
    return without_markup(text_page(bundle, Decoded(source, "utf-8")), bundle.config)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n乙\n"),
        ("<p>甲<p>乙", "甲\n乙"),
        ("甲<br>乙<br/>丙", "甲\n乙\n丙"),
        ("<h1>题</h1>文", "题\n文"),
        ("<b>甲</b><i>乙</i>", "甲乙"),
        ("<li>甲<li>乙", "甲\n乙"),
        ("<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>", "甲\t乙\n丙\n"),
        ("<p>　　缩进</p>", "缩进\n"),
        ("<p>甲&nbsp;&nbsp;乙</p>", "甲 乙\n"),
        ("<p>第一\n    行</p>", "第一行\n"),  # a line break of the source between Han is no space
        ("<p>one\n    two</p>", "one two\n"),
        ("<pre>一\n  二</pre>", "一\n  二\n"),
        ("甲<script>var x = '<p>';</script>乙", "甲乙"),
        ("甲<!-- 注 <p> -->乙", "甲乙"),
        ("甲<style>p{}</style>", "甲"),
        ("<p>甲<button>复制</button>乙<noscript>请打开脚本</noscript></p>", "甲乙\n"),
        ("甲 < 乙 且 3 <5", "甲 < 乙 且 3 <5"),
        ('<p title="a > b">甲</p>', "甲\n"),
        ("<p title=it's>甲</p>", "甲\n"),
        ("&lt;甲&gt; &#20057; &#x4e19; AT&T &copyright; &copy;", "<甲> 乙 丙 AT&T &copyright; ©"),
        ("<P>大写</P>", "大写\n"),
        ("甲</div></div>乙", "甲\n乙"),
        ("<textarea><p>不</textarea>甲", "甲"),
        ("<script>没有结束", ""),
    ],
)
def test_a_page_reads_as_a_browser_shows_it(source, expected):
    assert shown(source) == expected


def test_the_head_says_title_site_date_and_address():
    meta = page(
        "<head><title> 某县\n 轮岗 &amp; 交流</title><meta name='PubDate' content='2021-03-04'>"
        '<meta property="og:site_name" content="某站"><link rel="canonical" href="https://example.org/a?b&amp;c">'
    ).meta
    assert (meta.title, meta.site, meta.date) == ("某县 轮岗 & 交流", "某站", "2021-03-04")
    assert meta.address == "https://example.org/a?b&c"


@pytest.mark.parametrize(
    ("part", "kind", "quotes"),
    [
        ("<nav><a>首页</a></nav>", "breadcrumb", ["首页"]),
        ("<div class=crumb>当前位置：<a>甲网</a> &gt; 正文</div>", "breadcrumb", ["当前位置：", "甲网", "&gt; 正文"]),
        ("<div>您的位置：<a>甲网</a></div>", "breadcrumb", ["您的位置：", "甲网"]),
        ("<footer>版权所有 甲网&nbsp;</footer>", "copyright", ["版权所有 甲网"]),
        ("<div class=dibu><a>关于我们</a></div>", "copyright", ["关于我们"]),
        ("<aside><ul><li>乙县新闻</li></ul></aside>", "related_links", ["乙县新闻"]),
        ("<div class=comment-list><p>写得很好。</p></div>", "related_links", ["写得很好。"]),
        ("<nav><a>下载Word文档</a></nav>", "download_notice", ["下载Word文档"]),
        ("<aside>本文目录</aside>", "toc", ["本文目录"]),
        ("<nav><h1>甲网</h1></nav>", "page_title", ["甲网"]),
        ("<noscript>请打开脚本</noscript>", None, []),
    ],
)
def test_what_is_left_out_is_said_to_be_what_it_is(part, kind, quotes):
    for source in (f"{part}<div>{ARTICLE}</div>", f"<div>{ARTICLE}</div>{part}"):
        text = page(source, main_text=True).text
        left_out = [edit for edit in text.edits if edit.kind not in ("markup", "entity", "space")]
        assert [source[edit.start : edit.end] for edit in left_out] == quotes
        assert {edit.kind for edit in left_out} <= {kind}
        assert all(edit.note and not edit.replacement for edit in left_out)
        assert len(str(text).split()) == 4


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("教师交流总结_工作总结_某范文网", ("教师交流总结", "某范文网")),
        ("关于教师交流的通知 - 某市教育局", ("关于教师交流的通知", "某市教育局")),
        ("教师交流方案-某学习网", ("教师交流方案", "某学习网")),
        ("2019-2020学年教师交流方案", ("2019-2020学年教师交流方案", None)),
        ("首页_某网", ("首页_某网", None)),
    ],
)
def test_the_title_bar_names_page_and_site(title, expected):
    meta = page(f"<title>{title}</title>").meta
    assert (meta.title, meta.site) == expected


ARTICLE = "".join(f"<p>第{n}段：教师在同一所学校任教满六年的，应当参加交流，由教育局统一安排。</p>" for n in "一二三四")
MENU = "".join(f"<li><a href=/{n}>栏目{n}</a></li>" for n in range(30))
RELATED = "".join(f"<li><a href=/{n}>教师交流轮岗工作总结范文第{n}篇，欢迎阅读</a></li>" for n in range(9))


@pytest.mark.parametrize(
    "source",
    [
        "<div id=nav><ul>{menu}</ul></div><div class=content><h1>{title}</h1>{text}</div><p>{imprint}</p>",
        "<h1>{title}</h1><table><tr><td><ul>{menu}</ul></td><td>{text}</td></tr></table>{imprint}",
        "<body><h1>{title}</h1>{text}<p>相关文章：</p><ul>{related}</ul><div>{imprint}</div>",
        "<form><nav>{menu}</nav><main><article><h1>{title}</h1>{text}</article></main><aside>{related}</aside></form>",
        "<h1>{title}</h1><div class=article>{text}<p class=share>分享到：微信，微博。</p></div>{related}",
        "<h1>{title}</h1><div>{text}</div><div class=comment-list><p>写得很好，感谢楼主的分享。</p></div>",
    ],
)
def test_the_main_text_is_kept_with_its_heading_and_the_rest_is_not(source):
    imprint = "Copyright © 2020 某站 版权所有，未经许可不得转载。"
    parts = {"menu": MENU, "title": "轮岗办法", "text": ARTICLE, "imprint": imprint, "related": RELATED}
    lines = shown(source.format(**parts), main_text=True).split()
    assert lines[0] == "轮岗办法"
    assert [line[:4] for line in lines[1:]] == ["第一段：", "第二段：", "第三段：", "第四段："]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<h2>一、目的</h2><p>促进均衡。</p><ol><li>甲校</li></ol><p>此办法自发布之日起施行，请遵照执行。</p>", 4),
        ("<p>短</p>", 1),  # no prose at all: everything that is not a link
        ("<p><a href=x>只有链接</a></p>", 1),  # nothing but links: better than nothing
        ("<nav><p>导航没有结束，后面全是正文，应当保留下来。</p>", 1),
    ],
)
def test_no_page_comes_out_empty_and_short_lines_of_the_text_stay(source, expected):
    assert len(shown(source, main_text=True).split("\n")[:-1]) == expected


# fmt: off
PIECES = [
    "<p>", "</p>", "<br>", "<div class='a'>", "</div>", "<!--", "-->", "<script>", "</script>", "&amp;", "&#65;", "&",
    "<", ">", '"', "'", "=", " ", "\n", "甲乙丙", "abc", "<a href=x>", "</a>", "<pre>", "</pre>", "<td>", "<li>",
    "<h1>",
]
# fmt: on
markup = st.lists(st.sampled_from(PIECES)).map("".join)


@settings(max_examples=200, deadline=None)
@given(markup)
def test_nothing_is_invented(source):
    result = page(source)
    spare = Counter(unescape(source)) + Counter(source)
    assert not {c for c in Counter(str(result.text)) if c not in " \n\t" and c not in spare}
    kept, replaced, removed = result.text.tally()
    assert kept + replaced + removed == len(source)
    for piece, edit in result.text.pieces():
        assert edit is None or edit.kind in {"markup", "entity", "space", *BOILERPLATE_KINDS}
        if edit is not None and edit.kind == "markup":
            assert edit.replacement in ("", " ", "\t", "\n")
        if edit is not None and edit.kind == "entity":
            assert edit.replacement == unescape(piece)


@settings(max_examples=100, deadline=None)
@given(markup)
def test_the_tokens_have_no_gaps(source):
    at = 0
    for token in tokens(source):
        assert token.start == at < token.end
        at = token.end
    assert at == len(source)
