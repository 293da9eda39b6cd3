"""References between entries: every name used must be the name of something."""

from collections.abc import Iterable, Mapping

from diagnost.knowledge.catalogue_files import STATEMENTS
from diagnost.knowledge.entries import Mention
from diagnost.knowledge.record_references import NO_RECORDS, RecordNames, check_scopes, check_terms
from diagnost.knowledge.shape import Problems
from diagnost.model.catalogue import Catalogue
from diagnost.model.chart import NAMED
from diagnost.model.decomposition import MOMENTS, NONE, Decomposition
from diagnost.model.formula import Formula
from diagnost.model.indicator import Indicator
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At, nearest
from diagnost.model.records import NUMERIC
from diagnost.model.rule import (
    UNKNOWN,
    CauseRule,
    Condition,
    Recommendation,
    Rule,
    Ruling,
    Statement,
)
from diagnost.model.text import Slot, Text

MOVES = ("previous", "first", "change", "change_since_first")
FORMS = ("", "percent", "number", "genitive", "signed", "times", "amount", "days")
_ALWAYS_KNOWN = ("company.periods",)
_KINDS = {
    "told": "statement, recommendation or cause",
    "amounts": "line item or statement of accounts",
}
_LISTS = {"owner": "rules/action_plan.yaml lists the owners."}
QUARTILE_SLOTS = tuple(("quartile", edge) for edge in ("lower", "middle", "upper"))
PLAIN_SLOTS = {"period": ("", "previous", "first"), "company": ("",), "subject": ("",)}


def in_order_of_use(
    indicators: Mapping[str, Indicator],
    problems: Problems,
    records: RecordNames = NO_RECORDS,
) -> dict[str, Indicator]:
    """Order indicators so that each stands after those that its formula uses.

    Those that rest on records or on answers of a day, also through others, are marked so.
    """
    symbols: dict[str, str] = {}
    for indicator in indicators.values():
        if indicator.symbol in symbols:
            other = indicators[symbols[indicator.symbol]]
            message = f"the symbol '{indicator.symbol}' stands twice"
            problems.say("K207", message, indicator.at, "Give it another symbol.", other.at)
        symbols[indicator.symbol] = indicator.id
    ordered: dict[str, Indicator] = {}
    visiting: set[str] = set()

    def visit(indicator: Indicator) -> None:
        if indicator.id in ordered:
            return
        if indicator.id in visiting:
            problems.say(
                "K209", f"the formula of {indicator.id} leads back to itself", indicator.at
            )
            return
        visiting.add(indicator.id)
        dated = bool(indicator.per) or indicator.only_given
        for formula in _formulas(indicator):
            dated = dated or bool(formula.terms)
            for name in records.figures(formula, indicator.per):
                dated = dated or name in records.dated
                inner = indicators.get(symbols.get(name, name))
                if inner is not None:
                    visit(inner)
                    dated = dated or (inner.id in ordered and ordered[inner.id].dated)
        ordered[indicator.id] = indicator._replace(dated=dated)

    for indicator in indicators.values():
        visit(indicator)
    return ordered


def _formulas(indicator: Indicator) -> tuple[Formula, ...]:
    if indicator.only_given:
        return ()
    variants = indicator.variants
    undefined = (*indicator.undefined, *(u for v in variants for u in v.undefined or ()))
    formulas = (
        indicator.formula,
        indicator.otherwise,
        *(formula for v in variants for formula in (v.formula, v.otherwise)),
        *(each.value for each in undefined),
    )
    return tuple(formula for formula in formulas if formula is not None)


def resolve(base: KnowledgeBase, mentions: Iterable[Mention], problems: Problems) -> None:
    """Check every reference of the base and note those that lead nowhere."""
    resolve_mentions(mentions, base, problems)
    for indicator in base.catalogue.indicators.values():
        check_indicator(indicator, base, problems)
    for question in base.catalogue.questions.values():
        _check_condition(question.asked_where, base, problems)
    _check_decompositions(base, problems)
    resolve_rules(base.rules.values(), base, problems)
    for chart in base.charts:
        for heading in chart.headings:
            for slot in sorted(heading.text.slots, key=str):
                if slot.name not in NAMED.get(chart.kind, ()):
                    _check_slot(slot, heading.text.at, base, problems)
            if heading.when is not None:
                _check_condition(heading.when, base, problems)
    for grid in base.grids:
        for key in grid.keys:
            if key not in base.words:
                hint = nearest(key, base.words) or "diagnost list facts names them all."
                problems.say("K201", f"no fact is called '{key}'", grid.at, hint)
        for condition in grid.silent:
            _check_condition(condition, base, problems)
    for excuse in base.excuses:
        excused = [Mention("source", name, excuse.at) for name in excuse.ids]
        resolve_mentions(excused, base, problems)
    check_scopes(base, problems)
    _check_circles(base, problems)


def resolve_rules(rules: Iterable[Rule], base: KnowledgeBase, problems: Problems) -> None:
    """Check what some rules ask for, in conditions and examples, and what they tell."""
    for rule in rules:
        _check_condition(rule.when, base, problems)
        for example in (*rule.fires_on, *rule.silent_on):
            for (key, value), at in zip(example.values, example.places, strict=True):
                _check_example(key, value, at, base, problems)
        _check_rule(rule, base, problems)


def check_indicator(indicator: Indicator, base: KnowledgeBase, problems: Problems) -> None:
    """Note the names of an indicator's formulas that are nothing."""
    for formula in _formulas(indicator):
        _check_formula(formula, indicator.at, base.catalogue, problems, per=indicator.per)
    for undefined in (
        *indicator.undefined,
        *(u for variant in indicator.variants for u in variant.undefined or ()),
    ):
        if undefined.reason not in base.reasons:
            hint = nearest(undefined.reason, base.reasons) or "Add it to knowledge/reasons.yaml."
            problems.say("K210", f"no reason '{undefined.reason}'", undefined.at, hint)

    if indicator.few_rows and indicator.few_rows not in base.reasons:
        hint = nearest(indicator.few_rows, base.reasons) or "Add it to knowledge/reasons.yaml."
        problems.say("K210", f"no reason '{indicator.few_rows}'", indicator.at, hint)
    known = base.catalogue.symbols
    if indicator.year_before and indicator.year_before not in known:
        hint = nearest(indicator.year_before, known) or "Give the symbol of an entry."
        problems.say("K203", f"no indicator '{indicator.year_before}'", indicator.at, hint)


def _check_decompositions(base: KnowledgeBase, problems: Problems) -> None:
    seen: dict[tuple[str, str], At] = {}
    for decomposition in base.catalogue.decompositions.values():
        _check_decomposition(decomposition, base.catalogue, problems)
        for part in decomposition.parts:
            place = seen.setdefault((decomposition.of, part.id), part.at)
            if place is not part.at:
                message = f"{decomposition.of} has two parts '{part.id}'"
                hint = "Slots name parts by the whole: give it another id."
                problems.say("K207", message, part.at, hint, place)


def _check_decomposition(
    decomposition: Decomposition, catalogue: Catalogue, problems: Problems
) -> None:
    if decomposition.of not in catalogue.indicators:
        hint = nearest(decomposition.of, catalogue.symbols)
        problems.say("K203", f"'{decomposition.of}' is no indicator", decomposition.at, hint)
    formula, at = decomposition.formula, decomposition.at
    _check_formula(formula, at, catalogue, problems)
    place = formula.at or at
    if any(name.moment != "now" for name in formula.names):
        hint = "Leave previous, first and average out: both periods are looked at anyway."
        problems.say("K211", "a decomposition has figures of one period", place, hint)
    figures = [part.figure for part in decomposition.parts]
    unlike = sorted({name.name for name in formula.names} ^ set(figures))
    if unlike or len(figures) != len(set(figures)):
        named = ", ".join(unlike) or "one of them twice"
        hint = "Each figure of the formula stands once among the parts, and no other."
        problems.say("K211", f"formula and parts do not match: {named}", place, hint)
    if not figures or any(part.id == NONE for part in decomposition.parts):
        hint = f"Name at least one; '{NONE}' says that the whole is stable."
        problems.say("K211", "the parts need ids", at, hint)


def _check_formula(
    formula: Formula, at: At, catalogue: Catalogue, problems: Problems, per: str = ""
) -> None:
    check_terms(formula, at, catalogue, problems, per)
    columns = catalogue.tables[per].columns if per in catalogue.tables else {}
    known = {*catalogue.line_items, *catalogue.symbols, *catalogue.indicators, "days", "year_days"}
    known |= {q.id for q in catalogue.questions.values() if q.unit}
    for name in formula.names:
        if name.elsewhere:
            compared, group = name.elsewhere
            if catalogue.symbols.get(compared, compared) not in catalogue.yardsticks:
                hint = nearest(compared, catalogue.symbols)
                problems.say("K203", f"'{compared}' is not compared", formula.at or at, hint)
            if group not in catalogue.groups:
                hint = nearest(group, catalogue.groups)
                problems.say("K203", f"'{group}' is no group of firms", formula.at or at, hint)
        elif "." in name.name and name.name not in known:
            if catalogue.edge(name.name) is None:
                message = f"'{name.name}' is no edge of a band"
                problems.say("K203", message, formula.at or at, "Write lower(WPB, safe).")
        elif name.name in columns:
            if columns[name.name].kind not in NUMERIC:
                message = f"'{name.name}' is no column of numbers"
                problems.say("K213", message, formula.place_of(name.name) or at)
        elif (table := catalogue.per(name.name)) and table != per:
            message = f"'{name.name}' is read for each row of {table}"
            hint = f"Aggregate it: median({name.name}, over={table})."
            problems.say("K213", message, formula.place_of(name.name) or at, hint)
        elif name.name not in known:
            message = f"'{name.name}' is no line item and no indicator"
            place = formula.place_of(name.name) or at
            problems.say("K203", message, place, nearest(name.name, known))


def _check_condition(condition: Condition, base: KnowledgeBase, problems: Problems) -> None:
    for leaf in condition.leaves:
        if leaf.word == UNKNOWN and leaf.key in base.words:
            if leaf.key in base.states or leaf.key in base.rules or leaf.key in _ALWAYS_KNOWN:
                hint = "Ask for the figures or answers that it hangs on."
                message = f"'{leaf.key}' is concluded: it cannot be asked whether it is unknown"
                problems.say("K202", message, leaf.at, hint)
            continue
        known = leaf.key in base.words
        at = leaf.at if known else problems.place_of_key.get(leaf.at[:3], leaf.at)
        _check_fact(leaf.key, leaf.word, at, base, problems)


def _check_fact(key: str, word: str, at: At, base: KnowledgeBase, problems: Problems) -> None:
    words = base.words.get(key)
    if words is None:
        hint = nearest(key, base.words) or "diagnost list facts names them all."
        problems.say("K201", f"no fact is called '{key}'", at, hint)
    elif word not in words:
        hint = f"Words: {', '.join(words)}. {nearest(word, words)}".strip()
        problems.say("K202", f"'{word}' is no word of {key}", at, hint)


def _check_example(
    key: str, value: object, at: At, base: KnowledgeBase, problems: Problems
) -> None:
    if isinstance(value, str):
        if value != "unknown" or key not in base.words:
            _check_fact(key, value, at, base, problems)
        return
    compared, _, group = key.rpartition(".")
    if group in base.catalogue.groups and compared in base.catalogue.yardsticks:
        return
    table, _, column = key.partition(".")
    declared = base.catalogue.tables.get(table)
    if declared is not None and column in declared.columns:
        if declared.columns[column].kind not in NUMERIC:
            problems.say("K203", f"'{key}' holds no numbers", at)
        return
    is_line = key.startswith("lines.") and key[6:] in base.catalogue.line_items
    question = base.catalogue.questions.get(key.removeprefix("company."))
    if base.catalogue.indicator(key) is None and not is_line and not (question and question.unit):
        hint = nearest(key, [*base.catalogue.indicators, *base.catalogue.symbols])
        problems.say("K203", f"'{key}' is no indicator, so it has no reading", at, hint)


def resolve_mentions(mentions: Iterable[Mention], base: KnowledgeBase, problems: Problems) -> None:
    """Note the names among these that lead nowhere."""
    known: dict[str, Mapping[str, object]] = {
        "source": base.section_of,
        "statement": base.statements,
        "recommendation": base.recommendations,
        "told": {**base.statements, **base.recommendations, **base.causes},
        "amounts": {**base.catalogue.line_items, **dict.fromkeys(STATEMENTS)},
        "option": {
            f"{choice.id}.{option.id}": option
            for choice in base.catalogue.methods.choices.values()
            for option in choice.options
        },
        "table": base.catalogue.tables,
        "owner": base.action_plan.owners,
        "line item": base.catalogue.line_items,
        "answer": {
            f"company.{question.id}: {word}": word
            for question in base.catalogue.questions.values()
            for word in question.fact_words
        },
    }
    for mention in mentions:
        names = known[mention.kind]
        if mention.name in names:
            continue
        close = nearest(mention.name, names)
        if mention.kind == "source":
            hint = close or "knowledge/sources.yaml lists the sections."
            message = f"no source has a statement {mention.name}"
            problems.say("K205", message, mention.at, hint)
        elif mention.kind == "answer":
            hint = close or "knowledge/context.yaml lists the questions with their words."
            problems.say("K202", f"no question has the answer {mention.name}", mention.at, hint)
        elif mention.kind == "option":
            choice, _, option = mention.name.partition(".")
            message = f"the method has no option '{option}' of a choice '{choice}'"
            hint = close or "knowledge/methods.yaml lists the choices."
            problems.say("K212", message, mention.at, hint)
        else:
            kind = _KINDS.get(mention.kind, mention.kind)
            hint = close or _LISTS.get(mention.kind, "")
            problems.say("K206", f"no {kind} is called '{mention.name}'", mention.at, hint)


def _check_rule(rule: Rule, base: KnowledgeBase, problems: Problems) -> None:
    match rule:
        case Statement():
            retold = rule.retold[1:] if rule.retold is not None else ()
            texts = (rule.text, rule.detail, rule.brief, rule.doubt, *retold)
            _check_texts(texts, base, problems)
            if rule.area not in {a.id for a in base.areas} | {"data", "summary"}:
                problems.say("K206", f"no area is called '{rule.area}'", rule.at)
        case CauseRule():
            _check_texts((rule.text, rule.detail), base, problems)
        case Ruling():
            _check_texts((rule.because,), base, problems)
        case Recommendation():
            texts = (rule.text, rule.brief, rule.effect, rule.watch, rule.first_step)
            _check_texts(texts, base, problems)


def _check_texts(texts: Iterable[Text | None], base: KnowledgeBase, problems: Problems) -> None:
    for text in texts:
        if text is None:
            continue
        for slot in sorted(text.slots, key=str):
            _check_slot(slot, text.at, base, problems)


def _check_slot(slot: Slot, at: At, base: KnowledgeBase, problems: Problems) -> None:
    if slot.name == "method":
        phrases = {name for o in base.catalogue.method.options for name in o.phrases}
        if len(slot.path) != 1 or slot.path[0] not in phrases:
            hint = nearest(".".join(slot.path), phrases) or "Options of methods.yaml have phrases."
            problems.say("K204", f"the slot {slot} is no phrase of the method", at, hint)
        return
    if slot.form not in FORMS:
        hint = f"Forms: {', '.join(form for form in FORMS if form)}."
        problems.say("K204", f"no form '{slot.form}' in {slot}", at, hint)
    if slot.name in PLAIN_SLOTS:
        if ".".join(slot.path) not in PLAIN_SLOTS[slot.name]:
            problems.say("K204", f"the slot {slot} is not known", at)
        return
    indicator = base.catalogue.indicator(slot.name)
    if indicator is None and slot.name not in base.catalogue.line_items:
        question = base.catalogue.questions.get(slot.name)
        if question is None or not question.unit:
            known = [*base.catalogue.symbols, *base.catalogue.line_items, *PLAIN_SLOTS]
            hint = nearest(slot.name, known)
            problems.say("K204", f"the slot {slot} names no figure", at, hint)
        return
    path = slot.path
    if not path or (len(path) == 1 and path[0] in MOVES):
        return
    if indicator is not None and len(path) == 2 and path[0] in MOMENTS:
        if base.catalogue.part(slot.name, path[1]) is None:
            parts = [
                part.id
                for decomposition in base.catalogue.decompositions.values()
                if decomposition.of == indicator.id
                for part in decomposition.parts
            ]
            hint = nearest(path[1], parts) or f"Parts: {', '.join(parts) or 'none are declared'}."
            problems.say("K204", f"{slot.name} has no part '{path[1]}'", at, hint)
        return
    if indicator is not None and indicator.id in base.catalogue.yardsticks:
        if len(path) == 1 and path[0] in base.catalogue.groups:
            return
        if path in QUARTILE_SLOTS:
            return
    if indicator is not None and len(path) == 2 and path[1] in ("from", "to"):
        general = indicator.general
        bands = {band.id: band for band in general.bands} if general else {}
        if path[0] in bands and general is not None:
            lower, upper = general.edges(path[0])
            if (lower if path[1] == "from" else upper) is not None:
                return
    moves = ", ".join(MOVES)
    hint = f"After the dot: {moves}, by and a part, a group of firms, or a band and from or to."
    problems.say("K204", f"the slot {slot} is not known", at, hint)


def _check_circles(base: KnowledgeBase, problems: Problems) -> None:
    """Refuse entries that give way to each other."""
    wins: dict[str, tuple[str, ...]] = {}
    for statement in base.statements.values():
        wins[statement.id] = statement.prevails_over
    for recommendation in base.recommendations.values():
        wins[recommendation.id] = recommendation.prevails_over
    for start, losers in wins.items():
        seen: set[str] = set()
        todo = list(losers)
        while todo:
            entry = todo.pop()
            if entry == start:
                message = f"{start} prevails over itself by way of others"
                problems.say("K303", message, base.rules[start].at)
                break
            if entry not in seen:
                seen.add(entry)
                todo += wins.get(entry, ())
