"""What is written and comes to nothing: facts, advice, findings, sources, rulings."""

from collections.abc import Iterator

from diagnost.check.coverage import coverage
from diagnost.check.logic.doubts import Doubt
from diagnost.check.logic.worlds import Worlds, fires
from diagnost.model.indicator import Polarity
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import Problem
from diagnost.model.rule import FactKey, Weight


def unused_facts(base: KnowledgeBase) -> Iterator[Doubt]:
    """Yield K606 for states and unprinted findings that no condition asks for."""
    named = {id_ for rule in base.causes.values() for id_ in (*rule.effects, *rule.causes)}
    for state in base.states.values():
        if not state.verdict_on and state.id not in base.asked_by:
            problem = Problem("K606", f"no condition asks for the state {state.id}", state.at)
            yield Doubt(problem._replace(hint="Ask for it, or take it out."), (state.id,))
    for statement in base.statements.values():
        if statement.place == "trace" and not {statement.id} & (named | base.asked_by.keys()):
            message = f"{statement.id} is not printed, and no condition asks for it"
            hint = "Give it another place, ask for it, or take it out."
            yield Doubt(Problem("K606", message, statement.at, hint), (statement.id,))


def unreached_advice(worlds: Worlds) -> Iterator[Doubt]:
    """Yield K607 for recommendations that never have a finding they answer beside them."""
    for step in worlds.base.recommendations.values():
        if not step.answers:
            message, hint = f"{step.id} answers no finding", "Name findings under answers."
        elif worlds.can(fires(step.id)) and not any(
            worlds.can(fires(step.id), fires(finding)) for finding in step.answers
        ):
            message = f"{step.id} never fires beside a finding that it answers"
            hint = "Mend the condition, or name other findings under answers."
        else:
            continue
        yield Doubt(Problem("K607", message, step.at, hint), (step.id,))


def uncounted_findings(base: KnowledgeBase) -> Iterator[Doubt]:
    """Yield K608 for grave findings of an area whose verdict looks at none of their figures."""
    looked_at = {}
    for state in base.states.values():
        if state.verdict_on:
            rules = [c.id for c in base.conclusions.values() if c.key == state.id]
            looked_at[state.verdict_on] = {
                figure for rule in rules for figure in _figures_behind(base, rule)
            }
    for finding in base.statements.values():
        grave = finding.polarity is Polarity.BAD and finding.weight is not Weight.NOTE
        if not grave or finding.viewpoint or finding.place != "body":
            continue
        seen = looked_at.get(finding.area)
        if seen is not None and not seen & _figures_behind(base, finding.id):
            message = f"the verdict on {finding.area} looks at nothing that {finding.id} rests on"
            hint = "Let a rule of the verdict ask for it, or make it a note."
            yield Doubt(Problem("K608", message, finding.at, hint), (finding.id,))


def _figures_behind(base: KnowledgeBase, start: str) -> set[FactKey]:
    """Return the figures, answers and findings that an entry rests on, itself included."""
    found: set[FactKey] = set()
    seen = {start}
    todo = [start]
    while todo:
        rule = todo.pop()
        found.add(rule)
        for leaf in base.rules[rule].when.leaves:
            state = base.states.get(leaf.key)
            if state is not None:
                makers = {c.id for c in base.conclusions.values() if c.key == leaf.key}
            elif leaf.key in base.rules:
                makers = {leaf.key}
            else:
                found.add(_figure(base, leaf.key))
                continue
            todo += sorted(makers - seen)
            seen |= makers
    return found


def _figure(base: KnowledgeBase, key: FactKey) -> str:
    """Return the figure that a fact is read from; what is no figure is itself."""
    head = key.rpartition(".")[0]
    return (
        head if key not in base.catalogue.indicators and head in base.catalogue.indicators else key
    )


def uncited_sources(base: KnowledgeBase) -> Iterator[Doubt]:
    """Yield K609 for sections with statements that nobody cites and nobody excuses."""
    for part in coverage(base).sections:
        if part.missing:
            few = ", ".join(part.missing[:5])
            more = f" and {len(part.missing) - 5} more" if len(part.missing) > 5 else ""
            message = f"nothing cites {few}{more} of section {part.section.id}"
            hint = "Encode it with examples, or excuse it in knowledge/not-encoded.yaml."
            problem = Problem("K609", message, part.section.at, hint)
            yield Doubt(problem, (part.section.id,))


def idle_rulings(worlds: Worlds) -> Iterator[Doubt]:
    """Yield K612 for what a ruling silences although it can never fire where the ruling does."""
    for ruling in worlds.base.rulings.values():
        for loser in ruling.silences:
            if worlds.can(fires(ruling.id)) and not worlds.can(fires(ruling.id), fires(loser)):
                message = f"{ruling.id} silences {loser}, which never fires at the same time"
                problem = Problem("K612", message, ruling.at, f"Take {loser} out of silences.")
                yield Doubt(problem, (ruling.id, loser))
