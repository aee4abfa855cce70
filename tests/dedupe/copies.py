"""Builders of copies for the tests of collation and lineage."""

from hashlib import sha256

from corpus_tools.dedupe.witness import Name, Witness
from corpus_tools.records import Mark, Page, PageMeta, Source
from corpus_tools.text import Edit, Text

TEXT = (
    "一年的交流工作总结\n2014年9月，我有幸成为教师交流队伍中的一员，来到青山镇中心小学任教。学校安排我担任三年级的班主任，"
    "并承担两个班的语文课。刚到新学校，面对陌生的环境，我虚心向老教师请教，认真备好每一节课。\n"
    "期中考试后，我对全班三十六名学生逐一家访，走遍了周边的五个村子，和家长们商量孩子的学习。有的孩子犯了错误，"
    "我耐心地和他一起找原因，让他改正错误，重新开始。期末评比时，我们班被评为文明班级，语文成绩列全镇第二名。\n"
    "这一年的交流让我明白，山区的孩子同样渴望知识，他们更需要我们的陪伴。今后我会把学到的经验带回原来的学校，继续努力。"
)


def copy(doc, text=TEXT, marks=(), edits=(), **meta):
    """A page of one essay; `marks` are words and what is wrong with them: ("20xx", "masked", "year")."""
    page = Page(Source(doc, sha256(text.encode()).hexdigest(), "utf-8", "text/plain"), Text(text).edited(edits))
    found = []
    for words, kind, *note in marks:
        start = str(page.text).index(words)
        found.append(Mark(start, start + len(words), kind, *note))
    page = page.marked(found)
    page = Page(page.source, page.text, PageMeta(**meta), page.marks)
    return Witness(Name(doc, 1), page, 0, len(page.text), "一年的交流工作总结")


def changed(doc, old, new, kind=None, note="", **meta):
    """A copy with other words in one place, marked where a kind of damage is given."""
    assert TEXT.count(old) == 1
    return copy(doc, TEXT.replace(old, new), [(new, kind, note)] if kind else [], **meta)


def edit(text, old, new, kind):
    """An edit of the first place where `old` stands."""
    return Edit(text.index(old), text.index(old) + len(old), new, kind)


__all__ = ["TEXT", "changed", "copy", "edit"]
