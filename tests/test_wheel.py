"""The wheel carries all that a run needs: lexicon, schema, templates, models."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, unpacked in an empty folder."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_everything_that_is_no_code_travels_along(wheel):
    package = ROOT / "corpus_tools"
    data = {p.relative_to(package) for p in package.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    data |= {Path("models") / p.relative_to(ROOT / "models") for p in (ROOT / "models").rglob("*") if p.is_file()}
    assert {path for path in data if not (wheel / "corpus_tools" / path).is_file()} == set()


def test_the_unpacked_wheel_runs_the_sample(wheel, tmp_path):
    code = "import corpus_tools, sys; print(corpus_tools.__file__); from corpus_tools.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", code, "run", ROOT / "corpus" / "sample", "--db", tmp_path / "c.db"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(wheel)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 3, result.stderr  # the sample holds two files that cannot be read
    assert Path(result.stdout.splitlines()[0]).is_relative_to(wheel)
