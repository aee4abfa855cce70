import pytest
from reviewed_pages import RULES

from corpus_tools import run
from corpus_tools.store import Database


@pytest.fixture
def corpus(tmp_path):
    """A folder with one page, and a way to write that page anew, run, and look at the database."""
    folder, db = tmp_path / "pages", tmp_path / "c.db"
    folder.mkdir()

    def stored(text=RULES, name="a.txt"):
        (folder / name).write_text(text, encoding="utf-8")
        run([folder], db)
        return Database(db)

    return stored
