"""Page furniture of a language: headings, unit words, phrases, from ``templates/words``."""

from functools import lru_cache
from pathlib import Path

from diagnost.model.located import DiagnostError, Problem
from diagnost.yaml_reader import Mapping, Node, Scalar, read


@lru_cache(maxsize=8)
def words_of(language: str, root: Path) -> dict[str, str]:
    """Return the phrases of a language, read once; see ``read_words``."""
    return read_words(language, root)


def read_words(language: str, root: Path) -> dict[str, str]:
    """Return the phrases of a language by dotted key (``days.one``, ``heading.summary``).

    Raises DiagnostError where the file cannot be read or holds anything but phrases.
    """
    path = root / "templates" / "words" / f"{language}.yaml"
    words: dict[str, str] = {}
    _collect(read(path, name=path.relative_to(root).as_posix()), "", words)
    return words


def _collect(node: Node, prefix: str, words: dict[str, str]) -> None:
    if isinstance(node, Mapping):
        for key, (_, value) in node.entries.items():
            _collect(value, f"{prefix}.{key}" if prefix else key, words)
    elif isinstance(node, Scalar):
        words[prefix] = node.text or ""
    else:
        message = "page furniture holds phrases only, no lists"
        raise DiagnostError([Problem(code="K107", message=message, at=node.at)])
