"""The report as a reader gets it: one file, escaped, complete, usable in a browser."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from corpus_tools import Database, run
from corpus_tools.report.config import ReportConfig
from corpus_tools.report.summary import write_report

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def report_of(pages, folder, config=None):
    """The HTML of the report of some pages, given as {name: text}."""
    for name, text in pages.items():
        path = folder / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    run([folder / "pages"], folder / "c.db")
    with Database(folder / "c.db") as database:
        write_report(database, folder / "r.html", config or ReportConfig())
    return (folder / "r.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sample_report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    run([ROOT / "corpus" / "sample"], folder / "c.db")
    with Database(folder / "c.db") as database:
        write_report(database, folder / "r.html")
    return folder / "r.html"


def test_what_a_page_says_is_escaped(tmp_path):
    html = report_of({"a.txt": "<script>alert(1)</script>办法\n教师交流期限不少于<b>3</b>年。\n"}, tmp_path)
    assert "<script>alert(1)" not in html
    assert "<b>3</b>" not in html


def test_it_asks_nothing_of_the_network(sample_report):
    html = sample_report.read_text(encoding="utf-8")
    assert re.findall(r"(?:src|href)=[\"'](?!#)|@import|url\(", html) == []


def test_every_rule_and_every_failure_stands_in_it(sample_report):
    html = sample_report.read_text(encoding="utf-8")
    with Database(sample_report.with_name("c.db")) as database:
        missing = [finding for finding in database.findings() if finding.facts[0].id[:8] not in html]
        assert missing == []
        assert all(failure.doc in html for failure in database.failures())


def test_what_is_left_out_is_counted(tmp_path):
    rules = "".join(f"第{n}条 教师交流期限不少于{n}年。\n" for n in (2, 3, 4))
    html = report_of({"a.txt": f"教师交流办法\n{rules}"}, tmp_path, ReportConfig(max_findings=1))
    assert "3 different rules, the first 1 shown" in html


def test_a_corpus_without_facts_or_copies_says_so(tmp_path):
    html = report_of({"a.txt": "今天天气很好，大家去春游。\n"}, tmp_path)
    assert "No policy fact was found" in html
    assert "No two essays share a passage" in html


TEXT = (
    "交流工作总结\n2014年9月，我来到青山镇中心小学任教，担任三年级的班主任，并承担两个班的语文课。"
    "我虚心向老教师请教，认真备好每一节课，家访走遍了周边的五个村子。期末评比时，我们班被评为文明班级。"
)


def test_a_group_of_copies_shows_the_likely_source_and_where_they_differ(tmp_path):
    html = report_of({"a.txt": TEXT, "b.txt": TEXT.replace("2014年", "20xx年").replace("五个", "六个")}, tmp_path)
    assert re.search(r"Likely source: A, <span[^>]*>a\.txt#1</span>", html)
    assert "B hides words at 1 place where the other has them" in html
    variants = re.search(r'<table class="variants">.*?</table>', html, re.DOTALL)[0]
    assert re.findall(r"<mark>(.*?)</mark>", variants) == ["14", "xx", "五", "六"]
    assert "<b>A</b> 2014" in variants


def test_copies_without_a_direction_say_so(tmp_path):
    html = report_of({"a.txt": TEXT, "b.txt": TEXT.replace("五个", "六个")}, tmp_path, ReportConfig(max_variants=0))
    assert "Undirected" in html
    assert "no sign either way" in html
    assert '<table class="variants">' not in html


MINISTRY = (
    "教育部关于推进校长教师交流轮岗的意见\n教师〔2014〕4号\n各省、自治区、直辖市教育厅（教委）：\n"
    "城镇学校、优质学校每学年教师交流轮岗的比例一般不低于符合交流条件教师总数的百分之十，"
    "其中骨干教师交流轮岗应不低于交流总数的百分之二十，各地要结合实际认真落实。\n"
    "各地要加强组织领导，把这项工作列入重要议事日程，制定实施方案，明确责任分工，定期开展督导检查。\n"
    "教育部\n2014年8月13日\n"
)
QUOTE = MINISTRY[MINISTRY.index("城镇学校") : MINISTRY.index("各地要加强")]


def test_what_two_schools_both_quote_is_said_to_be_quoted(tmp_path):
    pages = {
        "a.txt": f"我校的做法\n一年来，先后有十二位老师到山区任教。\n{QUOTE}老师们学到了很多，回来后都有不少感想。",
        "b.txt": f"学习文件的体会\n周三下午，全体教师集中学习。\n{QUOTE}大家听完觉得要求很具体，也很可行。",
        "m.txt": MINISTRY,
    }
    html = report_of(pages, tmp_path)
    assert re.search(r"7\d characters quoted from m\.txt#1", html)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")
def test_the_filter_works_in_a_browser(sample_report, tmp_path):
    html = sample_report.read_text(encoding="utf-8")
    chosen = html.replace("</script>\n</body>", "words.value = '校长'; filter();</script>\n</body>")
    page = tmp_path / "filtered.html"
    page.write_text(chosen, encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--dump-dom"]
    command = [CHROMIUM, *flags, f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    rows = re.findall(r'<tr class="rule"[^>]*>.*?</tr>', dom, re.DOTALL)
    shown = [row for row in rows if " hidden" not in row[: row.index(">")]]
    assert 0 < len(shown) < len(rows)
    assert all("校长" in row for row in shown)
