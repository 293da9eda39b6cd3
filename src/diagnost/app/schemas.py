"""What files of the knowledge base may hold: JSON Schemas for editors, a reference to read."""

import json
from collections.abc import Mapping
from pathlib import Path

from diagnost.app.errors import UsageError
from diagnost.app.saving import save
from diagnost.explain.reference import reference
from diagnost.knowledge.grammar import FILE_KINDS, grammar
from diagnost.knowledge.json_schema import IN_PACK, SUFFIX, Schema, schemas
from diagnost.model.located import nearest


def schema_list() -> str:
    """Return the kinds of files, each with the files that are of it."""
    kinds = sorted(FILE_KINDS.values())
    longest = max(len(kind.name) for kind in kinds)
    return "".join(f"{kind.name:<{longest}}  {'  '.join(kind.patterns)}\n" for kind in kinds)


def schema_text(name: str) -> str:
    """Return the schema of one kind of file; raise UsageError where there is no such kind."""
    known = sorted((IN_PACK, *(kind.name for kind in FILE_KINDS.values())))
    if name not in known:
        hint = nearest(name, known) or f"There are {', '.join(known)}."
        raise UsageError(f"no kind of file is called '{name}'. {hint}")
    return _written(schemas(grammar())[name])


def write_schemas(folder: Path, wanted: str = "") -> tuple[Path, ...]:
    """Write the schemas into a folder, one file each, and return what was written."""
    if wanted:
        texts = {wanted: schema_text(wanted)}
    else:
        texts = {name: _written(schema) for name, schema in schemas(grammar()).items()}
    return _save(folder, {f"{name}{SUFFIX}": text for name, text in texts.items()})


def reference_text(name: str) -> str:
    """Return the reference of one kind of file; raise UsageError where there is no such kind."""
    known = sorted(kind.name for kind in FILE_KINDS.values())
    if name not in known:
        hint = nearest(name, known) or f"There are {', '.join(known)}."
        raise UsageError(f"no kind of file is called '{name}'. {hint}")
    return reference(grammar())[f"{name}.md"]


def write_reference(folder: Path, wanted: str = "") -> tuple[Path, ...]:
    """Write the reference into a folder, a page for each kind of file."""
    pages = {f"{wanted}.md": reference_text(wanted)} if wanted else reference(grammar())
    return _save(folder, pages)


def _save(folder: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"cannot make the folder {folder}: {reason}") from error
    written = []
    for name, text in sorted(texts.items()):
        path = folder / name
        save(path, text.encode())
        written.append(path)
    return tuple(written)


def _written(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
