"""One field, one TOML key; what does not exist or does not fit stops before any work is done."""

from dataclasses import fields, is_dataclass, replace

import pytest

from corpus_tools.config import Config, RunConfig
from corpus_tools.errors import ConfigError


def config(tmp_path, text):
    path = tmp_path / "corpus.toml"
    path.write_text(text, encoding="utf-8")
    return Config.from_toml(path)


def test_what_is_not_named_keeps_its_default(tmp_path):
    assert config(tmp_path, "") == Config()
    changed = config(tmp_path, "[dedupe]\nmin_jaccard = 0.6\n[run]\npage_seconds = 5")
    assert changed == replace(Config(), dedupe=replace(Config().dedupe, min_jaccard=0.6), run=RunConfig(page_seconds=5))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[dedup]", r"no table \[dedup\]. Known tables: read, normalise, strip, segment, dedupe, extract, run"),
        ("[dedupe]\nmin_jacard = 0.6", r"\[dedupe\] has no key 'min_jacard'. Known keys: min_jaccard, "),
        ("dedupe = 3", r"write \[dedupe\] and its keys below"),
        ("[dedupe]\nmin_jaccard = '0.6'", r"\[dedupe\] min_jaccard is a number, not '0.6'"),
        ("[dedupe]\nmin_jaccard = true", "is a number"),
        ("[dedupe]\nmin_jaccard = 3.0", "min_jaccard"),  # the room's own check
        ("[dedupe]\nmin_passage = 40.5", "is a whole number"),
        ("[strip]\nstrip = 1", "is a true or false"),
        ("[normalise]\nscript = 'latin'", "is one of 'hans'"),
        ("[extract]\npacks = 'teacher_rotation'", "is a list"),
        ("[run]\npage_seconds = -1", "0 .no limit. or more"),
        ("[run\n", "not valid TOML"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path, text, says):
    with pytest.raises(ConfigError, match=says) as error:
        config(tmp_path, text)
    assert "corpus.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"none\.toml cannot be read"):
        Config.from_toml(tmp_path / "none.toml")


def test_whole_numbers_and_lists_are_taken_as_the_field_wants_them(tmp_path):
    changed = config(tmp_path, "[dedupe]\nmin_jaccard = 1\n[extract]\npacks = ['teacher_rotation']")
    assert isinstance(changed.dedupe.min_jaccard, float)
    assert changed.extract.packs == ("teacher_rotation",)


def test_every_setting_has_a_help_text():
    for room in fields(Config):
        settings = getattr(Config(), room.name)
        assert is_dataclass(settings)
        assert [f.name for f in fields(settings) if not f.metadata.get("help")] == []


@pytest.mark.parametrize(
    ("changed", "page", "whole"),
    [
        ({}, True, True),
        ({"strip": {"strip": False}}, False, False),
        ({"dedupe": {"min_jaccard": 0.6}}, True, False),  # pages stay as they are
        ({"dedupe": {"workers": 2}}, True, True),
        ({"run": {"page_seconds": 1}}, True, True),
    ],
)
def test_the_digest_changes_with_what_changes_results(changed, page, whole):
    before, after = Config(), Config.from_tables(changed)
    assert (before.page_digest() == after.page_digest()) is page
    assert (before.digest() == after.digest()) is whole
