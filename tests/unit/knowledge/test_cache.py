"""The loaded knowledge base kept between runs: quick where it can be trusted, unseen elsewhere."""

import os
import pickle
import stat
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from diagnost.engine.plan import compile_plan
from diagnost.knowledge import base as loading
from diagnost.knowledge.cache import Shelf
from diagnost.knowledge.packs import Pack
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import DiagnostError
from diagnost.model.rule import Condition

T = TypeVar("T")
posix = pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX's")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Choose a cache folder that is not there yet."""
    folder = tmp_path / "somewhere" / "cache"
    monkeypatch.setenv("DIAGNOST_CACHE", str(folder))
    return folder


class Loads:
    """Counts how often the files are read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self.load = loading.load
        monkeypatch.setattr(loading, "load", self)

    def __call__(self, root: Path, packs: Sequence[Pack] = ()) -> KnowledgeBase:
        self.count += 1
        return self.load(root, packs)


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> Loads:
    return Loads(monkeypatch)


def load_kept(build: Callable[[KnowledgeBase], T], root: Path) -> tuple[KnowledgeBase, T]:
    return Shelf(root).base(build)


def ids(base: KnowledgeBase) -> list[str]:
    return list(base.rules)


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def test_what_is_kept_is_what_was_read_but_for_the_examples(
    root: Path, folder: Path, loads: Loads
) -> None:
    first, second = load_kept(ids, root), load_kept(ids, root)
    assert loads.count == 1
    assert first == second
    base, made = second
    assert made == ["finance.liquidity.ratio.low"]
    read = loading.load(root)
    (statement,) = read.statements.values()
    (leaf,) = statement.when.leaves
    when = Condition(all=(leaf._replace(at=statement.at),))
    bare = {statement.id: replace(statement, when=when, fires_on=(), silent_on=())}
    assert base == replace(read, statements=bare)
    assert read.statements != bare
    assert [path.name.partition("-")[0] for path in files(folder)] == ["knowledge"]


def test_a_plan_can_be_kept(root: Path, folder: Path) -> None:
    def plan(base: KnowledgeBase) -> object:
        return compile_plan(tuple(base.rules.values())).alternatives

    assert load_kept(plan, root) == load_kept(plan, root)


@posix
def test_only_the_user_can_read_and_write_it(root: Path, folder: Path) -> None:
    load_kept(ids, root)
    (file,) = files(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "foreign", "no pickle"])
def test_a_damaged_file_is_read_anew_and_mended(
    root: Path, folder: Path, loads: Loads, damage: str
) -> None:
    load_kept(ids, root)
    (file,) = files(folder)
    content = file.read_bytes()
    match damage:
        case "empty":
            file.write_bytes(b"")
        case "cut":
            file.write_bytes(content[:-100])
        case "flipped":
            file.write_bytes(content[:500] + bytes([content[500] ^ 1]) + content[501:])
        case "foreign":
            file.write_bytes(pickle.dumps("something else"))
        case _:
            file.write_bytes(b"\x00" * len(content))
    assert load_kept(ids, root)[1] == ["finance.liquidity.ratio.low"]
    assert loads.count == 2
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("knowledge/finance/liquidity/ratio.yaml", "below: 1.2", "below: 1.1"),
        ("knowledge/reasons.yaml", "there are no debts", "it owes nothing"),
        ("rules/areas.yaml", "en: Liquidity", "en: Cash"),
    ],
)
def test_a_changed_file_is_read_anew(
    root: Path, folder: Path, loads: Loads, name: str, old: str, new: str
) -> None:
    before = load_kept(ids, root)[0]
    path = root / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    after = load_kept(ids, root)[0]
    assert loads.count == 2
    assert before.version != after.version
    assert after.version == loading.load(root).version


def test_a_new_file_and_a_vanished_one_count_too(root: Path, folder: Path, loads: Loads) -> None:
    load_kept(ids, root)
    topic = root / "rules/more.yaml"
    topic.write_text("topic: more\narea: liquidity\n", encoding="utf-8")
    load_kept(ids, root)
    topic.unlink()
    load_kept(ids, root)
    assert loads.count == 2


def test_another_version_of_the_program_reads_anew(
    root: Path, folder: Path, loads: Loads, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_kept(ids, root)
    monkeypatch.setattr("diagnost.knowledge.cache.__version__", "9.9")
    load_kept(ids, root)
    assert loads.count == 2


def test_a_base_with_a_problem_is_never_kept(root: Path, folder: Path) -> None:
    (root / "rules/areas.yaml").write_text("areas: 5\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(DiagnostError):
            load_kept(ids, root)
    assert files(folder) == []


def test_a_plan_that_cannot_be_made_is_never_kept(root: Path, folder: Path) -> None:
    def refuse(base: KnowledgeBase) -> None:
        raise DiagnostError([])

    with pytest.raises(DiagnostError):
        load_kept(refuse, root)
    assert files(folder) == []


@posix
def test_a_folder_or_file_that_others_can_write_is_not_trusted(
    root: Path, folder: Path, loads: Loads
) -> None:
    load_kept(ids, root)
    (file,) = files(folder)
    file.chmod(0o622)
    load_kept(ids, root)
    assert loads.count == 2
    folder.chmod(0o777)
    load_kept(ids, root)
    load_kept(ids, root)
    assert loads.count == 4


@posix
def test_a_folder_of_another_user_is_not_trusted(
    root: Path, folder: Path, loads: Loads, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_kept(ids, root)
    me = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: me + 1)
    load_kept(ids, root)
    assert loads.count == 2
    assert len(files(folder)) == 1


@posix
def test_a_link_in_place_of_the_file_is_not_followed(
    root: Path, folder: Path, loads: Loads
) -> None:
    load_kept(ids, root)
    (file,) = files(folder)
    moved = file.rename(folder.parent / "elsewhere")
    file.symlink_to(moved)
    load_kept(ids, root)
    assert loads.count == 2
    assert not file.is_symlink()


def test_where_nothing_can_be_written_nothing_is_kept(
    root: Path, tmp_path: Path, loads: Loads, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("", encoding="utf-8")
    monkeypatch.setenv("DIAGNOST_CACHE", str(in_the_way / "cache"))
    assert load_kept(ids, root)[1] == load_kept(ids, root)[1]
    assert loads.count == 2
    monkeypatch.setenv("DIAGNOST_CACHE", str(in_the_way))
    load_kept(ids, root)
    assert loads.count == 3
    assert in_the_way.read_text(encoding="utf-8") == ""


def test_a_full_disk_leaves_nothing_behind(
    root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert load_kept(ids, root)[1] == ["finance.liquidity.ratio.low"]
    assert files(folder) == []


def test_it_can_be_turned_off(
    root: Path, tmp_path: Path, loads: Loads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIAGNOST_CACHE", "off")
    monkeypatch.chdir(tmp_path)
    load_kept(ids, root)
    load_kept(ids, root)
    assert loads.count == 2
    assert not (tmp_path / "off").exists()


@posix
def test_without_a_choice_it_lies_in_the_folder_of_the_platform(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DIAGNOST_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setattr("sys.platform", "linux")
    load_kept(ids, root)
    assert len(files(tmp_path / "xdg" / "diagnost")) == 1
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr("sys.platform", "darwin")
    load_kept(ids, root)
    assert len(files(tmp_path / "home/Library/Caches/diagnost")) == 1


def test_only_the_last_few_states_stay(root: Path, folder: Path) -> None:
    areas = root / "rules/areas.yaml"
    text = areas.read_text(encoding="utf-8")
    for number in range(7):
        areas.write_text(f"{text}# {number}\n", encoding="utf-8")
        load_kept(ids, root)
    assert len(files(folder)) == 4
