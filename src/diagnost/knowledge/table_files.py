"""Reads every ``tables.yaml``: the kinds of records, their columns and how people call them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.located import nearest
from diagnost.model.records import (
    COUNT,
    KINDS,
    NUMERIC,
    REFERENCE,
    SCORE,
    TEXT,
    WORD,
    Column,
    Table,
)
from diagnost.model.text import Text
from diagnost.yaml_reader import Node, Scalar


class _Words(NamedTuple):
    """The words that a column takes: labels by word, words by further spelling."""

    labels: dict[str, Text]
    synonyms: dict[str, str]


def read_tables(
    nodes: Iterable[Node], problems: Problems, sides: Sequence[str] = ()
) -> dict[str, Table]:
    """Read files of tables; references are checked once all are read.

    Files are ``for`` one of the ``sides``, if any are declared.
    """
    tables: dict[str, Table] = {}
    extensions: list[_Extension] = []
    for node in nodes:
        file = Shape(node, problems, "the tables")
        purpose = file.word("for", among=("", *sides) if sides else (), default="")
        lists: dict[str, _Words] = {}
        for entry in file.items("lists"):
            shape = Shape(entry, problems, "a list of words")
            lists[shape.identifier()] = _words(shape, problems)
            shape.done()
        for entry in file.items("tables"):
            table = _table(Shape(entry, problems, "a table"), purpose, lists, problems)
            before = tables.setdefault(table.id, table)
            if before is not table:
                problems.say("K207", f"'{table.id}' stands twice", table.at, "", before.at)
        for entry in file.items("extends"):
            shape = Shape(entry, problems, "an extension")
            extensions.append(_extension(shape, purpose, lists, problems))
        file.done()
    for extension in extensions:
        _extend(tables, extension, problems)
    for table in tables.values():
        _check_references(table, tables, problems)
    return tables


def _name(shape: Shape, key: str = "names") -> Text:
    return shape.text(key, required=True) or Text({"en": ""}, shape.at)


def _synonyms(shape: Shape) -> tuple[str, ...]:
    return tuple(scalar.text or "" for scalar in shape.words("synonyms"))


def _table(shape: Shape, purpose: str, lists: Mapping[str, _Words], problems: Problems) -> Table:
    columns: dict[str, Column] = {}
    id_, names, synonyms = shape.identifier(), _name(shape), _synonyms(shape)
    key, once = shape.scalar("key"), shape.words("once")
    rows = shape.text("rows")
    for entry in shape.items("columns"):
        column = _column(Shape(entry, problems, "a column"), lists, problems)
        before = columns.setdefault(column.id, column)
        if before is not column:
            problems.say("K207", f"'{column.id}' stands twice", column.at, "", before.at)
    shape.done()
    if not columns:
        problems.say("K106", "a table needs columns", shape.at)
    for scalar in (*([key] if key else []), *once):
        if scalar.text not in columns:
            hint = nearest(scalar.text or "", columns) or f"Columns: {', '.join(columns)}."
            problems.say("K221", f"{id_} has no column '{scalar.text}'", scalar.at, hint)
    key_id = (key.text or "") if key else ""
    if key is not None and key_id in columns:
        of_key = columns[key_id]
        if of_key.kind != TEXT or not of_key.required:
            hint = "Other tables refer to it: write kind: text and required: yes."
            problems.say("K221", f"the key of {id_} is not a required text", key.at, hint)
    table = Table(
        id=id_,
        names=names,
        synonyms=synonyms,
        columns=columns,
        key=key_id,
        once=tuple(s.text or "" for s in once) or ((key_id,) if key_id else ()),
        purpose=purpose,
        rows=rows,
        at=shape.at,
    )
    _check_headings(table, problems)
    return table


class _Extension(NamedTuple):
    """What a side looks at in the table of another, and the columns it adds."""

    table: Scalar | None
    purpose: str
    shown: tuple[Scalar, ...]
    columns: tuple[Column, ...]


def _extension(
    shape: Shape, purpose: str, lists: Mapping[str, _Words], problems: Problems
) -> _Extension:
    found = _Extension(
        table=shape.scalar("table", required=True),
        purpose=purpose,
        shown=tuple(shape.words("shown")),
        columns=tuple(
            _column(Shape(entry, problems, "a column"), lists, problems)._replace(purpose=purpose)
            for entry in shape.items("columns")
        ),
    )
    shape.done()
    return found


def _extend(tables: dict[str, Table], extension: _Extension, problems: Problems) -> None:
    """Add what another side keeps in a table, and note which columns it looks at."""
    if extension.table is None:
        return
    table = tables.get(extension.table.text or "")
    if table is None:
        hint = nearest(extension.table.text or "", tables) or f"Tables: {', '.join(tables)}."
        message = f"no table is called '{extension.table.text}'"
        problems.say("K221", message, extension.table.at, hint)
        return
    for scalar in extension.shown:
        if scalar.text not in table.columns:
            hint = nearest(scalar.text or "", table.columns)
            problems.say("K221", f"{table.id} has no column '{scalar.text}'", scalar.at, hint)
    columns = dict(table.columns)
    for column in extension.columns:
        before = columns.setdefault(column.id, column)
        if before is not column:
            problems.say("K207", f"'{column.id}' stands twice", column.at, "", before.at)
    looked_at = (*(s.text or "" for s in extension.shown), *(c.id for c in extension.columns))
    extended = table._replace(
        columns=columns, shared={**table.shared, extension.purpose: looked_at}
    )
    _check_headings(extended, problems)
    tables[table.id] = extended


def _words(shape: Shape, problems: Problems) -> _Words:
    """Take the words of a column, each with its labels and further spellings."""
    found = _Words({}, {})
    for entry in shape.items("words"):
        each = Shape(entry, problems, "a word")
        word = each.identifier()
        found.labels[word] = _name(each)
        found.synonyms.update(dict.fromkeys(_synonyms(each), word))
        each.done()
    return found


def _column(shape: Shape, lists: Mapping[str, _Words], problems: Problems) -> Column:
    kind = shape.word("kind", among=KINDS)
    named = shape.entries.get("words")
    if named is not None and isinstance(named[1], Scalar):
        name = shape.word("words")
        if name not in lists:
            hint = nearest(name, lists) or f"Lists: {', '.join(lists)}."
            problems.say("K221", f"no list of words is called '{name}'", named[1].at, hint)
        words = lists.get(name, _Words({}, {}))
    else:
        words = _words(shape, problems)
    column = Column(
        id=shape.identifier(),
        kind=kind,
        names=_name(shape),
        synonyms=_synonyms(shape),
        words=words.labels,
        word_synonyms=words.synonyms,
        least=shape.decimal("least", percent=False),
        most=shape.decimal("most", percent=False),
        required=shape.flag("required", default=False),
        refers_to=shape.word("to", default=""),
        ahead=shape.flag("ahead", default=False),
        help=shape.text("help"),
        at=shape.at,
    )
    shape.done()
    if named is None or column.words or not isinstance(named[1], Scalar):
        _check_kind(column, problems)
    if kind == COUNT and column.least is None:
        return column._replace(least=Decimal(0))
    return column


def _check_kind(column: Column, problems: Problems) -> None:
    """Refuse what does not belong to the kind of the column, or what it lacks."""
    kind = column.kind
    lacks = ""
    if (kind == WORD) != bool(column.words):
        lacks = "words" if kind == WORD else f"kind {WORD}, as it has words"
    elif (kind == REFERENCE) != bool(column.refers_to):
        lacks = "the table it refers to (to)" if kind == REFERENCE else f"kind {REFERENCE}"
    elif kind == SCORE and (column.least is None or column.most is None):
        lacks = "least and most"
    if lacks:
        problems.say("K106", f"the column {column.id} needs {lacks}", column.at)
    bounded = column.least is not None or column.most is not None
    if bounded and kind not in NUMERIC:
        hint = f"Only {', '.join(sorted(NUMERIC))} have least and most."
        problems.say("K221", f"the column {column.id} is no number", column.at, hint)
    if column.least is not None and column.most is not None and column.least > column.most:
        problems.say("K221", f"least is above most in {column.id}", column.at)


def _check_references(table: Table, tables: dict[str, Table], problems: Problems) -> None:
    for column_id, other in table.references.items():
        at = table.columns[column_id].at
        if other not in tables:
            hint = nearest(other, tables) or f"Tables: {', '.join(tables)}."
            problems.say("K221", f"no table is called '{other}'", at, hint)
        elif not tables[other].key:
            hint = "Give that table a key."
            problems.say("K221", f"the table {other} has no key to refer to", at, hint)


def _check_headings(table: Table, problems: Problems) -> None:
    """Refuse two columns, or two words of one column, under the same heading."""
    headings: dict[str, Column] = {}
    for column in table.columns.values():
        labels = (column.id, *column.names.by_language.values(), *column.synonyms)
        for label in dict.fromkeys(label.casefold() for label in labels):
            before = headings.setdefault(label, column)
            if before is not column:
                message = f"'{label}' heads both {before.id} and {column.id}"
                problems.say("K222", message, column.at, "Word one differently.", before.at)
        spellings: dict[str, str] = {}
        for word, text in column.words.items():
            for label in dict.fromkeys(s.casefold() for s in (word, *text.by_language.values())):
                if spellings.setdefault(label, word) != word:
                    message = f"'{label}' is both {spellings[label]} and {word}"
                    problems.say("K222", message, text.at, "Word one differently.")
        for label, word in column.word_synonyms.items():
            if spellings.setdefault(label.casefold(), word) != word:
                message = f"'{label}' is both {spellings[label.casefold()]} and {word}"
                problems.say("K222", message, column.at, "Word one differently.")
