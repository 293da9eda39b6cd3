from pathlib import Path

import pytest
import yaml

from diagnost.model.located import DiagnostError
from diagnost.yaml_reader import Mapping, Scalar, Sequence, read, read_text
from tests.shipped import ROOT


def first_problem(text: str) -> str:
    with pytest.raises(DiagnostError) as error:
        read_text(text, name="x.yaml")
    return str(error.value.problems[0])


def test_scalars_stay_as_they_were_written() -> None:
    node = read_text("a: [no, 1.10, 12:30, 010, 1e-3, ~, '', '~']", name="x")
    assert isinstance(node, Mapping)
    items = node.entries["a"][1]
    assert isinstance(items, Sequence)
    texts = [item.text for item in items.items if isinstance(item, Scalar)]
    assert texts == ["no", "1.10", "12:30", "010", "1e-3", None, "", "~"]


def test_every_node_and_key_knows_its_place() -> None:
    node = read_text("a:\n  bc: 1.5\n", name="x")
    assert isinstance(node, Mapping)
    inner = node.entries["a"][1]
    assert isinstance(inner, Mapping)
    key, value = inner.entries["bc"]
    assert str(key.at) == "x:2:3"
    assert (str(value.at), value.at.width) == ("x:2:7", 3)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\na: 2", "x.yaml:2:1: K102 the key 'a' stands twice (see also x.yaml:1:1)"),
        ("a: &b 1", "x.yaml:1:4: K103 an anchor is not allowed here"),
        ("a: *b", "x.yaml:1:4: K103 an alias is not allowed here"),
        ("a: !!int 1", "x.yaml:1:4: K103 the tag tag:yaml.org,2002:int is not allowed here"),
        ("a\n---\nb", "x.yaml:2:1: K103 a second document is not allowed here"),
        ("? [a]\n: b", "x.yaml:1:3: K101 a key must be a word"),
        ("[" * 200, "x.yaml:1:26: K104 nested too deeply"),
    ],
)
def test_what_would_mean_more_than_it_shows_is_refused(text: str, problem: str) -> None:
    assert first_problem(text) == problem


def test_broken_syntax_points_to_the_place() -> None:
    assert first_problem("a: [1,\nb: 2").startswith("x.yaml:3:1: K101 not valid YAML")


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("a: zażółć".encode("cp1250"))
    for path, words in [(latin, "UTF-8"), (tmp_path, "cannot be read"), (tmp_path / "no", "read")]:
        with pytest.raises(DiagnostError) as error:
            read(path, name="x")
        assert words in str(error.value)


def test_files_read_alike_without_the_c_library() -> None:
    """Where PyYAML was installed without libyaml its own parser reads; it is stricter in places."""
    for folder in ("knowledge", "rules", "templates", "examples"):
        for path in sorted((ROOT / folder).rglob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            try:
                for _ in yaml.parse(text, Loader=yaml.SafeLoader):
                    pass
            except yaml.YAMLError as error:
                pytest.fail(f"{path.relative_to(ROOT)}: {error}")
