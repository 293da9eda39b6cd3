"""Checks of the vocabulary: names stand for something, and no words do two things."""

from collections.abc import Iterator
from itertools import product

from diagnost.knowledge.shape import Problems
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At, nearest
from diagnost.model.vocabulary import Concern, Name, Vocabulary


def check_vocabulary(vocabulary: Vocabulary, base: KnowledgeBase, problems: Problems) -> None:
    """Note names of nothing (K203, K206) and words that do two things (K223)."""
    known = {
        "area": {area.id for area in base.areas},
        "indicator": {*base.catalogue.indicators, *base.catalogue.symbols},
        "line": set(base.catalogue.line_items),
        "statement": set(base.statements),
        "recommendation": set(base.recommendations),
    }
    used = [(name.kind, name.id, name.at) for name in vocabulary.names]
    for concern in vocabulary.concerns.values():
        used += [(kind, id_, concern.at) for kind, id_ in concern.bears_on]
        _refuse_unknown_records(concern, base, problems)
    for kind, id_, at in used:
        if kind in known and id_ not in known[kind]:
            code = "K203" if kind in ("indicator", "line") else "K206"
            problems.say(code, f"there is no {kind} '{id_}'", at, nearest(id_, known[kind]))
    _refuse_two_uses(vocabulary, problems)
    _refuse_two_entries(vocabulary, base, problems)


def _refuse_unknown_records(concern: Concern, base: KnowledgeBase, problems: Problems) -> None:
    """Note records of debts that no table declares."""
    if concern.owed is None:
        return
    table, *columns, payment = concern.owed
    declared = base.catalogue.tables.get(table)
    if declared is None:
        hint = nearest(table, base.catalogue.tables)
        problems.say("K203", f"there is no table '{table}'", concern.at, hint)
        return
    for column in columns:
        if column not in declared.columns:
            message = f"the table '{table}' has no column '{column}'"
            problems.say("K203", message, concern.at, nearest(column, declared.columns))
            return
    words = declared.columns[concern.owed.kind].words
    if payment not in words:
        message = f"the column '{concern.owed.kind}' has no word '{payment}'"
        problems.say("K203", message, concern.at, nearest(payment, words))


def _refuse_two_uses(vocabulary: Vocabulary, problems: Problems) -> None:
    """Note phrases of one language that do two things."""
    done: dict[tuple[str, str], tuple[tuple[str, str], At]] = {}
    for phrase in vocabulary.phrases:
        for words in alternatives(phrase.words):
            does = (str(phrase.role), phrase.value)
            before = done.setdefault((phrase.language, words), (does, phrase.at))
            if before[0] != does:
                one, other = (" ".join(does).strip(), " ".join(before[0]).strip())
                hint = "One phrase does one thing: keep one of the two."
                message = f"'{words}' is {one} and also {other}"
                problems.say("K223", message, phrase.at, hint, before[1])


def _refuse_two_entries(vocabulary: Vocabulary, base: KnowledgeBase, problems: Problems) -> None:
    """Note names of two entries of one kind.

    Names of entries of several kinds or sides, or of a figure of everybody and one of each person,
    are told apart by the declared preference, by what the case has, and by who is named.
    """
    sides = {area.id: base.catalogue.side_of((*area.topics, "")[0]) for area in base.areas}
    meant: dict[tuple[str, ...], Name] = {}
    for name in vocabulary.names:
        indicator = base.catalogue.indicator(name.id)
        entry = indicator.id if indicator is not None else name.id
        side = sides.get(entry, "") if name.kind == "area" else base.catalogue.side_of(entry)
        per = indicator.per if indicator is not None else ""
        for words in alternatives(name.words):
            twin = meant.setdefault((name.language, name.kind, side, per, words), name)
            if (twin.id, twin.direction) != (name.id, name.direction):
                message = f"'{words}' is a name of {name.id} and also of {twin.id}"
                hint = "Keep one of the two, or make the names longer."
                problems.say("K223", message, name.at, hint, twin.at)


def alternatives(words: str) -> Iterator[str]:
    """Write out ``a|b`` and ``a?`` of the vocabulary, one phrase for each choice."""
    choices = []
    for word in words.split():
        options = word.removesuffix("?").split("|")
        choices.append([*options, ""] if word.endswith("?") else options)
    for chosen in product(*choices):
        yield " ".join(word for word in chosen if word)
