"""What could not be judged, and what it would take: lines, records, answers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from diagnost.model.diagnosis import NotAssessed
from diagnost.model.records import RECORDS
from diagnost.model.rule import VIEWPOINTS, Truth
from diagnost.pipeline import Case
from diagnost.report.figures import Figures
from diagnost.report.formats import lowered

MOST_USEFUL = 3
"""How many lines are named as worth asking for."""

MOST_NAMED = 5
"""How many missing lines are named; of more, the statement of accounts is."""

MOST_LINES = 5
"""How many lines say what is lacking for which figure; more are folded by statement of accounts."""


def gap_sentences(case: Case, figures: Figures, period: str) -> tuple[str, ...]:
    """Say what could not be judged in a period and which line or answer would settle it.

    What did not arise is no gap: nobody was dismissed, so there is nothing to judge.
    """
    words, language = figures.words, figures.language
    base, catalogue = case.base, case.base.catalogue
    gaps = _gaps(case, period)
    by_needs: dict[tuple[str, ...], list[str]] = {}
    by_reason: dict[tuple[str, str], list[str]] = {}
    for gap in gaps:
        indicator = catalogue.indicators.get(gap.entry)
        if indicator is None:
            continue
        if gap.missing.reason == "missing" and _asked(gap.missing.needs, case):
            continue  # the questions are listed by themselves
        if gap.missing.reason == "missing":
            by_needs.setdefault(tuple(sorted(gap.missing.needs)), []).append(gap.entry)
        else:
            reason = gap.missing.reason, base.reason(gap.missing, language)
            by_reason.setdefault(reason, []).append(gap.entry)
    records = {needs: by_needs.pop(needs) for needs in list(by_needs) if _on_records(needs)}
    ordered = dict(sorted(by_needs.items(), key=lambda row: (-len(row[1]), row[0])))
    folded = _folded(ordered, figures) if len(ordered) > MOST_LINES else {}
    sentences = _folded_sentences(folded, figures)
    told = {name for what in folded.values() for name in what}
    sentences += [
        words["gaps.line"].format(
            what=_named(what, figures),
            needs=enumerated(needs, figures),
        )
        for needs, what in ordered.items()
        if not told.issuperset(what)
    ]
    sentences += [
        words["gaps.reason"].format(what=_named(what, figures), reason=reason)
        for (_, reason), what in sorted(by_reason.items())
    ]
    sentences += _records_wanted(records, figures)
    nobody = catalogue.groups and not case.accounts.peers and case.accounts_looked_at
    unseen = [
        side.unseen.in_language(language)
        for side in catalogue.sides.values()
        if side.unseen is not None and side.id not in case.sides and not case.subject
    ]
    alone = [words["gaps.others"]] if nobody else []
    return (*unseen, *sentences, *_worth_asking(gaps, figures), *alone) or (words["gaps.none"],)


def worth_asking_sentences(case: Case, figures: Figures, period: str) -> tuple[str, ...]:
    """Name the lines, periods and answers that would let most undecided entries be decided."""
    return tuple(_worth_asking(_gaps(case, period), figures))


def _gaps(case: Case, period: str) -> list[NotAssessed]:
    moot = case.base.moot
    return [
        gap
        for gap in case.diagnosis.not_assessed
        if gap.period == period and gap.missing.reason not in moot
    ]


def _asked(needs: Sequence[str], case: Case) -> bool:
    """Say whether nothing but answers to a questionnaire is needed."""
    questions = (case.base.catalogue.questions.get(need) for need in needs)
    return bool(needs) and all(question is not None and question.purpose for question in questions)


def _on_records(needs: Sequence[str]) -> bool:
    return any(need.startswith(RECORDS) for need in needs)


def _records_wanted(
    by_needs: Mapping[tuple[str, ...], list[str]], figures: Figures
) -> Iterator[str]:
    """Name the tables that are missing, with how many figures rest on them, then the columns."""
    words, tables = figures.words, figures.case.base.catalogue.tables
    resting: Counter[str] = Counter()
    columns: dict[str, dict[str, None]] = {}
    for needs, names in by_needs.items():
        for need in needs:
            if not need.startswith(RECORDS):
                continue
            table, _, column = need.removeprefix(RECORDS).partition(".")
            if column:
                name = tables[table].columns[column].names.in_language(figures.language)
                columns.setdefault(table, {})[words["gaps.quoted"].format(name=name)] = None
            else:
                resting[table] += len(names)
    if resting:
        listed = [
            words["gaps.resting"].format(
                table=tables[table].names.in_language(figures.language), count=count
            )
            for table, count in sorted(resting.items(), key=lambda row: (-row[1], row[0]))
        ]
        yield words["gaps.tables"].format(tables=words["list.comma"].join(listed))
    if columns:
        named = [
            words["gaps.columns_of"].format(
                table=tables[table].names.in_language(figures.language),
                columns=words["list.comma"].join(found),
            )
            for table, found in sorted(columns.items())
        ]
        yield words["gaps.columns"].format(columns=words["list.semicolon"].join(named))


def _folded(
    by_needs: Mapping[tuple[str, ...], list[str]], figures: Figures
) -> dict[tuple[str, ...], list[str]]:
    """Return what could be judged with the missing lines of each statement of accounts.

    First what needs the balance sheet alone, then what needs the income statement (or the cash
    flow), then what needs both. What needs anything but lines is left out.
    """
    items = figures.case.base.catalogue.line_items
    rank = {item: place for place, item in enumerate(items)}
    needs_of: dict[tuple[bool, bool], set[str]] = {}
    names_of: dict[tuple[bool, bool], list[str]] = {}
    for needs, names in by_needs.items():
        if not all(need in items for need in needs):
            continue
        on_sheet = {items[need].statement == "balance_sheet" for need in needs}
        kind = (False in on_sheet, True not in on_sheet)
        needs_of.setdefault(kind, set()).update(needs)
        names_of.setdefault(kind, []).extend(names)
    order = ((False, False), (True, True), (True, False))
    return {
        tuple(sorted(needs_of[kind], key=rank.__getitem__)): names_of[kind]
        for kind in order
        if kind in needs_of
    }


def _folded_sentences(
    folded: Mapping[tuple[str, ...], Sequence[str]], figures: Figures
) -> list[str]:
    """Say what the missing lines would allow; of many, only the statement and the areas.

    ``folded`` are indicators by the lines that they lack.
    """
    words = figures.words
    sentences, named = [], set[str]()
    for needs, indicators in folded.items():
        if len(needs) <= MOST_NAMED:
            what = lowered(_named(indicators, figures))
            needed = enumerated(needs, figures)
            sentences.append(words["gaps.folded"].format(what=what, needs=needed))
            continue
        areas = [a for a in _areas(indicators, figures) if a not in named]
        if areas:
            named |= set(areas)
            told = _listed([lowered(area) for area in areas], words)
            sentences.append(words[_statement_key(needs, figures)].format(areas=told))
    return sentences


def _named(indicators: Sequence[str], figures: Figures) -> str:
    """Name indicators in one list."""
    known = figures.case.base.catalogue.indicators
    return _listed([known[i].name.in_language(figures.language) for i in indicators], figures.words)


def _areas(indicators: Sequence[str], figures: Figures) -> list[str]:
    """Name the areas to which indicators belong, in the order of the reader."""
    case = figures.case
    return [
        area.name.in_language(figures.language)
        for area in case.base.areas_for(case.viewpoint)
        if area.id not in VIEWPOINTS or area.id == case.viewpoint
        if any(
            indicator.startswith(f"{topic}.") or indicator == topic or f".{area.id}." in indicator
            for topic in area.topics
            for indicator in indicators
        )
    ]


def _statement_key(needs: Sequence[str], figures: Figures) -> str:
    """Return the key of the sentence that asks for statements, or for what is missing of them."""
    case, items = figures.case, figures.case.base.catalogue.line_items
    kinds = {"sheet" if items[n].statement == "balance_sheet" else "income" for n in needs}
    last = case.accounts.periods[-1].id
    given = {
        "sheet" if items[item].statement == "balance_sheet" else "income"
        for item, period in case.accounts.amounts
        if period == last
    }
    kind = "both" if len(kinds) > 1 else next(iter(kinds))
    return f"gaps.{'rest_of_' if kinds & given else ''}{kind}"


def _worth_asking(gaps: list[NotAssessed], figures: Figures) -> list[str]:
    """Name the lines, periods and answers that would let most undecided entries be decided."""
    if not gaps:
        return []
    words = figures.words
    catalogue = figures.case.base.catalogue
    missing = [gap.missing for gap in gaps if gap.missing.reason == "missing"]
    needed = Counter(need for gap in missing for need in set(gap.needs))
    lines = sorted(
        (need for need in needed if need in catalogue.line_items),
        key=lambda need: (-needed[need], need),
    )
    sentences = []
    if lines:
        sentences.append(_most_telling(lines[:MOST_USEFUL], figures, gaps[0].period))
    if needed["earlier_period"] and len(figures.case.accounts.periods) == 1:
        sentences.append(words["gaps.earlier"])
    case, period = figures.case, gaps[0].period
    facts, told = case.runs[period].base, _told_otherwise(case, period)
    # An answer would change nothing where the matter does not arise, or is known from elsewhere.
    questions = [
        q
        for q in catalogue.questions.values()
        if needed[q.id] and q.id not in told and q.asked_where.holds(facts.truth_of) is Truth.YES
    ]
    whole = [q for q in questions if not q.purpose]
    further = sorted((q for q in questions if q.purpose), key=lambda q: -needed[q.id])
    questions = [*whole, *further[:MOST_USEFUL]]
    if questions:
        asks = words["list.space"].join(q.asks.in_language(figures.language) for q in questions)
        sentences.append(words["gaps.questions"].format(asks=asks))
    return sentences


def _most_telling(lines: Sequence[str], figures: Figures, period: str) -> str:
    """Ask for the line that would decide most, and name those that come after it."""
    from diagnost.report.worth_asking import most_telling

    first, *others = most_telling(figures.case, period, lines)
    key = "gaps.most_useful" if others else "gaps.most_useful_one"
    line = enumerated([first], figures)
    return figures.words[key].format(line=line, others=enumerated(others, figures))


def _told_otherwise(case: Case, period: str) -> frozenset[str]:
    """Return the questions whose answers a second formula has already given."""
    return frozenset(
        name.name
        for indicator in case.base.catalogue.indicators.values()
        if indicator.otherwise
        and not indicator.per
        and case.readings[indicator.id, period].value is not None
        for name in indicator.formula.names
    )


def enumerated(needs: Sequence[str], figures: Figures) -> str:
    """Name line items, indicators and answers that are needed, in one list.

    Several answers are named together, behind the rest.
    """
    words, language = figures.words, figures.language
    asked = figures.case.base.catalogue.questions
    questions = [need for need in needs if need in asked and asked[need].purpose]
    if len(questions) < 2:
        return _listed([lowered(_need(need, figures)) for need in needs], words)
    asks = [
        words["gaps.quoted"].format(name=asked[need].asks.in_language(language))
        for need in questions
    ]
    *first, last = asks
    listed = words["list.quoted"].join(first) + words["list.last_quoted"] + last
    answers = words["gaps.answers"].format(asks=listed)
    others = [lowered(_need(need, figures)) for need in needs if need not in questions]
    return _listed([*others, answers], words)


def _need(need: str, figures: Figures) -> str:
    if need == "earlier_period":
        return figures.words["gaps.period"]
    catalogue = figures.case.base.catalogue
    if need == "as_of":
        return figures.words["gaps.as_of"]
    if need.startswith(RECORDS):
        return _records(need.removeprefix(RECORDS), figures)
    question = catalogue.questions.get(need)
    if question is not None:
        ask = question.asks.in_language(figures.language)
        answer = figures.words["gaps.answer"].format(ask=ask)
        return answer if question.purpose else figures.words.get(f"question.{need}", answer)
    item = catalogue.line_items.get(need)
    if item is not None:
        return item.names.in_language(figures.language)
    indicator = catalogue.indicator(need)
    return indicator.name.in_language(figures.language) if indicator else need


def _records(need: str, figures: Figures) -> str:
    """Name a table of records, or a column of one."""
    table_id, _, column_id = need.partition(".")
    table = figures.case.base.catalogue.tables[table_id]
    name = table.names.in_language(figures.language)
    if not column_id:
        return figures.words["gaps.table"].format(table=name)
    column = table.columns[column_id].names.in_language(figures.language)
    return figures.words["gaps.column"].format(column=column, table=name)


def _listed(parts: list[str], words: dict[str, str]) -> str:
    """Join names into one list; all but the first begin small, as within a sentence."""
    if len(parts) < 2:
        return "".join(parts)
    first, *others = parts
    small = [first, *(lowered(part) for part in others)]
    return words["list.comma"].join(small[:-1]) + words["list.last"] + small[-1]
