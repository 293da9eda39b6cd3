"""An entry put into a file of the knowledge base; whatever else stands there stays as it is."""

from collections.abc import Sequence
from itertools import takewhile

from diagnost.yaml_reader import Mapping, read_bytes
from diagnost.yaml_reader import Sequence as NodeSequence


class NoPlace(ValueError):  # noqa: N818 - told to the author as it is
    """A file into which an entry cannot be put; the message says why."""


def with_item(content: bytes, name: str, key: str, item: Sequence[str]) -> bytes:
    """Return a file with an item at the end of the list under a key; the key is made if needed.

    Comments, blank lines and the ends of lines stay. Raises DiagnostError where the file is no
    YAML, NoPlace where the list is written in brackets.
    """
    node = read_bytes(content, name=name)
    text = content.decode("utf-8-sig")
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines()
    entries = node.entries if isinstance(node, Mapping) else {}
    if key not in entries:
        lines += ["", f"{key}:", *(f"  {line}" for line in item)]
        return (end.join(lines) + end).encode()
    scalar, value = entries[key]
    if isinstance(value, NodeSequence) and value.items:
        if lines[value.at.line - 1][value.at.column - 1] == "[":
            raise NoPlace(f"'{key}' of {name} is written in brackets; begin its lines with '- '")
        indent = value.at.column - 1
    elif isinstance(value, NodeSequence) and lines[scalar.at.line - 1].rstrip().endswith("[]"):
        lines[scalar.at.line - 1] = f"{key}:"
        indent = 2
    else:
        raise NoPlace(f"'{key}' of {name} is no list")
    after = [s.at.line for s, _ in entries.values() if s.at.line > scalar.at.line]
    last = (min(after) if after else len(lines) + 1) - 1
    trailing = takewhile(lambda line: not line.strip() or line[0] == "#", reversed(lines[:last]))
    place = last - len(list(trailing))
    lines[place:place] = [f"{' ' * indent}{line}" for line in item]
    return (end.join(lines) + end).encode()
