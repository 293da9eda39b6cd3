"""The method: by which of several traditions the indicators are computed.

Where textbooks differ (closing or average balances, days of sales or of cost), the knowledge base
names the choice and its options; the first option is the usual one. A company's accounts or the
command line may pick another.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from diagnost.model.accounts import YEAR_DAYS, Pick
from diagnost.model.indicator import Citation
from diagnost.model.located import At, nearest
from diagnost.model.text import Text


class Option(NamedTuple):
    """One way to compute, by the name that the document gives it.

    ``line`` is the clause of the method line of every document, for choices named there.
    ``remark`` tells the reader what changes with it, such as a norm that no longer fits.
    ``averages`` are the indicators (ids) that rest on the average of opening and closing balances
    under this option. ``takes_provisions`` is the line item that takes provisions which are not
    divided by term; ``shown_by`` are indicators (ids) that show how much this matters.
    ``phrases`` are parts of sentences that texts take from the method.
    """

    id: str
    name: Text
    at: At
    line: Text | None = None
    remark: Text | None = None
    averages: tuple[str, ...] = ()
    year_days: int = 0  # days that a year counts; 0 where this is no matter of the choice
    takes_provisions: str = ""
    shown_by: tuple[str, ...] = ()
    phrases: Mapping[str, Text] = {}
    cites: Citation = Citation()


class Choice(NamedTuple):
    """A matter on which traditions differ; ``always`` has the document name it in any case."""

    id: str
    name: Text
    options: tuple[Option, ...]  # the usual one first
    at: At
    always: bool = False

    @property
    def usual(self) -> Option:
        """Return the option taken where nothing is said."""
        return self.options[0]

    def option(self, option_id: str) -> Option:
        """Return the option of that id; KeyError if there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)


class Bundle(NamedTuple):
    """Options that a tradition takes together, by choice."""

    id: str
    name: Text
    picks: Mapping[str, str]
    cites: Citation
    at: At


class Methods(NamedTuple):
    """Every choice and every bundle that the knowledge base knows."""

    choices: Mapping[str, Choice] = {}
    bundles: Mapping[str, Bundle] = {}


class Method(NamedTuple):
    """The option taken for every choice."""

    choices: Mapping[str, Choice] = {}
    picks: Mapping[str, Pick] = {}

    def option(self, choice_id: str) -> Option:
        """Return the option taken; KeyError if there is no such choice."""
        choice = self.choices[choice_id]
        pick = self.picks.get(choice_id)
        return choice.usual if pick is None else choice.option(pick.option)

    @property
    def options(self) -> tuple[Option, ...]:
        """Return the options taken, in the order of the choices."""
        return tuple(self.option(choice_id) for choice_id in self.choices)

    @property
    def unusual(self) -> tuple[Choice, ...]:
        """Return the choices for which another than the usual option is taken."""
        return tuple(
            choice
            for choice in self.choices.values()
            if self.option(choice.id).id != choice.usual.id
        )

    @property
    def year_days(self) -> int:
        """Return how many days a year counts."""
        return next((o.year_days for o in self.options if o.year_days), YEAR_DAYS)

    @property
    def averages(self) -> frozenset[str]:
        """Return the ids of the indicators that rest on average balances."""
        return frozenset(name for option in self.options for name in option.averages)

    @property
    def takes_provisions(self) -> str:
        """Return the line item that takes provisions not divided by term, '' if none does."""
        return next((o.takes_provisions for o in self.options if o.takes_provisions), "")

    def phrase(self, name: str) -> Text | None:
        """Return the part of a sentence that the method gives under that name."""
        return next((o.phrases[name] for o in self.options if name in o.phrases), None)


class UnknownMethod(LookupError):  # noqa: N818 - told to the user as it is
    """A choice, option or bundle that is not known; ``hint`` says which are."""

    def __init__(self, message: str, hint: str, *, option: bool = False) -> None:
        self.hint = hint
        self.option = option  # the choice is known, the option is not
        super().__init__(message)


def pick(methods: Methods, choice_id: str, option_id: str, at: At | None = None) -> Pick:
    """Return a pick; UnknownMethod where there is no such choice or option."""
    choice = methods.choices.get(choice_id)
    if choice is None:
        raise UnknownMethod(
            f"no choice of method is called '{choice_id}'",
            _known(choice_id, methods.choices, "The choices are"),
        )
    ids = [option.id for option in choice.options]
    if option_id not in ids:
        raise UnknownMethod(
            f"'{option_id}' is no option of {choice_id}",
            _known(option_id, ids, "The options are"),
            option=True,
        )
    return Pick(choice_id, option_id, at)


def picks_of(methods: Methods, bundle_id: str, at: At | None = None) -> tuple[Pick, ...]:
    """Return the picks of a bundle; UnknownMethod where there is none of that id."""
    bundle = methods.bundles.get(bundle_id)
    if bundle is None:
        raise UnknownMethod(
            f"no method is called '{bundle_id}'",
            _known(bundle_id, methods.bundles, "Write choice=option, or one of"),
        )
    return tuple(Pick(choice, option, at, bundle_id) for choice, option in bundle.picks.items())


def read_picks(text: str, methods: Methods, at: At | None = None) -> tuple[Pick, ...]:
    """Read ``balances=average,year=360`` or the name of a bundle, or both.

    What is named by itself goes before what comes with a bundle. Raises UnknownMethod.
    """
    single: list[Pick] = []
    bundled: list[Pick] = []
    for part in text.replace("，", ",").replace(";", ",").split(","):
        name, equals, option = (piece.strip() for piece in part.partition("="))
        if equals:
            single.append(pick(methods, name, option, at))
        elif name:
            bundled += picks_of(methods, name, at)
    return (*bundled, *single)


def settle(methods: Methods, accounts: Iterable[Pick], command: Iterable[Pick] = ()) -> Method:
    """Return the method: the command line goes before the accounts, later picks before earlier.

    A single pick goes before one that comes with a bundle.
    """
    said = _last(accounts)
    wanted = _last(command)
    for choice, one in wanted.items():
        before = said.get(choice)
        if before is not None and before.option != one.option:
            said[choice] = one._replace(instead_of=before.option)
        elif before is None:
            said[choice] = one
    return Method(methods.choices, said)


def _last(picks: Iterable[Pick]) -> dict[str, Pick]:
    found: dict[str, Pick] = {}
    for one in sorted(picks, key=lambda each: not each.bundle):  # keeps the order otherwise
        found[one.choice] = one
    return found


def _known(word: str, known: Iterable[str], lead: str) -> str:
    every = tuple(known)
    return f"{nearest(word, every)} {lead}: {', '.join(every)}.".strip()
