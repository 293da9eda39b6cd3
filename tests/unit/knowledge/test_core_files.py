"""Files on which all others rest: where one is broken or missing, that is told and nothing else."""

from pathlib import Path

import pytest

from diagnost.knowledge.base import load, load_with_problems
from diagnost.knowledge.files import KnowledgeFile
from diagnost.model.located import At, DiagnostError, Problem
from diagnost.yaml_reader import Node, read


@pytest.mark.parametrize("name", ["rules/areas.yaml", "knowledge/context.yaml"])
def test_a_broken_core_file_is_told_alone(name: str) -> None:
    broken = Problem("K101", "not valid YAML", At(name, 2, 1))

    def read_file(file: KnowledgeFile) -> Node:
        if file.name == name:
            raise DiagnostError([broken])
        return read(file.path, name=file.name)

    with pytest.raises(DiagnostError) as caught:
        load_with_problems(read_file=read_file)
    assert list(caught.value.problems) == [broken]


def test_a_folder_without_knowledge_lacks_every_core_file(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    with pytest.raises(DiagnostError) as caught:
        load(tmp_path)
    assert {(p.code, p.at.file) for p in caught.value.problems} >= {
        ("K100", "knowledge/line_items.yaml"),
        ("K100", "rules/areas.yaml"),
    }
