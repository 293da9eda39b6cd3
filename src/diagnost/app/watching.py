"""The check kept running: what a saved file touches is read, resolved and tried again at once."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from diagnost.app.checking import CheckResult, check_knowledge
from diagnost.app.shipped import packs_in_use
from diagnost.check.examples import judged, run_trial, trials
from diagnost.check.excerpt import written
from diagnost.check.lint import lint_rules
from diagnost.check.whole_cases import FOLDER
from diagnost.engine.plan import Plan, compile_plan
from diagnost.knowledge import files
from diagnost.knowledge.base import is_topic
from diagnost.knowledge.entries import Entries
from diagnost.knowledge.files import CONTENT_FOLDERS, KnowledgeFile, topic_of
from diagnost.knowledge.references import resolve_mentions, resolve_rules
from diagnost.knowledge.shape import Problems
from diagnost.knowledge.topic_parts import Topic
from diagnost.knowledge.topics import read_topic
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import DiagnostError, Problem
from diagnost.model.rule import Rule
from diagnost.yaml_reader import Mapping as NodeMapping
from diagnost.yaml_reader import Node, Scalar, read

RULE_KEYS = frozenset({"statements", "rules", "rulings", "causes", "recommendations"})
"""Keys of a topic below which only rules stand: what can be exchanged without the rest."""
_KINDS = ("statements", "rulings", "causes", "conclusions", "recommendations")

State = Mapping[str, tuple[int, int]]
"""Time and size of every file, by name."""


class Rerun(NamedTuple):
    """What came of a saved file: its problems, how much was tried, and how long it took.

    ``whole`` says that everything was checked anew, since more hangs on the file than rules.
    """

    file: str
    problems: tuple[Problem, ...]
    entries: int
    examples: int
    seconds: float
    whole: bool
    root: Path


class WatchedKnowledge:
    """A knowledge base that has been checked, and follows what is saved."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or files.content_root()
        self._beside_rules: dict[str, object] = {}
        self.state = self._looked_at()
        self.checked = self._check()

    def changes(self) -> tuple[str, ...]:
        """Return the names of the files that were saved, added or removed since the last look."""
        before, self.state = self.state, self._looked_at()
        both = sorted({*before, *self.state})
        return tuple(name for name in both if before.get(name) != self.state.get(name))

    def saved(self, name: str) -> Rerun:
        """Check again what a saved file touches.

        Of a topic in which only rules changed, these are read anew, and their examples run and
        those of all entries that hang on them; logic is left to a whole check. Anything else is
        checked as a whole.
        """
        start = time.perf_counter()
        found = self._exchanged(name)
        if found is None:
            self.checked = self._check()
            own = [problem for problem in self.checked.problems if problem.at.file == name]
            others = [problem for problem in self.checked.problems if problem.at.file != name]
            return Rerun(
                name,
                (*own, *others),
                self.checked.entries,
                self.checked.examples,
                time.perf_counter() - start,
                True,
                self.root,
            )
        problems, entries, examples = found
        seconds = time.perf_counter() - start
        return Rerun(name, tuple(problems), entries, examples, seconds, False, self.root)

    # --- whole ------------------------------------------------------------------------------------

    def _check(self) -> CheckResult:
        self._beside_rules.clear()
        return check_knowledge(root=self.root, read_file=self._read)

    def _read(self, file: KnowledgeFile) -> Node:
        node = read(file.path, name=file.name)
        self._beside_rules[file.name] = _beside_rules(node)
        return node

    def _looked_at(self) -> State:
        found: dict[str, tuple[int, int]] = {}
        for folder in (*CONTENT_FOLDERS, FOLDER):
            for path in (self.root / folder).rglob("*.yaml"):
                try:
                    state = path.stat()
                except OSError:  # gone while looking
                    continue
                found[path.relative_to(self.root).as_posix()] = (state.st_mtime_ns, state.st_size)
        return found

    # --- a topic ----------------------------------------------------------------------------------

    def _exchanged(self, name: str) -> tuple[list[Problem], int, int] | None:
        """Exchange the rules of a topic and try them; None where more than rules changed."""
        known = name in self._beside_rules and is_topic(name) and not packs_in_use()
        if not known or not (self.root / name).is_file():
            return None
        problems = Problems()
        try:
            node = read(self.root / name, name=name)
        except DiagnostError as error:
            return list(error.problems), 0, 0
        if _beside_rules(node) != self._beside_rules[name]:
            return None
        before = self.checked.base
        entries = Entries()
        read_topic(Topic(topic_of(name), entries, before.catalogue.steadiness, problems), node)
        others = {id_ for id_, rule in before.rules.items() if rule.at.file != name}
        if before.rules.keys() - others - entries.places.keys() or others & entries.places.keys():
            return None  # an entry has gone, or an id stands twice: others may name it
        exchanged: dict[str, Any] = {
            kind: {
                **{id_: e for id_, e in getattr(before, kind).items() if id_ in others},
                **getattr(entries, kind),
            }
            for kind in _KINDS
        }
        base = replace(before, **exchanged)
        self.checked = self.checked._replace(base=base)
        own = [rule for rule in base.rules.values() if rule.at.file == name]
        resolve_mentions(entries.mentions, base, problems)
        resolve_rules(own, base, problems)
        examples = 0
        if not problems:
            problems.extend(lint_rules(own, base))
            examples = _try(base, {rule.id for rule in _hanging_on(base, own)}, problems)
        return sorted(problems, key=lambda problem: problem.at), len(own), examples


def _hanging_on(base: KnowledgeBase, rules: Sequence[Rule]) -> Iterator[Rule]:
    """Yield rules and all that ask for what they make."""
    open_ = list(rules)
    seen = {rule.id for rule in open_}
    while open_:
        rule = open_.pop()
        yield rule
        for asking in base.asked_by.get(rule.makes[0], ()):
            if asking.id not in seen:
                seen.add(asking.id)
                open_.append(asking)


def _try(base: KnowledgeBase, ids: Set[str], problems: list[Problem]) -> int:
    """Run the examples of some rules; return how many."""
    plans: dict[str, Plan] = {}
    try:
        for per in {base.rules[id_].per for id_ in ids}:
            plans[per] = _plan(base, [base.rules[id_] for id_ in ids if base.rules[id_].per == per])
    except DiagnostError as error:
        problems.extend(error.problems)
        return 0
    ran = 0
    for trial in trials(base):
        if trial.rule.id not in ids:
            continue
        ran += 1
        problem = judged(base, trial, run_trial(base, trial, plans[trial.rule.per]))
        if problem is not None:
            problems.append(problem)
    return ran


def _plan(base: KnowledgeBase, rules: Iterable[Rule]) -> Plan:
    """Compile some rules with all that they hang on."""
    makers: dict[str, list[Rule]] = {}
    for rule in base.rules.values():
        makers.setdefault(rule.makes[0], []).append(rule)
    needed: dict[str, Rule] = {}
    open_ = list(rules)
    per = open_[0].per
    while open_:
        rule = open_.pop()
        if rule.id in needed or rule.per != per:
            continue
        needed[rule.id] = rule
        open_ += (maker for leaf in rule.when.leaves for maker in makers.get(leaf.key, ()))
    states = {
        state.id: tuple(word.id for word in state.words)
        for state in base.states.values()
        if state.per == per
    }
    return compile_plan([needed[id_] for id_ in sorted(needed)], states)


def _beside_rules(node: Node) -> object:
    """Return what a file says beside its rules, whatever its places."""
    if not isinstance(node, NodeMapping):
        return _plain(node)
    return {key: _plain(value) for key, (_, value) in node.entries.items() if key not in RULE_KEYS}


def _plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, NodeMapping):
        return {key: _plain(value) for key, (_, value) in node.entries.items()}
    return [_plain(item) for item in node.items]


# --- told -----------------------------------------------------------------------------------------


def rerun_text(rerun: Rerun) -> str:
    """Write the problems that a saved file brought, and what was tried."""
    told = "".join(f"{written(problem, rerun.root)}\n" for problem in rerun.problems)
    count = len(rerun.problems)
    whole = ", everything checked" if rerun.whole else ""
    return (
        f"{told}{rerun.file}: {count} problem{'' if count == 1 else 's'}, "
        f"{rerun.examples} examples run in {rerun.seconds:.2f} s{whole}\n"
    )
