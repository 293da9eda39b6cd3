"""What would have to change for a goal to be reached."""

from diagnost.asking.question import Question
from diagnost.asking.speaker import Draft, Speaker
from diagnost.explain.goals import read_goal
from diagnost.explain.reach import holds, reach, within_reach
from diagnost.model.knowledge import WHOLE
from diagnost.model.lever import IndicatorGoal
from diagnost.pipeline import diagnose_changed
from diagnost.report.before_after import Side, differences
from diagnost.report.document import Sentence
from diagnost.report.formats import lowered, raised
from diagnost.report.goal import WayToGoal, goal_page

_TOLD = 3
"""How many ways are told."""


def goal(speaker: Speaker, question: Question) -> Draft:
    """Answer what would have to change for a goal to be reached; GoalError if it is none."""
    case, period = speaker.case, speaker.period
    wanted = read_goal(question.goal, speaker.base)
    reached = holds(case, wanted, period)
    levers = tuple(speaker.base.levers.values())
    attempts = () if reached else reach(case, wanted, levers, period)
    ways = []
    for attempt in attempts[:_TOLD]:
        after = diagnose_changed(case, attempt.supposed.accounts)
        found = differences(Side(case, period), Side(after, period))
        ways.append(WayToGoal(attempt.pulls, found))
    about = wanted.indicator.split(".")[1] if isinstance(wanted, IndicatorGoal) else ""
    areas = {WHOLE, about} if about else None
    page = goal_page(
        wanted,
        reached,
        ways,
        speaker.figures,
        period,
        speaker.root,
        movable=bool(ways) or reached or within_reach(case, wanted, levers, period),
        judged_on=areas,
    )
    draft = Draft(direct=[Sentence(page.opening)])
    for row in page.rows:
        text = raised(row.what)
        aside = speaker.listed(each for each in (lowered(row.means), row.doubt) if each)
        if aside:
            text = speaker.say("way_means", text=text, means=aside)
        if row.verdicts:
            text = speaker.say("way_verdicts", text=text, verdicts=lowered(row.verdicts))
        if row.price:
            text = speaker.say("way_price", text=text, price=row.price)
        draft.chain.append(Sentence(speaker.say("alone", clause=text)))
    if about and not page.rows and not reached:
        own = [a for a in speaker.plan.steps if a.recommendation.area == about]
        draft.steps = speaker.steps(own)  # what is advised on it, though it cannot be tried out
    if len(attempts) > _TOLD:
        draft.remarks.append(speaker.plain("more_ways", n=len(attempts) - _TOLD))
    return draft
