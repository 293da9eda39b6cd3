"""Which entry a name in a question means, by the declared preference."""

from collections.abc import Container, Iterable, Sequence

from diagnost.asking.lexicon import Lexicon, Subject
from diagnost.model.knowledge import KnowledgeBase

ASKED, CHANGED, REACHED = "asked", "changed", "reached"
"""The uses of a name: it is asked about, supposed to change, or to reach a value."""
_SIZES = ("low", "high", "falling", "rising")


def resolve(
    candidates: Iterable[Subject],
    lexicon: Lexicon,
    language: str,
    use: str = ASKED,
    *,
    of_person: bool = False,
    direction: str = "",
    present: Container[str] = (),
) -> tuple[Subject, ...]:
    """Return the entries that a name means best: one, several of the same strength, or none.

    An id or a symbol goes before a name, a name of the language before one of another, figures of
    single people before the rest where somebody is named and after it else, what belongs to a side
    that the case has before what does not, where a ``direction`` is named what can be large or
    small before areas judged by other words, and then the kinds in the order that the vocabulary
    declares for the use. Figures that only serve texts come after all kinds. Of findings and steps
    of the same name what is said of the company goes first (``present``), then the one that stands
    first.
    """
    base = lexicon.base
    kinds = lexicon.vocabulary.preference.get(use, ())
    ranked: dict[tuple[int | bool, ...], dict[tuple[str, str], Subject]] = {}
    for subject in candidates:
        if subject.kind not in kinds or (use != ASKED and not _is_figure(subject, base)):
            continue
        rank = (
            not subject.exact,
            subject.language not in ("", language),
            _single(subject, base) is not of_person,
            not _of_sides(subject, lexicon),
            not _sized(subject, base, direction),
            _place(subject, kinds, base),
            not _judged(subject, base),
        )
        ranked.setdefault(rank, {}).setdefault((subject.kind, subject.id), subject)
    if not ranked:
        return ()
    best = tuple(ranked[min(ranked)].values())
    if len(best) > 1 and best[0].kind in ("statement", "recommendation"):
        known = [subject for subject in best if subject.id in present]
        named = not best[0].exact
        return tuple(known[:1]) or (best[:1] if named else best)
    return best


def specific(subjects: Sequence[Subject], lexicon: Lexicon) -> tuple[Subject, ...]:
    """Leave out areas that something else among the subjects belongs to.

    Areas of a side that the case has not are left out beside something of a side that it has: their
    names are common words (staff, stock, position).
    """
    topics = {area.id: [_topic(topic) for topic in area.topics] for area in lexicon.base.areas}
    heads = {_topic(subject.id) for subject in subjects if subject.kind != "area"}
    known = any(_of_sides(subject, lexicon) for subject in subjects)
    kept = [
        subject
        for subject in subjects
        if subject.kind != "area"
        or not (
            heads.intersection(topics.get(subject.id, ()))
            or (known and not _of_sides(subject, lexicon))
        )
    ]
    return tuple(kept)


def _topic(id_: str) -> str:
    return ".".join(id_.split(".")[:2])


def _is_figure(subject: Subject, base: KnowledgeBase) -> bool:
    indicator = base.catalogue.indicators.get(subject.id)
    return subject.kind == "line" or (
        indicator is not None and indicator.shown and not indicator.per
    )


def _sized(subject: Subject, base: KnowledgeBase, direction: str) -> bool:
    """Say whether an entry can be as large or small as a direction has it.

    Stock that is too high is an amount, where the area of that name is in good order or not.
    """
    if subject.kind != "area" or direction not in _SIZES:
        return True
    words = (s.words for s in base.states.values() if s.verdict_on == subject.id)
    return any(word.level in ("low", "high") for state in words for word in state)


def _of_sides(subject: Subject, lexicon: Lexicon) -> bool:
    """Say whether an entry belongs to the sides that the case has."""
    if lexicon.sides is None:
        return True
    base, catalogue = lexicon.base, lexicon.base.catalogue
    if subject.kind == "line":
        sides = {catalogue.accounts_side}
    elif subject.kind == "area":
        topics = next((area.topics for area in base.areas if area.id == subject.id), ())
        sides = {catalogue.side_of(topic) for topic in topics}
    else:
        sides = {catalogue.side_of(subject.id)}
    return not sides or bool(sides & ({""} | lexicon.sides))


def _place(subject: Subject, kinds: Sequence[str], base: KnowledgeBase) -> int:
    indicator = base.catalogue.indicators.get(subject.id)
    if subject.kind == "indicator" and indicator is not None and not indicator.shown:
        return len(kinds)
    return kinds.index(subject.kind)


def _single(subject: Subject, base: KnowledgeBase) -> bool:
    """Say whether an entry is about single people."""
    indicator = base.catalogue.indicators.get(subject.id)
    rule = base.rules.get(subject.id)
    return bool(indicator.per if indicator is not None else rule is not None and rule.per)


def _judged(subject: Subject, base: KnowledgeBase) -> bool:
    indicator = base.catalogue.indicators.get(subject.id)
    return indicator is None or indicator.general is not None
