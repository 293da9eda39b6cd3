"""JSON Schemas: every key that the loader takes, no other; what ships is valid, faults are not."""

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from diagnost.cli import program
from diagnost.explain.reference import reference
from diagnost.knowledge.base import load_with_problems
from diagnost.knowledge.files import KnowledgeFile, content_root, knowledge_files
from diagnost.knowledge.grammar import FILE_KINDS, file_kind, grammar
from diagnost.knowledge.json_schema import IN_PACK, schemas
from diagnost.knowledge.key_meanings import idle, untold
from diagnost.yaml_reader import Mapping, Node, Scalar, Sequence, read
from tests.shipped import ROOT

Value = Any


@lru_cache
def made() -> dict[str, dict[str, Any]]:
    return schemas(grammar())


@lru_cache
def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(made()[kind])


@lru_cache
def node_of(file: KnowledgeFile) -> Node:
    return read(file.path, name=file.name)


def native(node: Node, *, truth: tuple[str, ...] = ("true", "false")) -> Value:
    """Return what an editor's reader of YAML makes of a node; YAML 1.1 takes yes for a truth."""
    if isinstance(node, Sequence):
        return [native(item, truth=truth) for item in node.items]
    if isinstance(node, Mapping):
        return {key: native(value, truth=truth) for key, (_, value) in node.entries.items()}
    text = node.text
    if text is None or not node.plain:
        return text
    if text in truth:
        return text in ("true", "yes")
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    return float(text) if re.fullmatch(r"-?\d+\.\d*", text) else text


FILES = knowledge_files(content_root())


def test_every_schema_is_one() -> None:
    assert set(made()) == {IN_PACK, *(kind.name for kind in FILE_KINDS.values())}
    for schema in made().values():
        Draft202012Validator.check_schema(schema)


def test_every_shipped_file_is_valid() -> None:
    for file in FILES:
        check = validator(file_kind(file.name))
        assert [e.message for e in check.iter_errors(native(node_of(file)))] == [], file.name


def test_what_reads_yes_as_true_finds_them_valid_too() -> None:
    for name in ("knowledge/line_items.yaml", "knowledge/sales/tables.yaml", "rules/areas.yaml"):
        value = native(node_of(_file(name)), truth=("yes", "no", "true", "false"))
        assert [e.message for e in validator(file_kind(name)).iter_errors(value)] == [], name


def test_patterns_name_each_shipped_file_once() -> None:
    for file in FILES:
        found = [kind.name for kind in FILE_KINDS.values() if _matched(file.name, kind.patterns)]
        assert found == [file_kind(file.name)], file.name


def _matched(name: str, patterns: tuple[str, ...]) -> bool:
    found = False
    for pattern in patterns:
        if Path(name).match(pattern.removeprefix("!")):
            found = not pattern.startswith("!")
    return found


def _file(name: str) -> KnowledgeFile:
    return next(file for file in FILES if file.name == name)


# --- keys ---------------------------------------------------------------------------------------


def test_the_loader_and_the_schema_refuse_the_same_keys_everywhere() -> None:
    """A key that nobody knows is put into every mapping of every kind of file.

    Where the loader refuses it, it tells the keys that it knows: they are those of the schema.
    """
    strange = "qqqqqqqqqqqq"
    refused = 0
    seeded = {name: _seeded(node_of(_file(name)), strange) for name in _one_of_each()}
    problems = load_with_problems(read_file=lambda f: seeded.get(f.name) or node_of(f))[1]
    for name, spoilt in seeded.items():
        found = [p for p in problems if (p.code, p.at.file) == ("K105", name)]
        assert found, name
        errors = [
            error
            for error in _all_errors(validator(file_kind(name)), native(spoilt))
            if error.validator == "additionalProperties" and strange in error.message
        ]
        known_to_schema = {frozenset(error.schema.get("properties", ())) for error in errors}
        for problem in found:
            if problem.hint.startswith("Known here: "):
                keys = problem.hint.removeprefix("Known here: ").removesuffix(".").split(", ")
                assert any(known.issuperset(keys) for known in known_to_schema), (name, keys)
                refused += 1
    assert refused > 100


def _one_of_each() -> tuple[str, ...]:
    """Name a file of each kind; of the topics some that use most keys between them."""
    first: dict[str, str] = {}
    for file in FILES:
        first.setdefault(file_kind(file.name), file.name)
    topics = (
        "knowledge/finance/liquidity/cash_ratio.yaml",
        "knowledge/finance/activity/parts.yaml",
        "rules/finance/liquidity/verdict.yaml",
    )
    known = {file.name for file in FILES}
    assert known.issuperset(topics)
    return (*(name for kind, name in first.items() if kind != "topic"), *topics)


def _seeded(node: Node, key: str) -> Node:
    """Return a node with a further key in each of its mappings."""
    if isinstance(node, Sequence):
        return node._replace(items=tuple(_seeded(item, key) for item in node.items))
    if isinstance(node, Mapping):
        value = Scalar(key, node.at)
        entries = {k: (s, _seeded(inner, key)) for k, (s, inner) in node.entries.items()}
        return node._replace(entries={**entries, key: (value, value)})
    return node


def _all_errors(check: Draft202012Validator, value: Value) -> Iterator[Any]:
    open_ = list(check.iter_errors(value))
    while open_:
        error = open_.pop()
        yield error
        open_ += error.context or ()


# --- faults ------------------------------------------------------------------------------------


def statement(value: Value) -> dict[str, Value]:
    found: dict[str, Value] = value["statements"][0]
    return found


FAULTS: dict[str, tuple[Callable[[Value], object], str]] = {
    "a key that is lacking": (lambda v: statement(v).pop("when"), "K106"),
    "a word that is none": (lambda v: statement(v).update(polarity="awful"), "K108"),
    "no English": (lambda v: statement(v)["text"].pop("en"), "K106"),
    "a language that is none": (lambda v: statement(v)["text"].update(de="Ja"), "K105"),
    "a text that is a list": (lambda v: statement(v).update(brief=["a"]), "K107"),
    "a condition that is a word": (lambda v: statement(v).update(when="low"), "K107"),
    "a condition without words": (lambda v: statement(v).update(when={}), "K107"),
    "a group beside a fact": (lambda v: statement(v)["when"].update(all=[]), "K105"),
    "examples that are no list": (lambda v: statement(v).update(fires_on={"a": 1}), "K107"),
    "an example with a mapping": (
        lambda v: statement(v)["fires_on"].append({"a": {"b": 1}}),
        "K107",
    ),
    "statements that are no list": (lambda v: v.update(statements={"id": "x"}), "K107"),
    "nothing under a key": (lambda v: v["indicator"].update(formula=None), "K107"),
    "a number that is none": (lambda v: v["norms"][0]["bands"][0].update(below="much"), "K109"),
    "a flag that is none": (lambda v: v["norms"][0]["bands"][0].update(assumed="perhaps"), "K108"),
    "an id with a space": (lambda v: statement(v).update(id="very low"), "K112"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_shape_is_refused_by_both(fault: str) -> None:
    spoil, code = FAULTS[fault]
    name = "knowledge/finance/liquidity/cash_ratio.yaml"
    value = native(node_of(_file(name)))
    assert list(validator("topic").iter_errors(value)) == []
    spoil(value)
    assert list(validator("topic").iter_errors(value)) != []
    assert code in {problem.code for problem in _problems_of(name, value)}


def _problems_of(name: str, value: Value) -> list[Any]:
    """Return what the reader of topics says of a value alone."""
    from diagnost.knowledge.entries import Entries
    from diagnost.knowledge.shape import Problems
    from diagnost.knowledge.topic_parts import Topic
    from diagnost.knowledge.topics import read_topic
    from tests.shipped import base

    problems = Problems()
    topic = Topic(_file(name).topic, Entries(), base().catalogue.steadiness, problems)
    read_topic(topic, _node(value, node_of(_file(name))))
    return problems


def _node(value: Value, like: Node) -> Node:
    at = like.at
    if isinstance(value, dict):
        return Mapping({k: (Scalar(k, at), _node(v, like)) for k, v in value.items()}, at)
    if isinstance(value, list):
        return Sequence(tuple(_node(v, like) for v in value), at)
    return Scalar(None if value is None else str(value), at)


def test_lists_that_no_shipped_file_uses_are_left_open_and_few() -> None:
    unknown = {
        key
        for place in grammar().values()
        for inner in place.inside()
        for key, under in inner.keys.items()
        if under.kind == "items" and under.member is None
    }
    assert unknown <= {"variants"}  # of norms: packs alone have them


# --- packs --------------------------------------------------------------------------------------


def test_a_manifest_is_checked() -> None:
    value = {
        "id": "mine",
        "version": "1.0.0",
        "name": {"pl": "Moja"},
        "languages": ["pl"],
        "needs": "diagnost >= 0.1",
        "licence": "MIT",
        "author": "I",
        "switched_off": [{"id": "a.b", "because": "no"}],
    }
    assert list(validator("pack").iter_errors(value)) == []
    assert list(validator("pack").iter_errors({**value, "switched_off": [{"id": "a.b"}]})) != []
    assert list(validator("pack").iter_errors({**value, "licens": "MIT"})) != []


def test_every_file_of_the_shipped_packs_is_valid() -> None:
    checked = []
    for file in sorted((ROOT / "packs").glob("*/**/*.yaml")):
        name = "/".join(file.relative_to(ROOT / "packs").parts[1:])
        kind = IN_PACK if file_kind(name) == "topic" else file_kind(name)
        if name.startswith(("pack.yaml", "knowledge/", "rules/")):
            checked.append(kind)
            errors = validator(kind).iter_errors(native(read(file, name=name)))
            assert [error.message for error in errors] == [], file
    assert {"pack", IN_PACK} <= set(checked)


def test_in_a_pack_entries_may_replace_others_and_have_one_language() -> None:
    when = {"finance.liquidity.quick_ratio": "low"}
    entry = {"when": when, "polarity": "bad", "text": {"pl": "Mało."}, "basis": "inference"}
    replacing = {"topic": "a.b", "statements": [{"replaces": "x.y", **entry}]}
    assert list(validator(IN_PACK).iter_errors(replacing)) == []
    assert list(validator("topic").iter_errors(replacing)) != []
    nameless = {"topic": "a.b", "statements": [entry]}
    assert list(validator(IN_PACK).iter_errors(nameless)) != []
    norm = {"of": "x.y", "id": "strict", "basis": "inference", "bands": [{"id": "all"}]}
    assert list(validator(IN_PACK).iter_errors({"topic": "a.b", "norms": [norm]})) == []


# --- the command --------------------------------------------------------------------------------


def run(*arguments: str) -> Any:
    return CliRunner().invoke(program.program(arguments), arguments)


def test_the_command_lists_prints_and_writes(tmp_path: Path) -> None:
    listed = run("schema")
    assert listed.exit_code == 0
    assert "topic" in listed.output
    assert "knowledge/*/*/*.yaml" in listed.output
    printed = json.loads(run("schema", "topic").output)
    assert printed == made()["topic"]
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    written = run("schema", "-o", str(tmp_path / "schemas"))
    assert written.exit_code == 0
    names = {path.name for path in (tmp_path / "schemas").iterdir()}
    assert names == {f"{name}.schema.json" for name in made()}
    assert json.loads((tmp_path / "schemas" / "topic.schema.json").read_text()) == printed


def test_a_kind_that_is_none_is_told() -> None:
    result = run("schema", "topics")
    assert "Did you mean topic" in str(result.exception)


def test_settings_for_an_editor_in_the_manual_name_every_kind() -> None:
    manual = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
    block = re.search(r"```json\n(\{\n  \"yaml\.schemas.*?)```", manual, re.DOTALL)
    assert block is not None
    assert json.loads(block[1])["yaml.schemas"] == {
        f"./schemas/{kind.name}.schema.json": list(kind.patterns)
        for kind in sorted(FILE_KINDS.values())
    }


def test_every_key_says_what_it_means_and_no_other_does() -> None:
    assert untold(grammar()) == ()
    assert idle(grammar()) == ()


def test_the_reference_follows_the_loader() -> None:
    """Written anew by ``diagnost schema --format md -o docs/reference``; examples may be older."""

    def said(page: str) -> list[str]:
        return [line.rpartition(" | ")[0] or line for line in page.splitlines()]

    folder = ROOT / "docs" / "reference"
    pages = reference(grammar())
    assert {path.name for path in folder.iterdir()} == set(pages)
    for name, page in pages.items():
        assert said((folder / name).read_text(encoding="utf-8")) == said(page)


def test_links_of_the_reference_lead_to_headings() -> None:
    for page in reference(grammar()).values():
        headings = re.findall(r"^## (.*)$", page, re.MULTILINE)
        anchors = {heading.lower().replace(" ", "-") for heading in headings}
        assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= anchors


def test_a_kind_of_file_is_told_in_the_terminal() -> None:
    page = run("schema", "topic", "--format", "md").output
    assert "| **`polarity`** | whether it is good or bad news, or neither | `impossible`" in page
    wrong = run("schema", "topics", "--format", "md")
    assert "no kind of file is called 'topics'" in str(wrong.exception)
