"""Words of questions that a pack brings."""

from pathlib import Path

from diagnost.asking.lexicon import Lexicon
from diagnost.asking.question import Question, Unclear
from diagnost.asking.understanding import Understanding
from diagnost.knowledge.base import load_with_problems
from diagnost.knowledge.files import content_root
from diagnost.knowledge.packs import Pack, read_packs
from diagnost.knowledge.vocabulary_file import load_vocabulary
from tests.packs.conftest import MANIFEST
from tests.shipped import base

WORDS = "knowledge/vocabulary/acme.yaml"


def _packs(folder: Path, words: str) -> tuple[Pack, ...]:
    path = folder / "acme" / WORDS
    path.parent.mkdir(parents=True)
    path.write_text(words, encoding="utf-8")
    (folder / "acme" / "pack.yaml").write_text(MANIFEST.format(id="acme"), encoding="utf-8")
    return read_packs([folder / "acme"])


def test_a_pack_adds_names_and_words(tmp_path: Path) -> None:
    words = (
        "language: en\nasks: {why: [wherefore]}\nnames: [{line: inventories, en: [our hoard]}]\n"
    )
    packs = _packs(tmp_path, words)
    asked = "wherefore is the hoard so high?"
    for vocabulary, kind in (
        (load_vocabulary(content_root(), packs), Question),
        (load_vocabulary(content_root()), Unclear),
    ):
        found = Understanding(Lexicon(vocabulary, base()), ()).of(asked.replace("the", "our"))
        assert isinstance(found, kind)
        if isinstance(found, Question):
            assert (found.kind, found.subject) == ("why", "inventories")


def test_what_a_pack_names_must_be_there(tmp_path: Path) -> None:
    packs = _packs(tmp_path, "names: [{line: hoard, en: [hoard]}]\n")
    _, problems = load_with_problems(packs=packs)
    assert [(p.code, str(p.at)) for p in problems] == [("K203", f"acme/{WORDS}:1:28")]
