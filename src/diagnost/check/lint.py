"""Checks of texts and entries that go beyond shape and references."""

import re
from collections.abc import Iterable, Iterator, Mapping

from diagnost.check.grids import uncovered
from diagnost.check.house_typography import slips
from diagnost.knowledge.skeletons import TODO
from diagnost.model.context import Question
from diagnost.model.decomposition import LEADERS, LEADS, MOMENTS
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import Problem
from diagnost.model.records import Table
from diagnost.model.rule import CauseRule, Leaf, Recommendation, Rule, Ruling, Statement
from diagnost.model.text import Slot, Text, slots_of

_CHINESE = "\u4e00-\u9fff"
_HALF_WIDTH = re.compile(rf"[{_CHINESE}}}][,;:!?](?!\d)|[,;:!?][{_CHINESE}]|[{_CHINESE}]\.")
_SPACE = re.compile(rf"[{_CHINESE}] +[{_CHINESE}]")
_TODO = re.compile(rf"\b{TODO}\b")
_POLISH_POINT = re.compile(r"\d\.\d")


def lint(base: KnowledgeBase) -> list[Problem]:
    """Return every problem of language, guarantee and missing example."""
    problems = list(uncovered(base))
    for text in _all_texts(base):
        problems += _language(text, base.languages_at(text.at))
    return problems + lint_rules(base.rules.values(), base)


def lint_rules(rules: Iterable[Rule], base: KnowledgeBase) -> list[Problem]:
    """Return the problems of language, guarantee and missing example of some rules."""
    problems: list[Problem] = []
    for rule in rules:
        for text in texts_of(rule).values():
            if text is not None:
                problems += _language(text, base.languages_at(text.at))
        problems += _guarantees(rule, base)
        for key, examples in (("fires_on", rule.fires_on), ("silent_on", rule.silent_on)):
            if not examples:
                problems.append(
                    Problem(
                        code="K503",
                        message=f"{rule.id} has no example under {key}",
                        at=rule.at,
                        hint="Add a small case that shows it.",
                    )
                )
    return problems


def _all_texts(base: KnowledgeBase) -> Iterator[Text]:
    """Yield every text but those of rules."""
    for indicator in base.catalogue.indicators.values():
        yield indicator.name
        if indicator.meaning:
            yield indicator.meaning
        for variant in indicator.variants:
            yield from (text for text in (variant.name, variant.meaning) if text is not None)
    for decomposition in base.catalogue.decompositions.values():
        yield from (part.name for part in decomposition.parts)
    for item in base.catalogue.line_items.values():
        yield item.names
    for chart in base.charts:
        yield from chart.texts
    for question in base.catalogue.questions.values():
        yield from _texts_of_question(question)
    yield from (area.name for area in base.catalogue.question_areas.values())
    yield from (band.name for p in base.catalogue.profiles.values() for band in p.bands)
    for table in base.catalogue.tables.values():
        yield from _texts_of_table(table)
    yield from (group.name for group in base.catalogue.groups.values())
    for choice in base.catalogue.methods.choices.values():
        yield choice.name
        for option in choice.options:
            yield option.name
            further = (option.line, option.remark, *option.phrases.values())
            yield from (text for text in further if text)
    yield from (bundle.name for bundle in base.catalogue.methods.bundles.values())
    for source in base.sources:
        yield source.title
        yield from (section.title for section in source.sections)
    for side in base.catalogue.sides.values():
        told = (side.name, side.unseen, side.addressee)
        yield from (text for text in told if text is not None)
    yield from (area.name for area in base.areas)
    yield from (owner.name for owner in base.action_plan.owners.values())
    yield from (text for v in base.viewpoints for text in (v.name, v.opening))
    yield from base.reasons.values()
    for calculator in base.calculators.values():
        yield from calculator.texts
    for state in base.states.values():
        yield from (word.name for word in state.words)
        yield from (word.why for word in state.words if word.why)


def _texts_of_question(question: Question) -> Iterator[Text]:
    yield question.asks
    yield from question.labels.values()
    if question.scale is not None:
        yield from question.scale.ends
    if question.help is not None:
        yield question.help


def _texts_of_table(table: Table) -> Iterator[Text]:
    yield table.names
    if table.rows is not None:
        yield table.rows
    for column in table.columns.values():
        yield column.names
        yield from column.words.values()
        if column.help is not None:
            yield column.help


def texts_of(rule: Rule) -> Mapping[str, Text | None]:
    """Return the texts of a rule by the key they stand under."""
    match rule:
        case Statement():
            return {
                "text": rule.text,
                "detail": rule.detail,
                "brief": rule.brief,
                "doubt": rule.doubt,
                "retold": rule.retold.text if rule.retold else None,
                "retold.detail": rule.retold.detail if rule.retold else None,
            }
        case CauseRule():
            return {"text": rule.text, "detail": rule.detail}
        case Ruling():
            return {"because": rule.because}
        case Recommendation():
            return {
                "text": rule.text,
                "brief": rule.brief,
                "effect": rule.effect,
                "watch": rule.watch,
                "first_step": rule.first_step,
            }
        case _:
            return {}


def _language(text: Text, languages: tuple[str, ...]) -> Iterator[Problem]:
    unwritten = [each for each, told in text.by_language.items() if _TODO.search(told)]
    if unwritten:
        yield Problem(
            code="K407",
            message=f"the text is still to be written in {', '.join(unwritten)}",
            at=text.at,
            hint=f"Write it in the place of {TODO}.",
        )
    for language in languages:
        if not text.by_language.get(language):
            yield Problem(
                code="K401",
                message=f"the text is missing in '{language}'",
                at=text.at,
                hint="What ships is complete in every language, a pack in those it declares.",
            )
    chinese = re.sub(r"\{[^}]*\}", "{}", text.by_language.get("zh", ""))
    if _HALF_WIDTH.search(chinese):
        hint = "Use ，。；：！？ beside Chinese characters."
        yield Problem(
            code="K403", message="half-width punctuation in a Chinese text", at=text.at, hint=hint
        )
    if _SPACE.search(chinese):
        hint = "Write the text on one line without spaces."
        yield Problem(
            code="K403", message="a space between Chinese characters", at=text.at, hint=hint
        )
    for language, told in text.by_language.items():
        for slip in slips(told, language):
            message = f"in '{language}' {slip.what}"
            yield Problem(code="K408", message=message, at=text.at, hint=slip.hint)
    if _POLISH_POINT.search(text.by_language.get("pl", "")):
        hint = "Polish decimals take a comma; better still, use a slot."
        yield Problem(
            code="K404", message="a decimal point in a Polish text", at=text.at, hint=hint
        )


def _guarantees(rule: Rule, base: KnowledgeBase) -> Iterator[Problem]:
    """Yield the figures of a text that the condition does not make sure of."""
    if not isinstance(rule, Statement | CauseRule):
        return
    known = _sure(rule, base, set())
    for slot in sorted({s for t in rule.text.by_language.values() for s in slots_of(t)}, key=str):
        if not _sure_of(slot, known, base):
            yield Problem(
                code="K405",
                message=f"the text uses {slot}, which its condition does not make sure of",
                at=rule.text.at,
                hint="Put the sentence under detail, or ask for the figure in the condition.",
            )


def _sure(rule: Rule, base: KnowledgeBase, seen: set[str]) -> set[tuple[str, str]]:
    """Return (indicator id or line item, moment) pairs that hold whenever the rule fires."""
    if rule.id in seen:
        return set()
    seen = seen | {rule.id}
    sure: set[tuple[str, str]] = set()
    for leaf in (*rule.when.all, *rule.when.none):
        sure |= _sure_by(leaf, base, seen)
    for group in rule.when.any:
        choices = []
        for member in group:
            inner: set[tuple[str, str]] = set()
            for leaf in member.leaves:
                inner |= _sure_by(leaf, base, seen)
            choices.append(inner)
        if choices:
            sure |= set.intersection(*choices)
    return sure


def _sure_by(leaf: Leaf, base: KnowledgeBase, seen: set[str]) -> set[tuple[str, str]]:
    indicators = base.catalogue.indicators
    if leaf.key in base.rules:
        return _sure(base.rules[leaf.key], base, seen)
    if leaf.key in indicators:
        return {(leaf.key, "now")}
    head, _, tail = leaf.key.rpartition(".")
    decomposition = base.catalogue.decompositions.get(head)
    if decomposition is not None:  # what moved a figure is known only where all figures are
        by = {**LEADERS, **LEADS}[tail]
        symbols = base.catalogue.symbols
        figures = (part.figure for part in decomposition.parts)
        named = {decomposition.of, *(symbols.get(figure, figure) for figure in figures)}
        times = ("now", MOMENTS[by])
        return {(head, by), *((figure, moment) for figure in named for moment in times)}
    name = head.removeprefix("lines.")
    if head not in indicators and name not in base.catalogue.line_items:
        return set()
    if tail.startswith("against_"):
        return {(head, "now"), (head, tail.removeprefix("against_"))}
    moments = {
        "quartile": ("now", "quartile"),
        "previous": ("previous",),
        "step": ("now", "previous"),
        "pace": ("now", "previous"),
        # A trend over one step has no other first period than the one before.
        "trend": ("now", "previous", "first"),
        "sign": ("now",),
    }.get(tail, ("now",))
    return {(head if head in indicators else name, moment) for moment in moments}


def _sure_of(slot: Slot, known: set[tuple[str, str]], base: KnowledgeBase) -> bool:
    if slot.name in ("period", "company", "subject", "method"):
        return True
    indicator = base.catalogue.indicator(slot.name)
    name = indicator.id if indicator else slot.name
    if len(slot.path) == 2 and slot.path[0] in MOMENTS:
        found = base.catalogue.part(slot.name, slot.path[1])
        return found is not None and (found[0].id, slot.path[0]) in known
    if slot.path[:1] == ("quartile",):
        return (name, "quartile") in known
    if len(slot.path) == 2:  # an edge of a band stands in the norm
        return True
    if slot.path and slot.path[0] in base.catalogue.groups:
        return (name, slot.path[0]) in known
    wanted = {
        "": ("now",),
        "previous": ("previous",),
        "first": ("first",),
        "change": ("now", "previous"),
        "change_since_first": ("now", "first"),
    }[slot.path[0] if slot.path else ""]
    return all((name, moment) in known for moment in wanted)
