import gzip
import io
import json
import zipfile
from pathlib import PurePosixPath

import pytest

from corpus_tools.errors import FormatError, MissingExtraError, ReadError
from corpus_tools.read import ReadConfig, byte_span, find_inputs, read_input
from corpus_tools.read.bundle import Bundle
from corpus_tools.read.files import media_type
from corpus_tools.read.formats import read_bundle
from corpus_tools.records import Page

TEXT = "第一条 教师在同一所学校任教满六年应当交流。\n第二条 每学年不低于百分之十。"


READERS = {".docx": "docx", ".pdf": "pypdf", ".parquet": "pyarrow"}


def read(doc: str, data: bytes, **settings):
    return list(read_bundle(Bundle(doc, data, media_type(PurePosixPath(doc)), "0", ReadConfig(**settings))))


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_what_is_inside_a_gzip_file_is_read_by_its_name(encoding):
    (page,) = read("a.txt.gz", gzip.compress(TEXT.encode(encoding)))
    assert page.text.raw == TEXT
    assert (page.source.doc, page.source.media_type) == ("a.txt.gz", "text/plain")


def test_rows_inside_a_gzip_file_keep_their_numbers():
    rows = "\n".join(json.dumps({"text": text}) for text in ("甲", "乙")).encode()
    assert [(p.source.doc, str(p.text)) for p in read("a.jsonl.gz", gzip.compress(rows))] == [
        ("a.jsonl.gz#1", "甲"),
        ("a.jsonl.gz#2", "乙"),
    ]


def test_the_files_of_a_zip_are_read_in_order_and_the_rest_passed_over():
    data = zipped({"b/二.html": b"<p>x</p>", "a.txt": TEXT.encode("gbk"), "photo.jpg": b"x", "__MACOSX/a.txt": b"x"})
    assert [page.source.doc for page in read("z.zip", data)] == ["z.zip/a.txt", "z.zip/b/二.html"]


def test_names_in_gbk_are_read():
    data = zipped({"XXXXXXXX.txt": TEXT.encode()}).replace(b"XXXXXXXX", "教师交流".encode("gbk"))
    assert [page.source.doc for page in read("z.zip", data)] == ["z.zip/教师交流.txt"]


def test_a_broken_member_is_lost_alone():
    results = read("z.zip", zipped({"a.txt": TEXT.encode(), "b.txt": b""}))
    assert [type(result).__name__ for result in results] == ["Page", "Failure"]
    assert results[1].doc == "z.zip/b.txt"


def test_a_page_out_of_a_container_has_no_bytes_of_its_own():
    data = gzip.compress(TEXT.encode())
    (page,) = read("a.txt.gz", data)
    assert page.source.encoding == ""
    assert byte_span(data, page.source, 3, 5) == (0, len(data))


@pytest.mark.parametrize(
    ("doc", "data", "reason"),
    [
        ("a.txt.gz", gzip.compress(b"x" * 2_000_000), "unpacks to more than 1,000,000"),
        ("a.txt.gz", gzip.compress(TEXT.encode())[:-12], "broken gzip"),
        ("a.txt.gz", b"not gzip", "broken gzip"),
        ("a.zip", b"PK\x03\x04 cut", "broken zip"),
        ("a.zip", zipped({"x.jpg": b"x"}), "no file of a kind"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted"),
        ("a.docx", b"PK", "broken docx"),
        ("a.docx", zipped({"word/x.xml": b"x"}), "broken docx"),
        ("a.docx", zipped({"word/document.xml": b"x" * 2_000_000}), "unpacks to"),
        ("a.pdf", b"%PDF-1.4 cut", "broken PDF"),
        ("a.csv", "编号,名称\n1,甲".encode(), "no text field"),
        ("a.parquet", b"PAR1 cut", "broken Parquet"),
    ],
)
def test_what_cannot_be_read_says_why(doc, data, reason):
    pytest.importorskip(READERS.get(PurePosixPath(doc).suffix, "zipfile"))
    with pytest.raises(FormatError, match=reason):
        read(doc, data, max_unpacked_mb=1)


def test_a_bomb_inside_a_zip_is_lost_alone():
    results = read("z.zip", zipped({"a.txt": TEXT.encode(), "b.txt": b"x" * 2_000_000}), max_unpacked_mb=1)
    assert [type(result).__name__ for result in results] == ["Page", "Failure"]


def test_archives_inside_archives_end():
    data = TEXT.encode()
    for name in ("a.txt", "b.zip", "c.zip", "d.zip"):
        data = zipped({name: data})
    (failure,) = read("e.zip", data)
    assert "inside 2 other archives" in failure.reason


def test_csv_rows_are_pages_with_what_the_other_columns_say():
    table = '标题,url,正文\r\n甲,https://example.org/1,"第一行\r\n第二行，""引""。"\r\n乙,,\r\n'
    page, failure = read("a.csv", table.encode("gbk"))
    assert page.text.raw == '第一行\r\n第二行，"引"。'
    assert (page.source.doc, page.meta.title, page.meta.address) == ("a.csv#1", "甲", "https://example.org/1")
    assert failure.doc == "a.csv#2"


def test_the_column_can_be_named():
    assert [str(p.text) for p in read("a.tsv", "text\t摘要\n甲\t乙\n".encode(), text_field="摘要")] == ["乙"]


def test_parquet_rows_are_pages():
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    stream = io.BytesIO()
    parquet.write_table(pyarrow.table({"content": [TEXT, None, "乙"], "title": ["甲", "x", None]}), stream)
    results = read("a.parquet", stream.getvalue())
    assert [result.source.doc for result in results if isinstance(result, Page)] == ["a.parquet#1", "a.parquet#3"]
    assert (str(results[0].text), results[0].meta.title) == (TEXT, "甲")


def test_docx_paragraphs_tables_and_insertions_are_text_and_deletions_are_not():
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.core_properties.title = "轮岗办法"
    document.add_heading("轮岗办法", 1)
    paragraph = document.add_paragraph("第一段\t有制表符")
    inserted = docx.oxml.parse_xml(
        '<w:ins xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:t>，补入</w:t></w:r></w:ins>'
    )
    deleted = docx.oxml.parse_xml(
        '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:r><w:delText>删去</w:delText></w:r></w:del>"
    )
    paragraph._p.append(inserted)
    paragraph._p.append(deleted)
    table = document.add_table(2, 2)
    for cell, text in zip((c for row in table.rows for c in row.cells), "甲乙丙丁", strict=True):
        cell.text = text
    document.add_paragraph("末段")
    stream = io.BytesIO()
    document.save(stream)
    (page,) = read("a.docx", stream.getvalue())
    assert page.text.raw == "轮岗办法\n第一段\t有制表符，补入\n甲\t乙\n丙\t丁\n末段"
    assert page.meta.title == "轮岗办法"


NUMBERING = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def test_the_numbers_word_writes_before_paragraphs_are_text():
    docx = pytest.importorskip("docx")
    document = docx.Document()
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    root.extend(list(docx.oxml.parse_xml(NUMBERING)))
    for text, depth in (("目的", 0), ("均衡", 1), ("公平", 1), ("范围", 0), ("教师", 1), ("附则", None)):
        paragraph = document.add_paragraph(text)
        if depth is not None:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = depth
            properties.get_or_add_numId().val = 3
    stream = io.BytesIO()
    document.save(stream)
    (page,) = read("a.docx", stream.getvalue())
    assert page.text.raw.split("\n") == ["一、目的", "1.均衡", "2.公平", "二、范围", "1.教师", "附则"]


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCountingThousand", "十"),
        (21, "japaneseCounting", "二十一"),
        (3, "decimalEnclosedCircle", "③"),
        (4, "lowerRoman", "iv"),
        (2, "upperLetter", "B"),
        (120, "chineseCounting", "120"),
        (5, "decimal", "5"),
    ],
)
def test_numerals_as_word_writes_them(number, form, expected):
    from corpus_tools.read.numbering import numeral

    assert numeral(number, form) == expected


def pdf(text: str = "", password: str = "") -> bytes:
    pypdf = pytest.importorskip("pypdf")
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(200, 200)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    fonts = DictionaryObject(
        {NameObject("/F1"): DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})}
    )
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = stream
    if password:
        writer.encrypt(password, algorithm="RC4-40")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pdf_text_layers_are_read_and_pictures_and_passwords_say_so():
    (page,) = read("a.pdf", pdf("Teachers rotate"))
    assert page.text.raw == "Teachers rotate"
    with pytest.raises(FormatError, match="no text layer"):
        read("a.pdf", pdf())
    with pytest.raises(FormatError, match="encrypted"):
        read("a.pdf", pdf("x", "secret"))


def test_a_missing_package_fails_its_file_and_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    with pytest.raises(ReadError, match=r"pip install 'corpus-tools\[formats\]'") as caught:
        read("a.pdf", b"%PDF-1.4")
    assert isinstance(caught.value, MissingExtraError)


def test_a_folder_with_every_kind_is_read(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": TEXT.encode()}))
    (tmp_path / "b.csv").write_text("text\n甲\n", encoding="utf-8")
    inputs = find_inputs([tmp_path])
    assert [page.source.doc for item in inputs for page in read_input(item).pages] == ["a.zip/a.txt", "b.csv#1"]
