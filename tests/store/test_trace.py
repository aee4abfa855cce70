"""Every fact can be walked back to the bytes of its file, and a file that no longer says so is named."""

import gzip
import json
import re

import pytest

from corpus_tools.run import run
from corpus_tools.store import Database

RULE = "<p>教師在同一所學校任教滿六年的，應當交流輪崗。</p>\r\n<p>每學年交流的教師不低於教師總數的&#49;0%。</p>"
PLAIN = "教师在同一所学校任教满六年的，应当交流轮岗。\r\n每学年交流的教师不低于教师总数\n的10%。"


def corpus(folder):
    folder.mkdir()
    (folder / "a.html").write_bytes(f"<html><body>{RULE}</body></html>".encode("big5hkscs"))
    (folder / "b.txt").write_bytes(PLAIN.encode("utf-8-sig"))
    (folder / "c.txt").write_bytes(PLAIN.encode("gb18030"))
    rows = [{"id": 1, "text": PLAIN}, {"id": 2, "text": "序\n" + PLAIN}]
    lines = [json.dumps(row, ensure_ascii=n == 0) for n, row in enumerate(rows)]
    (folder / "d.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "e.txt.gz").write_bytes(gzip.compress(PLAIN.encode()))
    for n, encoding in enumerate(("utf-8", "gb18030")):  # a character inside the quote cannot be read
        damaged = PLAIN.encode(encoding).replace(
            "师不低".encode(encoding), "师".encode(encoding) + b"\xff\xff\xff" + "不低".encode(encoding)
        )
        (folder / f"f{n}.txt").write_bytes(damaged)


@pytest.fixture
def made(tmp_path):
    corpus(tmp_path / "in")
    summary = run([tmp_path / "in"], tmp_path / "corpus.db")
    assert not summary.failures
    with Database(tmp_path / "corpus.db") as database:
        yield database


def test_every_fact_is_confirmed_by_its_bytes(made, tmp_path):
    docs = set()
    for fact in made.facts():
        trace = made.trace(fact.id)
        assert trace.status == "confirmed", trace
        docs.add(fact.doc.partition("#")[0])
        if trace.encoding:
            quote = trace.path.read_bytes()[trace.byte_start : trace.byte_end]
            assert re.sub("\ufffd+", "\ufffd", quote.decode(trace.encoding, "replace")) == fact.raw_quote
            assert (trace.byte_start, trace.byte_end) == fact.bytes
    assert docs == {"a.html", "b.txt", "c.txt", "d.jsonl", "e.txt.gz", "f0.txt", "f1.txt"}


def test_a_page_out_of_a_container_has_the_whole_file_for_its_bytes(made):
    trace = made.trace(next(made.facts(doc="e.txt.gz")).id)
    assert trace.status == "confirmed"
    assert (trace.byte_start, trace.byte_end) == (0, trace.path.stat().st_size)
    assert "inside" in trace.advice


def test_a_quote_is_shown_raw_and_clean(made):
    fact = next(f for f in made.facts(doc="a.html") if f.fact.measure == "exchange_share")
    trace = made.trace(fact.id[:8])
    assert "&#49;0%" in trace.raw_quote
    assert "10%" in trace.clean_quote
    assert "&" not in trace.clean_quote


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        (lambda path: path.write_bytes(path.read_bytes() + b" "), "changed", "Run again"),
        (lambda path: path.unlink(), "gone", "--root"),
    ],
)
def test_a_file_that_no_longer_says_so(made, tmp_path, change, status, says):
    fact = next(made.facts(doc="b.txt"))
    change(tmp_path / "in" / "b.txt")
    trace = made.trace(fact.id)
    assert trace.status == status
    assert says in trace.advice
    assert (trace.byte_start, trace.byte_end) == fact.bytes


def test_a_corpus_that_has_moved_is_found_under_its_new_root(made, tmp_path):
    (tmp_path / "in").rename(tmp_path / "moved")
    fact = next(made.facts(doc="b.txt"))
    assert made.trace(fact.id).status == "gone"
    assert made.trace(fact.id, root=tmp_path / "moved").status == "confirmed"
