"""Reads questions: ``knowledge/context.yaml`` and every ``questionnaire.yaml``."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from diagnost.knowledge.conditions import read_condition
from diagnost.knowledge.entries import Mention
from diagnost.knowledge.profile_entry import read_profile
from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.context import Question, QuestionArea, Scale, Step
from diagnost.model.indicator import Unit
from diagnost.model.located import At, nearest
from diagnost.model.profile import Profile
from diagnost.model.rule import Condition
from diagnost.model.text import Text
from diagnost.yaml_reader import Mapping as MappingNode
from diagnost.yaml_reader import Node, Scalar

UNITS = tuple(unit.value for unit in Unit)
SCALE_UNIT = Unit.NUMBER.value
_RANGE = r"(\d{1,3})\s*-\s*(\d{1,3})"


class Questionnaire(NamedTuple):
    """The questions of all files, in order of files, and the areas they belong to."""

    questions: dict[str, Question]
    areas: dict[str, QuestionArea]
    profiles: dict[str, Profile]  # by side


def read_questionnaires(
    nodes: Iterable[Node],
    mentions: list[Mention],
    problems: Problems,
    sides: Sequence[str] = (),
) -> Questionnaire:
    """Read files of questions; names of sources and tables are noted in ``mentions``.

    Files are ``for`` one of the ``sides``, if any are declared.
    """
    found = Questionnaire({}, {}, {})
    for node in nodes:
        _File(node, found, mentions, problems).read(sides)
    return found


class _File:
    """One file of questions."""

    def __init__(
        self, node: Node, found: Questionnaire, mentions: list[Mention], problems: Problems
    ) -> None:
        self.shape = Shape(node, problems, "the questions")
        self.found = found
        self.mentions = mentions
        self.problems = problems
        self.scales: dict[str, Scale] = {}
        self.areas: dict[str, QuestionArea] = {}
        self.labels: dict[str, Text] = {}
        self.short: Decimal | None = None

    def read(self, sides: Sequence[str]) -> None:
        """Read the whole file."""
        purpose = self.shape.word("for", among=("", *sides) if sides else (), default="")
        self.short = self.shape.decimal("short", percent=False)
        self.labels = self._labels(self.shape.node("labels"))
        for entry in self.shape.items("scales"):
            shape = Shape(entry, self.problems, "a scale")
            name = shape.identifier()
            scale = self._scale(shape)
            if scale is not None:
                self.scales[name] = scale
        for entry in self.shape.items("areas"):
            self._area(Shape(entry, self.problems, "an area"))
        profile = self.shape.node("profile")
        if profile is not None:
            self.found.profiles[purpose] = read_profile(profile, self.short, self.problems)
        for number, entry in enumerate(self.shape.items("questions"), start=1):
            question = self._question(Shape(entry, self.problems, "a question"), number, purpose)
            self._add(question)
        self.shape.done()
        for name in self.found.profiles[purpose].scores if profile is not None else ():
            if name not in self.found.questions:
                message = f"no question is called '{name}'"
                self.problems.say("K206", message, self.found.profiles[purpose].at)

    def _add(self, question: Question) -> None:
        before = self.found.questions.setdefault(question.id, question)
        if before is not question:
            message = f"'{question.id}' stands twice"
            self.problems.say("K207", message, question.at, "", before.at)

    def _area(self, shape: Shape) -> None:
        area = QuestionArea(shape.identifier(), self._name(shape, "name"), shape.at)
        shape.done()
        self.areas[area.id] = area
        before = self.found.areas.setdefault(area.id, area)
        if before is not area:
            self.problems.say("K207", f"'{area.id}' stands twice", area.at, "", before.at)

    def _name(self, shape: Shape, key: str) -> Text:
        return shape.text(key, required=True) or Text({"en": ""}, shape.at)

    def _labels(self, node: Node | None) -> dict[str, Text]:
        if node is None:
            return {}
        shape = Shape(node, self.problems, "the labels")
        return {word: self._name(shape, word) for word in shape.names()}

    def _question(self, shape: Shape, number: int, purpose: str) -> Question:
        words = tuple(word.text or "" for word in shape.words("words"))
        scale = self._scale_of(shape)
        unit = shape.word("unit", among=("", *UNITS), default="")
        own = self._labels(shape.node("labels"))
        order = shape.decimal("order", percent=False)
        place = number if order is None else int(order)
        beyond = self.short is not None and place > self.short
        silence = shape.scalar("silence")
        asked_where = shape.node("asked_where")
        question = Question(
            id=shape.identifier(),
            asks=self._name(shape, "asks"),
            words=words,
            unit=SCALE_UNIT if scale else unit,
            silence=(silence.text or "") if silence else "",
            asked_where=read_condition(asked_where, self.problems) if asked_where else Condition(),
            scale=scale,
            labels={w: text for w in words if (text := own.get(w) or self.labels.get(w))},
            purpose=purpose,
            area=self._area_of(shape, purpose),
            order=place,
            help=shape.text("help"),
            optional=shape.flag("optional", default=beyond),
            reverse=shape.flag("reverse", default=False),
            spared_by=self._mentioned(shape, "spared_by", "table"),
            cites=self._mentioned(shape, "cites", "source"),
            synonyms=tuple(each.text or "" for each in shape.words("synonyms")),
            at=shape.at,
        )
        shape.done()
        if sum((bool(words), bool(unit), "scale" in shape.entries)) != 1:
            hint = "Give it words, a unit or a scale."
            message = "a question takes either words or a unit or a scale"
            self.problems.say("K106", message, shape.at, hint)
        self._check_words(question, own, silence)
        return question

    def _check_words(
        self, question: Question, own: Mapping[str, Text], silence: Scalar | None
    ) -> None:
        if silence is not None and question.silence not in question.fact_words:
            hint = nearest(question.silence, question.fact_words)
            hint = hint or f"Its words: {', '.join(question.fact_words)}."
            message = f"'{question.silence}' is not a word for 'silence'"
            self.problems.say("K108", message, silence.at, hint)
        for word, text in own.items():
            if word not in question.words:
                message = f"'{word}' is no word of {question.id}"
                hint = nearest(word, question.words) or f"Words: {', '.join(question.words)}."
                self.problems.say("K202", message, text.at, hint)
        if question.purpose:
            for word in question.words:
                if word not in question.labels:
                    message = f"the word '{word}' of {question.id} has no label"
                    hint = "Write it under 'labels' in English, Polish and Chinese."
                    self.problems.say("K106", message, question.at, hint)

    def _area_of(self, shape: Shape, purpose: str) -> str:
        scalar = shape.scalar("area", required=bool(purpose))
        name = (scalar.text or "") if scalar else ""
        if scalar is not None and name not in self.areas:
            hint = nearest(name, self.areas) or f"Areas: {', '.join(self.areas)}."
            self.problems.say("K206", f"no area is called '{name}'", scalar.at, hint)
        return name

    def _mentioned(self, shape: Shape, key: str, kind: str) -> tuple[str, ...]:
        scalars = shape.words(key)
        self.mentions += [Mention(kind, scalar.text or "", scalar.at) for scalar in scalars]
        return tuple(scalar.text or "" for scalar in scalars)

    # --- scales ----------------------------------------------------------------------------------

    def _scale_of(self, shape: Shape) -> Scale | None:
        """Take the scale of a question: the name of one of the file, or one of its own."""
        node = shape.node("scale")
        if isinstance(node, MappingNode):
            return self._scale(Shape(node, self.problems, "a scale"))
        if isinstance(node, Scalar):
            name = node.text or ""
            if name in self.scales:
                return self.scales[name]
            hint = nearest(name, self.scales) or f"Scales: {', '.join(self.scales) or 'none'}."
            self.problems.say("K206", f"no scale is called '{name}'", node.at, hint)
        elif node is not None:
            self.problems.say("K107", "a scale is a name or a mapping", node.at)
        return None

    def _scale(self, shape: Shape) -> Scale | None:
        scalar = shape.scalar("range", required=True)
        ends = (self._name(shape, "least"), self._name(shape, "most"))
        steps = [
            self._step(Shape(item, self.problems, "a step of a scale"))
            for item in shape.items("steps")
        ]
        shape.done()
        if scalar is None:
            return None
        bounds = re.fullmatch(_RANGE, scalar.text or "")
        if bounds is None:
            message = f"'{scalar.text}' is no range of a scale"
            self.problems.say("K220", message, scalar.at, "Write the two ends, such as 1-5.")
            return None
        least, most = int(bounds[1]), int(bounds[2])
        filled, following = [], least
        for word, to, at in steps:
            if not following <= to <= most:
                self._bad_steps(at, least, most)
                return None
            filled.append(Step(word, following, to))
            following = to + 1
        if following != most + 1:
            self._bad_steps(scalar.at, least, most)
            return None
        return Scale(least, most, tuple(filled), ends)

    def _step(self, shape: Shape) -> tuple[str, int, At]:
        word, to = shape.word("word"), shape.decimal("to", percent=False)
        shape.done()
        return word, -1 if to is None else int(to), shape.at

    def _bad_steps(self, at: At, least: int, most: int) -> None:
        hint = "Each step says up to which number its word goes (to); they rise to the last."
        self.problems.say("K220", f"the steps must cover {least} to {most}", at, hint)
