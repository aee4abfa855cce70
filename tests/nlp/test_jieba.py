"""jieba leaves no file behind and reads none that others may have left; what is done in its stead is what it does."""

import subprocess
import sys

import jieba
import pytest

from corpus_tools.nlp.jieba import _frequencies, _tokenizer, cut


def test_the_dictionary_is_not_cached_in_the_temp_folder(tmp_path):
    code = "from corpus_tools.nlp.jieba import cut; print(cut('教师交流轮岗'))"
    env = {"TMPDIR": str(tmp_path), "PATH": "", "PYTHONUTF8": "1"}
    found = subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True)
    assert "交流" in found.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_dictionary_is_the_one_that_jieba_reads():
    tokenizer = jieba.Tokenizer()
    with tokenizer.get_dict_file() as file:
        assert _frequencies(file.read().decode("utf-8")) == tokenizer.gen_pfdict(tokenizer.get_dict_file())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "的",
        "教师交流轮岗制度的意义",
        "研究生命起源南京市长江大桥",
        "㐀龦鿿𠀀教师",
        "犇骉赑",
        "第3次ABC交流，很好 啊",
    ],
)
def test_words_are_those_that_jieba_finds(text: str):
    assert cut(text) == list(_tokenizer().cut(text, HMM=False))
