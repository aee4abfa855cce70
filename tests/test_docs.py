"""Every command that the README files and the help texts show is run."""

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus_tools.cli import COMMANDS, main

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.zh-CN.md"]


def shown_commands(text):
    """The arguments of each `corpus-tools …` line of console blocks, with the lines shown below it."""
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for call in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = call.partition("\n")
            if line.startswith("corpus-tools "):
                yield shlex.split(line.split("#")[0])[1:], output.strip()


@pytest.fixture
def beside_the_corpus(tmp_path, monkeypatch):
    (tmp_path / "corpus").symlink_to(ROOT / "corpus", target_is_directory=True)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.usefixtures("beside_the_corpus")
def test_the_commands_of_the_readme_run_and_print_what_it_shows(readme):
    for args, output in shown_commands((ROOT / readme).read_text(encoding="utf-8")):
        result = CliRunner().invoke(main, args)
        assert result.exit_code in ((0, 3) if args[0] == "run" else (0,)), (args, result.output)
        for line in output.splitlines():
            assert line == "…" or line.removesuffix("…").strip() in result.output, (args, line)


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_names_every_command(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"corpus-tools {name}" not in text] == []


@pytest.mark.parametrize("readme", READMES)
def test_links_lead_to_files(readme):
    targets = re.findall(r"\]\(([^)#:]+)\)", (ROOT / readme).read_text(encoding="utf-8"))
    assert [target for target in targets if not (ROOT / target).exists()] == []


@pytest.mark.parametrize("name", ["demo", "test", "fix", "venv"])
def test_scripts_can_be_run(name):
    assert os.access(ROOT / "scripts" / name, os.X_OK)
