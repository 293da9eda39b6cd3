"""``knowledge/vocabulary/``: the words of questions, and names that people use for entries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from diagnost.knowledge.packs import Pack
from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.located import At, DiagnostError
from diagnost.model.text import LANGUAGES, Text
from diagnost.model.vocabulary import Concern, Language, Name, Owed, Phrase, Role, Vocabulary
from diagnost.yaml_reader import Node, read, read_bytes

FOLDER = "knowledge/vocabulary/"
"""Where its files lie, in the base as in packs."""
KINDS = (
    "why", "why_not", "how", "meaning", "value", "state", "wrong", "first", "advice", "what_if",
    "goal", "changed", "for_reader", "missing", "good", "data", "peers", "help", "concern",
)  # fmt: skip
"""The kinds of questions."""
DIRECTIONS = ("low", "high", "falling", "rising", "bad", "good", "worsening")
NAMED = ("area", "indicator", "line", "statement", "recommendation")
"""The kinds of entries that a question can be about."""
CONCERN = "concern"
"""The kind of what people worry about, as names and questions have it."""
USES = ("asked", "changed", "reached")

_BEARING = ("area", "indicator", "line")
"""The kinds of entries that bear on a concern, each a list of ids, told in this order."""

_KEYED = {
    "asks": (Role.ASKS, KINDS),
    "directions": (Role.DIRECTION, DIRECTIONS),
    "moves": (Role.MOVE, ("falling", "rising")),
    "readers": (Role.READER, ("owner", "bank", "investor")),
    "periods": (Role.PERIOD, ("last", "previous")),
    "changes": (Role.CHANGE, ("by", "to")),
    "bounds": (Role.BOUND, ("least", "most", "reach")),
    "units": (Role.UNIT, ("percent", "points", "money", "days", "plain")),
}
"""Sections that list words by their value, and the values that they may have."""
_COUNTED = {"shares": Role.SHARE, "amounts": Role.AMOUNT, "scales": Role.SCALE}
"""Sections that list words by a number."""
_PLAIN = {
    "root": Role.ROOT,
    "since": Role.SINCE,
    "negations": Role.NEGATION,
    "whole": Role.WHOLE,
    "stop": Role.STOP,
}


def is_vocabulary(name: str) -> bool:
    """Say whether a file of the knowledge base, by its name, belongs to the vocabulary."""
    return name.startswith(FOLDER)


def load_vocabulary(root: Path, packs: Sequence[Pack] = ()) -> Vocabulary:
    """Read the vocabulary of a root folder and of packs alone; only questions in words need it.

    What its names stand for is seen to where the whole base is loaded. Raises DiagnostError with
    every problem found.
    """
    problems = Problems({pack.label: pack.manifest.languages for pack in packs})
    nodes: list[Node] = []

    def take(read_file: Callable[[], Node]) -> None:
        try:
            nodes.append(read_file())
        except DiagnostError as error:
            problems.extend(error.problems)

    for path in sorted((root / FOLDER).glob("*.yaml")):
        take(partial(read, path, name=path.relative_to(root).as_posix()))
    for pack in packs:
        for name, content in pack.files.items():
            if is_vocabulary(name):
                take(partial(read_bytes, content, name=pack.place(name)))
    vocabulary = read_vocabulary(nodes, problems)
    if problems:
        raise DiagnostError(problems)
    return vocabulary


def read_vocabulary(nodes: Iterable[Node], problems: Problems) -> Vocabulary:
    """Read the files of the vocabulary; what they have in common is put together."""
    languages: dict[str, Language] = {}
    phrases: list[Phrase] = []
    names: list[Name] = []
    concerns: dict[str, Concern] = {}
    yields_to: dict[str, frozenset[str]] = {}
    preference: dict[str, tuple[str, ...]] = {}
    for node in nodes:
        file = Shape(node, problems, "the vocabulary")
        language = file.word("language", among=("", *LANGUAGES), default="")
        if language:
            known = languages.get(language, Language(language=language))
            languages[language] = _language(language, file, known)
            phrases += _phrases(language, file)
        for entry in file.items("names"):
            names += _names(entry, problems)
        for entry in file.items("concerns"):
            concern, own = _concern(entry, problems)
            concerns[concern.id] = concern
            names += own
        yields_to |= {
            kind: frozenset(words)
            for kind, words in _lists(file, "yields_to", KINDS, KINDS, problems).items()
        }
        preference |= _lists(file, "preference", USES, (*NAMED, CONCERN), problems)
        file.done()
    return Vocabulary(
        languages=languages,
        phrases=tuple(phrases),
        names=tuple(names),
        concerns=concerns,
        yields_to=yields_to,
        preference=preference,
    )


def _language(language: str, file: Shape, known: Language) -> Language:
    """Return what a file says of its language, beside what other files do."""
    finals = _section(file, "finals")
    replaced = {name: finals.word(name, default="") for name in finals.names()} if finals else {}
    return Language(
        language=language,
        endings=(*known.endings, *(scalar.text or "" for scalar in file.words("endings"))),
        finals={**known.finals, **replaced},
        articles=known.articles | {scalar.text or "" for scalar in file.words("articles")},
        optional=(*known.optional, *(scalar.text or "" for scalar in file.words("optional"))),
        one_as_other={**known.one_as_other, **_characters(file)},
        offers={**known.offers, **_offers(file)},
    )


def _characters(file: Shape) -> Mapping[str, str]:
    """Take pairs of characters: the one that is read as the other stands first."""
    found = {}
    for scalar in file.words("one_as_other"):
        pair = scalar.text or ""
        if len(pair) != 2:
            hint = "Write the character and the one that it is read as: 為为."
            file.problems.say("K107", f"'{pair}' is no pair of characters", scalar.at, hint)
            continue
        found[pair[0]] = pair[1]
    return found


def _offers(file: Shape) -> Mapping[str, str]:
    shape = _section(file, "offers")
    if shape is None:
        return {}
    worded = {kind: shape.word(kind, default="") for kind in KINDS}
    shape.done()
    return {kind: words for kind, words in worded.items() if words}


def _phrases(language: str, file: Shape) -> Iterable[Phrase]:
    for section, (role, values) in _KEYED.items():
        shape = _section(file, section)
        for value in values if shape is not None else ():
            assert shape is not None
            for scalar in shape.words(value):
                yield Phrase(language, scalar.text or "", role, value, scalar.at)
        if shape is not None:
            shape.done()
    for section, role in _COUNTED.items():
        shape = _section(file, section)
        if shape is not None:
            for value in shape.names():
                _check_count(role, value, shape.entries[value][0].at, file.problems)
                for word in shape.words(value):
                    yield Phrase(language, word.text or "", role, value, word.at)
    for section, role in _PLAIN.items():
        for scalar in file.words(section):
            yield Phrase(language, scalar.text or "", role, "", scalar.at)


def _section(file: Shape, key: str) -> Shape | None:
    node = file.node(key)
    return None if node is None else Shape(node, file.problems, f"'{key}'")


def _check_count(role: Role, value: str, at: At, problems: Problems) -> None:
    digits = value.removesuffix("%").lstrip("+-").replace(".", "", 1)
    signed = value[:1] in "+-"
    if not digits.isdecimal() or signed is not (role is Role.SHARE):
        hint = "Shares are written +100% or -50%, amounts 10 or 50%, scales 1000."
        problems.say("K109", f"'{value}' is not a number for words", at, hint)


def _names(entry: Node, problems: Problems) -> Iterable[Name]:
    shape = Shape(entry, problems, "a name")
    kinds = [kind for kind in NAMED if kind in shape.entries]
    if len(kinds) != 1:
        hint = f"Write one of: {', '.join(NAMED)}."
        problems.say("K106", "a name needs what it is the name of", shape.at, hint)
    kind = kinds[0] if kinds else NAMED[0]
    meant = {each: shape.word(each, default="") for each in NAMED}[kind]
    direction = shape.word("direction", among=("", *DIRECTIONS), default="")
    for language in LANGUAGES:
        for scalar in shape.words(language):
            if kinds:
                yield Name(language, scalar.text or "", kind, meant, direction, scalar.at)
    shape.done()


def _concern(entry: Node, problems: Problems) -> tuple[Concern, tuple[Name, ...]]:
    """Take what people worry about, and the words in which they do."""
    shape = Shape(entry, problems, "a concern")
    id_ = shape.identifier(CONCERN)
    name = shape.text("name", required=True) or Text({"en": id_}, shape.at)
    says = shape.text("says")
    bears_on = tuple(
        (kind, scalar.text or "") for kind in _BEARING for scalar in shape.words(f"{kind}s")
    )
    names = tuple(
        Name(language, scalar.text or "", CONCERN, id_, "", scalar.at)
        for language in LANGUAGES
        for scalar in shape.words(language)
    )
    owed = _owed(shape, problems)
    shape.done()
    return Concern(id_, name, says, bears_on, shape.at, owed), names


def _owed(concern: Shape, problems: Problems) -> Owed | None:
    """Take the records that tell who owes what; that they exist is checked with the names."""
    node = concern.node("owed")
    if node is None:
        return None
    shape = Shape(node, problems, "who owes what")
    columns = [shape.word(key) for key in Owed._fields]
    shape.done()
    return Owed(*columns)


def _lists(
    file: Shape, key: str, keys: Iterable[str], values: tuple[str, ...], problems: Problems
) -> dict[str, tuple[str, ...]]:
    shape = _section(file, key)
    if shape is None:
        return {}
    found = {}
    for name in keys:
        words = shape.words(name)
        for word in words:
            if word.text not in values:
                hint = f"Allowed: {', '.join(values)}."
                problems.say("K108", f"'{word.text}' is not a word for '{key}'", word.at, hint)
        if words:
            found[name] = tuple(word.text or "" for word in words)
    shape.done()
    return found
