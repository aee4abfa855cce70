import random

import pytest

from corpus_tools.errors import ConfigError, ReadError
from corpus_tools.read import ReadConfig, find_inputs, read_input, read_pages


def names(inputs):
    return [item.doc for item in inputs]


def test_folders_are_walked_in_order_and_what_is_no_page_is_passed_over(tmp_path):
    for name in ("b/二.txt", "b/a.html", "a.md", ".hidden.txt", ".git/x.txt", "style.css", "photo.jpg", "noend"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert names(find_inputs([tmp_path])) == ["a.md", "b/a.html", "b/二.txt", "noend"]


def test_a_file_named_directly_is_taken_whatever_its_name(tmp_path):
    (tmp_path / "page.aspx").write_text("<html><body><p>正文</p></body></html>")
    (item,) = find_inputs([tmp_path / "page.aspx"])
    assert str(read_pages(item)[0].text) == "正文\n"


def test_the_same_name_below_two_folders_is_told_apart(tmp_path):
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.txt").write_text(folder)
    assert names(find_inputs([tmp_path / "甲", tmp_path / "乙"])) == ["乙/1.txt", "甲/1.txt"]


def test_one_file_named_twice_is_read_once(tmp_path):
    (tmp_path / "1.txt").write_text("x")
    assert names(find_inputs([tmp_path, tmp_path / "1.txt"])) == ["1.txt"]


def test_a_missing_path_and_an_empty_folder_say_so(tmp_path):
    with pytest.raises(ReadError, match="does not exist"):
        find_inputs([tmp_path / "none"])
    with pytest.raises(ReadError, match="Nothing to read"):
        find_inputs([tmp_path])


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "PNG picture"),
        ("a.txt", bytes(range(256)) * 10, "binary"),
        ("a.txt", random.Random(1).randbytes(3000), "binary"),
        ("a.html", b"<html><script>document.write('x')</script></html>", "no text"),
        ("a.jsonl", b'{"n": 1}\n', "no text field"),
        ("a.jsonl", b'{"text": "cut', "not a JSON object"),
        ("a.txt", b"x" * 1_000_001, "limit"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, name, data, reason):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError, match=reason):
        read_pages(find_inputs([tmp_path])[0], ReadConfig(max_file_mb=1))


def test_a_crlf_file_keeps_two_characters_for_each_line_end(tmp_path):
    (tmp_path / "a.txt").write_bytes("第一行\r\n第二行\r\n".encode("gbk"))
    (page,) = read_pages(find_inputs([tmp_path])[0])
    assert page.text.raw == "第一行\r\n第二行\r\n"


def test_a_bad_row_is_lost_alone(tmp_path):
    (tmp_path / "a.jsonl").write_bytes('{"text": "第一"}\n\nnot json\n{"text": 3}\n{"text": "第五"}'.encode())
    reading = read_input(find_inputs([tmp_path])[0])
    assert [page.source.doc for page in reading.pages] == ["a.jsonl#1", "a.jsonl#5"]
    assert [failure.doc for failure in reading.failures] == ["a.jsonl#3", "a.jsonl#4"]


@pytest.mark.parametrize(
    ("setting", "named"),
    [({"encoding": "klingon"}, "klingon"), ({"encoding": "hex"}, "hex"), ({"max_rows": 0}, "max_rows")],
)
def test_a_setting_that_cannot_be_stops_at_once(setting, named):
    with pytest.raises(ConfigError, match=named):
        ReadConfig(**setting)
