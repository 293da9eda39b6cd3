"""Everything about a choice of method: its options, what each changes, who asks for it."""

from collections.abc import Iterator

from diagnost.explain.branch import Branch
from diagnost.explain.page import Page
from diagnost.model.method import Option

PREFIX = "method."
"""What the keys of facts about the method begin with; the id of the choice follows."""


class MethodPage(Page):
    """Writes the page of a choice of method."""

    def choice(self, key: str) -> Branch:
        """Write the page of the choice that a fact ``method.<choice>`` is about."""
        methods = self.base.catalogue.methods
        choice = methods.choices[key.removeprefix(PREFIX)]
        bundles = (b for b in methods.bundles.values() if choice.id in b.picks)
        children = [
            *self.texts("name", choice.name),
            *(self._option(choice.id, o, usual=o is choice.usual) for o in choice.options),
            *self.group(
                "bundles",
                (
                    Branch(
                        label=bundle.id,
                        text=bundle.name.in_language(self.language),
                        place=str(bundle.at),
                    )
                    for bundle in bundles
                ),
            ),
            *self.ids("asked_by", self.asking([key])),
        ]
        return self.root("method", key, choice.at, children)

    def _option(self, choice: str, option: Option, *, usual: bool) -> Branch:
        children = [
            *self.texts("name", option.name),
            *self.texts("remark", option.remark),
            *(self.ids("changes", self._changed(choice, option)) if not usual else ()),
            *self.cites(option.cites),
        ]
        return Branch(
            label=self.say("label.option"),
            text=option.id,
            place=str(option.at),
            children=tuple(children),
        )

    def _changed(self, choice: str, option: Option) -> Iterator[str]:
        """Yield the indicators that this option computes otherwise, with the formula."""
        for indicator in self.base.catalogue.indicators.values():
            if indicator.id in option.averages:
                yield indicator.id
            for variant in indicator.variants:
                if any(at == choice and option.id in options for at, options in variant.when):
                    formula = self.names.formula(variant.formula)
                    yield self.say("fact", name=indicator.id, word=formula)
