"""What is said where a question is unclear: what of it is known, and the nearest questions."""

from collections.abc import Iterable, Iterator

from diagnost.asking.lexicon import Lexicon, Person, Subject
from diagnost.asking.question import Kind, Question
from diagnost.asking.reading import Reader, Reading
from diagnost.asking.tokens import Form
from diagnost.intake.labels import one_slip

MOST = 3
_LONG_WORD = 5
"""Shorter words have too many neighbours."""
_NEXT = (Kind.CONCERN, Kind.WHY, Kind.STATE, Kind.ADVICE, Kind.VALUE, Kind.HOW)
"""Kinds of questions that are offered about what was recognised, after the kind asked for."""
_OF_THE_WHOLE = (Kind.WRONG, Kind.FIRST, Kind.CHANGED)
"""What is offered where nothing was recognised."""


def recognised(reading: Reading, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the names, in the language of the question, of what was understood of it."""
    names = [name_of(each, lexicon, reading.language) for each in reading.subjects]
    names += [
        sense.name
        for piece in reading.pieces
        for sense in piece.senses
        if isinstance(sense, Person)
    ]
    views = {view.id: view.name.in_language(reading.language) for view in lexicon.base.viewpoints}
    names += [views[reader] for reader in reading.gathered.readers if reader in views]
    return tuple(dict.fromkeys(name for name in names if name))


def name_of(subject: Subject, lexicon: Lexicon, language: str) -> str:
    """Return the name under which people know an entry; '' where that would need its figures."""
    base, catalogue = lexicon.base, lexicon.base.catalogue
    match subject.kind:
        case "area":
            found = next(area.name for area in base.areas if area.id == subject.id)
            return found.in_language(language)
        case "indicator":
            return catalogue.indicators[subject.id].name.in_language(language)
        case "line":
            return catalogue.line_items[subject.id].names.in_language(language)
        case "recommendation" | "statement":
            rule = base.recommendations.get(subject.id) or base.statements.get(subject.id)
            brief = rule.brief if rule is not None else None
            return brief.in_language(language) if brief is not None and not brief.slots else ""
        case Kind.CONCERN:
            return lexicon.vocabulary.concerns[subject.id].name.in_language(language)
        case _:
            return ""


def offers(reading: Reading, reader: Reader) -> tuple[str, ...]:
    """Return at most three questions near to one that is unclear, each of which is understood."""
    kept: dict[Question, str] = {}
    for offer in _offered(reading, reader):
        question = reader.read(offer, reading.language).question
        if question is not None and question not in kept:
            kept[question] = offer
        if len(kept) == MOST:
            break
    return tuple(kept.values())


def _offered(reading: Reading, reader: Reader) -> Iterator[str]:
    if not reading.subjects:  # else what was recognised is nearer than what looks like a name
        yield from _mended(reading, reader)
    if reading.kind in (Kind.WHAT_IF, Kind.GOAL):
        yield from _with_percent(reading)
    kinds = list(dict.fromkeys([*([reading.kind] if reading.kind else []), *_NEXT]))
    for kind in kinds:
        for subject in reading.subjects[:MOST]:
            yield from _worded(kind, subject, reading.language, reader)
    shapes = reader.lexicon.vocabulary.languages[reading.language].offers
    for kind in _OF_THE_WHOLE:
        if kind in shapes:
            yield shapes[kind]


def _worded(kind: Kind, subject: Subject, language: str, reader: Reader) -> Iterator[str]:
    """Yield the wording of a question about an entry: with its name, else its symbol."""
    lexicon = reader.lexicon
    shape = lexicon.vocabulary.languages[language].offers.get(kind, "")
    if "{name}" not in shape:
        return
    indicator = lexicon.base.catalogue.indicators.get(subject.id)
    name = name_of(subject, lexicon, language)
    spellings = (
        name[:1].upper() + name[1:],
        indicator.printed_symbol if indicator is not None else "",
    )
    for spelling in dict.fromkeys(spelling for spelling in spellings if spelling):
        offer = shape.format(name=spelling)
        question = reader.read(offer, language).question
        if question is not None and (question.subject_kind, question.subject) == subject[1:3]:
            yield offer
            return


def _mended(reading: Reading, reader: Reader) -> Iterator[str]:
    """Yield what would be asked if unknown words were the known ones that they look like."""
    unknown = [
        piece.tokens[0]
        for piece in reading.pieces
        if not piece.senses and piece.tokens[0].text.isalpha()
    ]
    if not 1 <= len(unknown) <= 2 or any(len(token.key) < _LONG_WORD for token in unknown):
        return
    lexicon, language = reader.lexicon, reading.language
    words = {token.text: token.text for piece in reading.pieces for token in piece.tokens}
    for token in unknown:
        spellings = {token.key, token.stems.get(language, token.key)}
        near = next((w for w in lexicon.words(language) if _near(w, spellings)), "")
        if not near:
            return
        words[token.text] = near
    mended = " ".join(words[token.text] for piece in reading.pieces for token in piece.tokens)
    found = reader.read(mended, language)
    for subject in found.subjects:
        for kind in ((found.question.kind,) if found.question else ()) or _NEXT:
            yield from _worded(kind, subject, language, reader)


def _near(word: str, spellings: Iterable[str]) -> bool:
    """Say whether a word is one slip away from one of several spellings."""
    return len(word) >= _LONG_WORD and any(
        abs(len(word) - len(spelling)) <= 1 and one_slip(word, spelling) for spelling in spellings
    )


def _with_percent(reading: Reading) -> Iterator[str]:
    """Yield the question with a percent sign behind its only number, where it has none."""
    tokens = [token for piece in reading.pieces for token in piece.tokens]
    numbers = [token for token in tokens if token.form is Form.NUMBER]
    if len(numbers) == 1:
        yield " ".join(
            f"{token.text}%" if token.form is Form.NUMBER else token.text for token in tokens
        )
