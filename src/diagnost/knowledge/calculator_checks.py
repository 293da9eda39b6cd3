"""What a calculator names must be its own: inputs, figures, remarks and levels of its file."""

from collections.abc import Iterable

from diagnost.knowledge.shape import Problems
from diagnost.model.binding import NUMBER_, TRUTH, Unbound, bind
from diagnost.model.calculator import FLAG_UNIT, LEVELS, LIMITS, SHARES, Calculator, Figure
from diagnost.model.located import At, nearest
from diagnost.model.terms import Term, names_of

SLOT_FORMS = ("", "number", "signed")


def check_calculator(calculator: Calculator, problems: Problems) -> None:
    """Note every name that is nothing, every formula that means nothing, and a lack of examples."""
    _Checker(calculator, problems).check()


class _Checker:
    def __init__(self, calculator: Calculator, problems: Problems) -> None:
        self.made = calculator
        self.problems = problems

    def check(self) -> None:
        self._names()
        self._allocation()
        self._terms()
        self._slots()
        if not self.made.examples:
            hint = "Add a worked case with what must come out."
            self.problems.say("K503", f"{self.made.id} has no example", self.made.at, hint)

    def _names(self) -> None:
        made = self.made
        for name in sorted(made.inputs.keys() & made.figures.keys()):
            message = f"'{name}' is an input and a figure"
            self.problems.say("K207", message, made.figures[name].at, "", made.inputs[name].at)
        levels = made.allocation.levels if made.allocation is not None else {}
        for example in made.examples:
            self._among(example.given, made.inputs, example.at)
            self._among(example.gives, made.figures, example.at)
            self._among((*example.tells, *example.silent), made.remarks, example.at)
            self._among([level for level, _ in example.parts], levels, example.at)

    def _allocation(self) -> None:
        split, inputs = self.made.allocation, self.made.inputs
        if split is None:
            return
        single = [name for name in (*inputs, *self.made.figures) if self.made.per(name) == ""]
        self._among((split.of, split.step, split.rest_last), single, split.at)
        self._among([split.by], [i.id for i in inputs.values() if i.unit == LEVELS], split.at)
        shares = [i.id for i in inputs.values() if i.unit == SHARES]
        for level in split.levels.values():
            self._among([level.shares] if level.shares else [], shares, level.at)
            self._among([level.counted] if level.counted else [], single, level.at)
            self._among(level.within, split.levels, level.at)

    def _among(self, names: Iterable[str], known: Iterable[str], at: At) -> None:
        every = tuple(known)
        for name in names:
            if name not in every:
                hint = nearest(name, every) or f"There is {', '.join(every)}."
                message = f"'{name}' is nothing of the kind in this calculator"
                self.problems.say("K203", message, at, hint)

    def _terms(self) -> None:
        above = set(self.made.inputs)
        for figure in self.made.figures.values():
            self._stands_below(figure, above)
            above.add(figure.id)
            wanted = TRUTH if figure.unit == FLAG_UNIT else NUMBER_
            for case in figure.cases:
                self._term(case.gives, wanted, case.at, case.text)
                if case.when is not None:
                    self._term(case.when, TRUTH, case.at, case.when_text)
        for remark in self.made.remarks.values():
            if remark.when is not None:
                self._term(remark.when, TRUTH, remark.at, remark.when_text)
            elif remark.kind != LIMITS:
                hint = "Only what a figure does not say holds always."
                self.problems.say("K106", f"{remark.id} needs the key 'when'", remark.at, hint)

    def _stands_below(self, figure: Figure, above: set[str]) -> None:
        terms = [term for case in figure.cases for term in (case.when, case.gives) if term]
        for name in sorted({name for term in terms for name in names_of(term)}):
            if name in self.made.figures and name not in above:
                message = f"{figure.id} uses '{name}', which stands below it"
                hint = "Put a figure below those that it is made of."
                self.problems.say("K209", message, figure.at, hint)

    def _term(self, term: Term, wanted: str, at: At, text: str) -> None:
        try:
            bound = bind(term, self.made)
        except Unbound as error:
            every = (*self.made.inputs, *self.made.figures)
            hint = nearest(error.name, every) if error.name else ""
            self.problems.say("K213", str(error), at, hint or f"It reads: {text}")
            return
        if bound.series or bound.kind != wanted:
            message = f"a {wanted} is needed here, and this gives a {bound.kind}"
            self.problems.say("K213", message, at, f"It reads: {text}")

    def _slots(self) -> None:
        single = [n for n in (*self.made.inputs, *self.made.figures) if self.made.per(n) == ""]
        texts = [remark.text for remark in self.made.remarks.values()]
        texts += [f.how for f in self.made.figures.values() if f.how is not None]
        for text in texts:
            for slot in sorted(text.slots, key=str):
                if slot.name not in single or slot.path or slot.form not in SLOT_FORMS:
                    hint = nearest(slot.name, single) or "A slot is an input or a figure."
                    self.problems.say("K204", f"the slot {slot} names no figure", text.at, hint)
