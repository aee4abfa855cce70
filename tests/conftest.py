"""Settings and fixtures of all tests.

Property tests have no deadline, since machines differ in speed; CI tries the same cases each time.
"""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import settings

from corpus_tools.cli import main

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

ROOT = Path(__file__).parents[1]


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Runs the command in an empty folder beside which the project's corpus stands."""
    (tmp_path / "corpus").symlink_to(ROOT / "corpus", target_is_directory=True)
    monkeypatch.chdir(tmp_path)

    def run(*args, stdin=None):
        return CliRunner().invoke(main, [os.fspath(arg) for arg in args], input=stdin)

    return run


@pytest.fixture(scope="session")
def sample_db(tmp_path_factory):
    """A database of the sample corpus."""
    path = tmp_path_factory.mktemp("sample") / "corpus.db"
    result = CliRunner().invoke(main, ["run", str(ROOT / "corpus" / "sample"), "--db", str(path)])
    assert result.exit_code == 3, result.output
    return path
