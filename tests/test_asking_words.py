"""Questions in words: what they are understood to ask, in three languages, and what is unclear."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnost.asking.lexicon import Lexicon, Meaning
from diagnost.asking.question import Question, Unclear
from diagnost.asking.understanding import MAX_QUESTION, Understanding, understand
from diagnost.knowledge.base import content_root
from diagnost.knowledge.part import part_of
from diagnost.knowledge.shape import Problems
from diagnost.knowledge.vocabulary_checks import check_vocabulary
from diagnost.knowledge.vocabulary_file import load_vocabulary, read_vocabulary
from diagnost.model.vocabulary import Vocabulary
from diagnost.yaml_reader import read_text
from tests.shipped import LANGUAGES, base

PERIODS = ("2021", "2022", "2023")
PEOPLE = ("Anna Kowalska", "Jan Nowak", "张伟")
QUESTIONS = Path(__file__).parent / "data" / "questions"
TABLES = sorted(
    path
    for path in QUESTIONS.glob("??*.txt")
    if path.stem[:2] in LANGUAGES and "forms" not in path.stem
)
"""Questions as people ask them, under what they ask: en.txt, and en-sales.txt for a sales force."""
SHAPES = {
    "en": ("why is {} so low?", "how was {} calculated?"),
    "pl": ("dlaczego {} jest na tak niskim poziomie?", "jak policzono {}?"),
    "zh": ("为什么{}这么低？", "{}是怎么算出来的？"),
}


@lru_cache
def vocabulary() -> Vocabulary:
    return load_vocabulary(content_root())


@lru_cache
def asked(side: str = "finance") -> Understanding:
    """Return what understands questions about a case that has one side, in thousands."""
    lexicon = Lexicon(vocabulary(), part_of(base(), {side}), PERIODS, PEOPLE)
    return Understanding(lexicon, PERIODS, unit=1000)


def told(question: Question | Unclear) -> str:
    """Return what a question asks as the tables write it."""
    if isinstance(question, Unclear):
        return f"unclear, {question.offered}"
    parts = [question.kind.value]
    parts += [question.subject] if question.subject and not question.goal else []
    parts += [question.direction.value] if question.direction else []
    parts += ["root"] if question.root else []
    parts += ["negated"] if question.negated else []
    parts += [f"change={','.join(question.change)}"] if question.change else []
    parts += [f"goal={question.goal.replace(' ', '_')}"] if question.goal else []
    for key in ("viewpoint", "period", "person", "claimed"):
        value = getattr(question, key).replace(" ", "_")
        parts += [f"{key}={value}"] if value else []
    return " ".join(parts)


def in_table(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the questions of a table with what they ask."""
    wanted = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            wanted = line.removeprefix("== ").replace(" whole", "")
        elif line:
            yield line, wanted


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_as_people_ask(path: Path) -> None:
    language, _, side = path.stem.partition("-")
    found = {text: asked(side or "finance").of(text) for text, _ in in_table(path)}
    assert {text: told(question) for text, question in found.items()} == dict(in_table(path))
    assert {question.language for question in found.values()} == {language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_long_enough(language: str) -> None:
    assert len(dict(in_table(QUESTIONS / f"{language}.txt"))) >= 150


def _side(entry: str) -> str:
    return base().catalogue.side_of(entry) or "finance"


def _understood(side: str, language: str, name: str, entry: str) -> bool:
    found = [asked(side).of(shape.format(name), language) for shape in SHAPES[language]]
    return all(
        isinstance(each, Question) and (each.subject, each.language) == (entry, language)
        for each in found
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_by_name_and_symbol(language: str) -> None:
    """Those whose name another entry bears are asked for by their symbols."""
    catalogue = base().catalogue
    names = Counter(
        (_side(i.id), i.name.in_language(language)) for i in catalogue.indicators.values()
    )
    taken = {
        name for item in catalogue.line_items.values() for name in item.names.by_language.values()
    }
    taken |= {name for item in catalogue.line_items.values() for name in item.synonyms}
    taken |= {n.words for n in vocabulary().names if n.language == language and n.kind == "area"}
    missed = []
    for indicator in catalogue.indicators.values():
        side, name = _side(indicator.id), indicator.name.in_language(language)
        alone = names[side, name] == 1 and not {name, name.lower()} & taken
        if indicator.shown and not _understood(side, language, indicator.symbol, indicator.id):
            missed.append(indicator.symbol)
        if indicator.shown and alone and not _understood(side, language, name, indicator.id):
            missed.append(name)
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_area_and_line_item_by_name(language: str) -> None:
    missed = []
    for area in base().areas:
        side = _side((*area.topics, "")[0])
        if not _understood(side, language, area.name.in_language(language), area.id):
            missed.append(area.id)
    areas = {area.name.in_language(language) for area in base().areas}
    for item in base().catalogue.line_items.values():
        for name in {item.names.in_language(language), *item.synonyms} - areas:
            spoken = name.isascii() if language == "en" else True
            if spoken and not _understood("finance", language, name, item.id):
                missed.append(name)
    assert missed == []


def test_polish_forms_of_names() -> None:
    lines = (QUESTIONS / "pl-forms.txt").read_text(encoding="utf-8").splitlines()
    areas = {area.id: (*area.topics, "")[0] for area in base().areas}
    shapes = ("jaka jest przyczyna niskiego poziomu {}?", "co zrobić z {}?", "co sądzisz o {}?")
    missed = []
    for line in lines:
        name, *forms = line.split(" | ")
        indicator = base().catalogue.indicator(name)
        entry, side = (
            (indicator.id, _side(indicator.id)) if indicator else (name, _side(areas[name]))
        )
        for shape, form in zip(shapes, forms, strict=True):
            question = asked(side).of(shape.format(form))
            if not isinstance(question, Question) or question.subject != entry:
                missed.append(shape.format(form))
    assert missed == []


# --- unclear --------------------------------------------------------------------------------------

MALFORMED = (
    *(QUESTIONS / "nonsense.txt").read_text(encoding="utf-8").splitlines(),
    "",
    " ",
    "\t\n\r",
    "\x00\x01\x02",
    "\u202ewol si ytidiuqil yhw",
    "why is \u200bliqu\u0000idity",
    "why is liquidity low " * 500,
    "x" * 10_000,
    "why " * 2_500,
    "9" * 10_000,
    "（" * 300,
    "\ud800",
)


def test_what_is_no_question_is_unclear() -> None:
    offered = set()
    for text in MALFORMED:
        unclear = asked().of(text)
        assert isinstance(unclear, Unclear), text
        assert 1 <= len(unclear.offered) <= 3, text
        offered |= {(offer, unclear.language) for offer in unclear.offered}
    assert [o for o in offered if not isinstance(asked().of(*o), Question)] == []


def test_there_are_enough_of_them() -> None:
    assert len(set(MALFORMED)) >= 200


def test_two_subjects_are_both_offered() -> None:
    unclear = asked().of("why is liquidity low and debt high")
    assert isinstance(unclear, Unclear)
    assert unclear.recognised == ("Liquidity", "Debt")
    assert unclear.offered[:2] == ("Liquidity: why is it so?", "Debt: why is it so?")


def test_a_slip_is_not_mended_but_offered() -> None:
    unclear = asked().of("why is liqidity low")
    assert isinstance(unclear, Unclear)
    assert unclear.offered[0] == "Liquidity: why is it so?"


def test_a_percent_that_lacks_its_sign_is_asked_back() -> None:
    unclear = asked().of("what must change for ROE to reach 15")
    assert isinstance(unclear, Unclear)
    assert unclear.offered[0].endswith("ROE to reach 15%")


def test_nothing_is_offered_for_a_person_twice_named() -> None:
    lexicon = Lexicon(vocabulary(), part_of(base(), {"sales"}), PERIODS, ("Anna B", "Anna C"))
    unclear = Understanding(lexicon, PERIODS).of("why is Anna's result low?")
    assert isinstance(unclear, Unclear)
    assert {"Anna B", "Anna C"} <= set(unclear.recognised)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_offer_is_understood(language: str) -> None:
    """Whatever is offered about an entry is understood to be about it."""
    shapes = vocabulary().languages[language].offers
    for text in ("liquidity debt", "płynność zadłużenie", "流动性和所有者权益"):
        unclear = asked().of(text, language)
        assert isinstance(unclear, Unclear)
        for offer in unclear.offered:
            assert isinstance(asked().of(offer, unclear.language), Question), offer
    catalogue = base().catalogue
    for indicator in catalogue.indicators.values():
        if indicator.shown and _side(indicator.id) == "finance":
            name = indicator.name.in_language(language)
            for kind in ("why", "why_not", "how", "meaning", "value", "advice"):
                question = asked().of(shapes[kind].format(name=name), language)
                assert told(question) == f"{kind} {indicator.id}"
    whole = [shape for shape in shapes.values() if "{name}" not in shape]
    assert all(isinstance(asked().of(shape, language), Question) for shape in whole)


# --- words at random ------------------------------------------------------------------------------


@lru_cache
def words_without_names() -> tuple[str, ...]:
    words = {word for p in vocabulary().phrases for word in p.words.replace("|", " ").split()}
    return tuple(sorted(word.strip("?*") for word in words))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(st.deferred(lambda: st.sampled_from(words_without_names())), st.text(max_size=8)),
        max_size=12,
    )
)
def test_no_subject_comes_from_words_that_name_none(words: list[str]) -> None:
    text = " ".join(words)
    pieces = [piece for name in LANGUAGES for piece in asked().lexicon.pieces(text, name)]
    names = [s for piece in pieces for s in piece.senses if not isinstance(s, Meaning)]
    question = asked().of(text)
    if isinstance(question, Question) and not names:
        assert (question.subject, question.person, question.change) == ("", "", ())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=2 * MAX_QUESTION))
def test_any_text_has_an_answer(text: str) -> None:
    question = asked().of(text)
    assert question.language in LANGUAGES
    if isinstance(question, Unclear):
        assert 1 <= len(question.offered) <= 3


# --- what the case decides ------------------------------------------------------------------------


def test_language_given_decides_where_words_do_not() -> None:
    for language in LANGUAGES:
        assert asked().of("WPB?", language).language == language
    assert asked().of("dlaczego WPB jest niski", "en").language == "pl"


def test_amounts_written_out_are_brought_to_the_unit_of_the_accounts() -> None:
    for unit, amount in ((1, "1500000"), (1000, "1500"), (1_000_000, "1.5")):
        understood = Understanding(asked().lexicon, PERIODS, unit=unit)
        question = understood.of("what if sales rise by 1.5 million?")
        assert isinstance(question, Question)
        assert question.change == (f"revenue=+{amount}",)


def test_what_the_case_says_goes_first_of_steps_with_one_name() -> None:
    name = "leave the profits in the company and repay debts with them"
    briefs = {r.id: r.brief for r in base().recommendations.values() if r.brief}
    steps = [id_ for id_, brief in briefs.items() if brief.in_language("en") == name]
    assert len(steps) > 1
    for step in steps:
        understood = Understanding(asked().lexicon, PERIODS, present=frozenset({step}))
        question = understood.of(f"why {name}?")
        assert isinstance(question, Question)
        assert question.subject == step


def test_a_single_question_needs_no_preparation() -> None:
    question = understand("why is WPB low?", vocabulary(), base(), PERIODS, PEOPLE)
    assert told(question) == "why finance.liquidity.current_ratio low"


def test_completion_knows_names_and_questions() -> None:
    for language, name in (("en", "Current ratio"), ("pl", "Zapasy"), ("zh", "流动性")):
        assert name in asked().phrases(language)
    assert "What should we do first?" in asked().phrases("en")


# --- the files ------------------------------------------------------------------------------------


def _problems(text: str) -> list[str]:
    problems = Problems()
    read = read_vocabulary([read_text(text, name="v.yaml")], problems)
    check_vocabulary(read, base(), problems)
    return [f"{p.at.line}:{p.at.column} {p.code} {p.message}" for p in problems]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("words: []", "1:1 K105 'words' is no key of the vocabulary"),
        ("language: de", "1:11 K108 'de' is not a word for 'language'"),
        ("names: [{en: [margin]}]", "1:9 K106 a name needs what it is the name of"),
        ("names: [{line: stocks, en: [x]}]", "1:29 K203 there is no line 'stocks'"),
        ("names: [{area: cash, en: [x]}]", "1:27 K206 there is no area 'cash'"),
        (
            "names: [{line: cash, en: [x]}, {line: equity, en: [x]}]",
            "1:52 K223 'x' is a name of equity and also of cash",
        ),
        (
            "language: en\nstop: [so]\nroot: [so]",
            "2:8 K223 'so' is stop and also root",
        ),
        (
            "language: en\nshares: {100%: [doubles]}",
            "2:10 K109 '100%' is not a number for words",
        ),
        (
            "language: zh\none_as_other: [為]",
            "2:16 K107 '為' is no pair of characters",
        ),
        (
            "preference: {asked: [thing]}",
            "1:22 K108 'thing' is not a word for 'preference'",
        ),
    ],
)
def test_faults_of_the_files_are_told_with_their_place(text: str, problem: str) -> None:
    assert _problems(text) == [problem]


def test_what_ships_has_none() -> None:
    problems = Problems()
    check_vocabulary(vocabulary(), base(), problems)
    assert problems == []
