"""Reads ``knowledge/methods.yaml``: where traditions differ, and what may be chosen."""

from collections.abc import Mapping

from diagnost.knowledge.entries import Mention
from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.indicator import Citation, Indicator
from diagnost.model.located import nearest
from diagnost.model.method import Bundle, Choice, Methods, Option
from diagnost.model.text import Text
from diagnost.yaml_reader import Node

_PROVISIONS = ("provisions_long_term", "provisions_short_term")


class MethodReader:
    """Reads choices and bundles; names of sources are noted in ``mentions``."""

    def __init__(
        self, indicators: Mapping[str, Indicator], mentions: list[Mention], problems: Problems
    ) -> None:
        self.ids = {**{i.symbol: i.id for i in indicators.values()}, **{i: i for i in indicators}}
        self.mentions = mentions
        self.problems = problems

    def read(self, node: Node | None) -> Methods:
        """Read the file; without one there is nothing to choose."""
        if node is None:
            return Methods()
        file = Shape(node, self.problems, "the methods")
        choices: dict[str, Choice] = {}
        for item in file.items("choices"):
            choice = self._choice(Shape(item, self.problems, "a choice"))
            if choice.id in choices:
                other = choices[choice.id].at
                self.problems.say("K207", f"'{choice.id}' stands twice", choice.at, "", other)
            choices[choice.id] = choice
        bundles = {}
        for item in file.items("bundles"):
            bundle = self._bundle(Shape(item, self.problems, "a bundle"))
            bundles[bundle.id] = bundle
        file.done()
        return Methods(choices, bundles)

    def _choice(self, shape: Shape) -> Choice:
        choice = Choice(
            id=shape.identifier(),
            name=self._name(shape),
            options=tuple(
                self._option(Shape(item, self.problems, "an option"))
                for item in shape.items("options")
            ),
            always=shape.flag("always", default=False),
            at=shape.at,
        )
        shape.done()
        if len(choice.options) < 2:
            hint = "List the usual option first, then the others."
            self.problems.say("K106", "a choice needs two or more options", shape.at, hint)
            usual = Option("", Text({"en": ""}, shape.at), shape.at)
            return choice._replace(options=choice.options or (usual,))
        for option in choice.options[1:]:
            for name in sorted(set(option.phrases) ^ set(choice.usual.phrases)):
                message = f"the phrase '{name}' stands under one option of {choice.id} only"
                self.problems.say("K304", message, option.at, "Give it under every option.")
        return choice

    def _option(self, shape: Shape) -> Option:
        days = shape.decimal("year_days", percent=False)
        option = Option(
            id=shape.word("id"),
            name=self._name(shape),
            line=shape.text("line"),
            remark=shape.text("remark"),
            averages=self._indicators(shape, "averages"),
            takes_provisions=shape.word("takes_provisions", among=("", *_PROVISIONS), default=""),
            shown_by=self._indicators(shape, "shown_by"),
            year_days=int(days or 0),
            phrases=self._phrases(shape),
            cites=self._citation(shape),
            at=shape.at,
        )
        shape.done()
        return option

    def _bundle(self, shape: Shape) -> Bundle:
        picks: dict[str, str] = {}
        node = shape.node("picks", required=True)
        if node is not None:
            inner = Shape(node, self.problems, "the options of a bundle")
            for choice in inner.names():
                word = inner.scalar(choice)
                if word is not None:
                    picks[choice] = word.text or ""
                    self.mentions.append(Mention("option", f"{choice}.{word.text}", word.at))
        bundle = Bundle(
            id=shape.identifier(),
            name=self._name(shape),
            picks=picks,
            cites=self._citation(shape),
            at=shape.at,
        )
        shape.done()
        return bundle

    def _name(self, shape: Shape) -> Text:
        return shape.text("name", required=True) or Text({"en": ""}, shape.at)

    def _indicators(self, shape: Shape, key: str) -> tuple[str, ...]:
        found = []
        for word in shape.words(key):
            id_ = self.ids.get(word.text or "")
            if id_ is None:
                hint = nearest(word.text or "", self.ids)
                self.problems.say("K203", f"'{word.text}' is no indicator", word.at, hint)
            else:
                found.append(id_)
        return tuple(found)

    def _phrases(self, shape: Shape) -> dict[str, Text]:
        node = shape.node("phrases")
        if node is None:
            return {}
        inner = Shape(node, self.problems, "the phrases of an option")
        found = {name: inner.text(name, required=True) for name in inner.names()}
        return {name: text for name, text in found.items() if text is not None}

    def _citation(self, shape: Shape) -> Citation:
        scalars = shape.words("cites")
        self.mentions += [Mention("source", s.text or "", s.at) for s in scalars]
        inference = shape.word("basis", among=("text", "inference"), default="text") == "inference"
        if not scalars and not inference:
            hint = "Cite source ids, or write basis: inference."
            self.problems.say("K208", f"{shape.what} rests on nothing", shape.at, hint)
        return Citation(ids=tuple(s.text or "" for s in scalars), inference=inference)
