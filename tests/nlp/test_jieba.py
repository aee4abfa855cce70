"""jieba leaves no file behind and reads none that others may have left."""

import subprocess
import sys


def test_the_dictionary_is_not_cached_in_the_temp_folder(tmp_path):
    code = "from corpus_tools.nlp.jieba import cut; print(cut('教师交流轮岗'))"
    env = {"TMPDIR": str(tmp_path), "PATH": "", "PYTHONUTF8": "1"}
    found = subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True)
    assert "交流" in found.stdout
    assert list(tmp_path.iterdir()) == []
