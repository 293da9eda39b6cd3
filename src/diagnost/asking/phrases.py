"""Questions in words, as a person would put them: what is offered to be asked next."""

from collections.abc import Iterator

from diagnost.asking import premises
from diagnost.asking.answer import FollowUp
from diagnost.asking.question import Direction as Asked
from diagnost.asking.question import Kind, Question
from diagnost.asking.speaker import UNWELCOME, Draft, Speaker
from diagnost.model.indicator import Polarity
from diagnost.model.knowledge import WHOLE
from diagnost.model.lever import Comparison, Direction
from diagnost.report.formats import lowered

MOST = 3
"""How many questions are offered after an answer."""

_SHARE = "20%"
"""By how much figures are supposed to be other in what is offered."""


class Phrases:
    """Puts questions about one case in words."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self.language = speaker.language

    def question(self, kind: Kind, subject_kind: str = "", subject: str = "") -> FollowUp:
        """Return a question about a subject, or about the whole where none is named."""
        speaker = self.speaker
        asked = Question(kind, self.language, subject_kind, subject)
        name = speaker.subject_name(asked)
        key = f"ask.{kind}"
        if subject_kind:
            key = f"ask.{kind}_{subject_kind}"
        if kind is Kind.WHY and subject_kind == "area":
            for text, area in self.own_questions().items():
                if area == subject:
                    return FollowUp(text, asked)
        return FollowUp(speaker.say(key, name=name, small=lowered(name)), asked)

    def own_questions(self) -> dict[str, str]:
        """Return the questions that the bad verdicts of the case raise, and their areas.

        One that several areas raise in the same words is left out: it does not say which is meant.
        """
        raised: dict[str, list[str]] = {}
        for area, verdict in self.speaker.verdicts.items():
            if verdict.word.polarity in UNWELCOME and verdict.word.why is not None:
                text = verdict.word.why.in_language(self.language)
                raised.setdefault(text, []).append(area)
        return {text: areas[0] for text, areas in raised.items() if len(areas) == 1}

    def what_if(self) -> FollowUp | None:
        """Return what if the item of the first lever that is known were smaller or larger."""
        speaker = self.speaker
        for lever in speaker.base.levers.values():
            move = lever.ways[0][0]
            amount = speaker.case.accounts.amounts.get((move.item, speaker.period))
            if amount is None or amount.value <= 0 or move.direction is Direction.IN_PROPORTION:
                continue
            down = move.direction is Direction.DOWN
            name = speaker.item_name(move.item)
            text = speaker.say(
                "ask.what_if_less" if down else "ask.what_if_more",
                name=name,
                small=lowered(name),
                share=_SHARE,
            )
            change = f"{move.item}={'-' if down else '+'}{_SHARE}"
            asked = Question(Kind.WHAT_IF, self.language, change=(change,))
            return FollowUp(text, asked)
        return None

    def goal(self, indicator_id: str) -> FollowUp | None:
        """Return what it would take for an indicator to be within its norm; None where it is."""
        speaker = self.speaker
        indicator = speaker.base.catalogue.indicators[indicator_id]
        value = speaker.case.reading(indicator_id, speaker.period).value
        norm = indicator.general
        if value is None or norm is None or indicator.dated:
            return None
        if norm.band_of(value).polarity not in UNWELCOME:
            return None  # beside its best, but no matter to anybody
        good = [band for band in norm.bands if band.polarity is Polarity.GOOD]
        if not good or norm.band_of(value) in good:
            return None
        lower, upper = norm.edges(good[0].id)[0], norm.edges(good[-1].id)[1]
        below = lower is not None and value < lower
        if self._runs_counter(indicator_id):
            return None
        edge = lower if below else upper
        if edge is None:
            return None
        sign = Comparison.AT_LEAST if below else Comparison.AT_MOST
        written = speaker.figures.write_limit(edge, indicator.unit)
        plain = f"{edge * 100:f}%" if indicator.unit.value == "percent" else f"{edge:f}"
        text = speaker.say(
            "ask.goal_up" if below else "ask.goal_down",
            name=indicator.name.in_language(self.language),
            small=lowered(indicator.name.in_language(self.language)),
            value=written,
        )
        goal = f"{indicator_id} {sign.value} {plain}"
        asked = Question(Kind.GOAL, self.language, "indicator", indicator_id, goal=goal)
        return FollowUp(text, asked)

    def _runs_counter(self, indicator_id: str) -> bool:
        """Say whether a figure is above its norm in an area that may be too high, yet is too low.

        Where stock alone makes liquidity look high, nobody asks how to lower the current ratio.
        """
        speaker = self.speaker
        indicator = speaker.base.catalogue.indicators[indicator_id]
        verdict = speaker.verdicts.get(indicator_id.split(".")[1])
        value = speaker.case.reading(indicator_id, speaker.period).value
        state = speaker.state_on(verdict.area) if verdict is not None else None
        if verdict is None or state is None or value is None:
            return False
        both_ways = any(
            word.level == Asked.HIGH.value and word.polarity in UNWELCOME for word in state.words
        ) and any(word.level == Asked.LOW.value for word in state.words)
        too_low = premises.of_verdict(speaker, verdict, Asked.LOW)
        too_high = premises.position(indicator, value) == Asked.HIGH.value
        return both_ways and too_high and bool(too_low) and indicator.better == "inside_band"

    # --- what goes on from an answer ------------------------------------------------------------

    def after(self, question: Question, draft: Draft) -> list[FollowUp]:
        """Return questions that go on from an answer, those most fitting first."""
        found: dict[str, FollowUp] = {}
        known = self.speaker.base.catalogue.indicators
        for offered in self._fitting(question, draft):
            if offered is None or offered.question.kind is question.kind:
                continue
            subject = known.get(offered.question.subject)
            if subject is None or subject.shown:  # others go by no name that people know
                found.setdefault(offered.text, offered)
        if self.speaker.case.subject is not None:
            return []
        return list(found.values())[:MOST]

    def _fitting(self, question: Question, draft: Draft) -> Iterator[FollowUp | None]:
        speaker = self.speaker
        indicators = [
            row.id for row in draft.numbers.rows if row.id in speaker.base.catalogue.indicators
        ]
        about_area = question.subject_kind == "area" and question.subject != WHOLE
        match question.kind:
            case Kind.WHY | Kind.STATE | Kind.VALUE | Kind.MEANING | Kind.HOW:
                if question.subject_kind == "indicator" and self._known(question.subject):
                    yield self.question(Kind.HOW, "indicator", question.subject)
                    yield self._why_figure(question.subject)
                    yield self.goal(question.subject)
                    yield self.question(Kind.MEANING, "indicator", question.subject)
                elif about_area:
                    yield self._why_area(question.subject)
                    if indicators:
                        yield self.question(Kind.HOW, "indicator", indicators[0])
                    yield self._advice(question.subject)
                elif indicators:
                    yield self.question(Kind.HOW, "indicator", indicators[0])
            case Kind.WRONG | Kind.FOR_READER | Kind.CHANGED | Kind.FIRST | Kind.ADVICE:
                yield self._why_area(question.subject) if about_area else self._why_worst()
                if question.kind is not Kind.FIRST:
                    yield self.question(Kind.FIRST) if speaker.plan.steps else None
            case Kind.WHAT_IF | Kind.GOAL:
                yield self._why_worst()
        if indicators and question.subject_kind != "indicator":
            fitting = (known for known in indicators if not self._runs_counter(known))
            yield self.goal(next(fitting, indicators[0]))
        yield self.what_if() if self._moved_by_it(question) else None
        yield self.question(Kind.FIRST) if speaker.plan.steps else None
        yield self.question(Kind.WRONG)
        yield self.question(Kind.MISSING)
        if len(speaker.periods) > 1:
            yield self.question(Kind.CHANGED)

    def _moved_by_it(self, question: Question) -> bool:
        """Say whether what is asked about hangs on the item that is supposed to change."""
        speaker, offered = self.speaker, self.what_if()
        if offered is None or not speaker.case.accounts_looked_at:
            return False
        item = offered.question.change[0].partition("=")[0]
        gauge = speaker.base.catalogue.line_items[item].measured_by
        if question.kind is Kind.WRONG:
            verdicts = speaker.verdicts.values()
            return any(
                v.area in gauge.split(".") and v.word.polarity in UNWELCOME for v in verdicts
            )
        match question.subject_kind:
            case "line":
                return question.subject == item
            case "indicator":
                return question.subject == gauge or item in self._made_of(question.subject)
            case "area":
                judged = (i for i in speaker.base.catalogue.indicators.values() if i.general)
                own = (i.id for i in judged if question.subject in i.id.split(".")[:2])
                return any(item in self._made_of(id_) for id_ in own)
        return question.kind is Kind.GOAL

    def _made_of(self, indicator_id: str) -> set[str]:
        """Return the line items that a reading is made of."""
        reading = self.speaker.case.readings.get((indicator_id, self.speaker.period))
        return {amount.item for amount in reading.inputs} if reading is not None else set()

    def _known(self, indicator_id: str) -> bool:
        return self.speaker.case.reading(indicator_id, self.speaker.period).value is not None

    def _why_area(self, area: str) -> FollowUp | None:
        """Return why an area is as it is; None where it is well: the reasons are told with that."""
        verdict = self.speaker.verdicts.get(area)
        if verdict is None or verdict.word.polarity is Polarity.GOOD:
            return None
        return self.question(Kind.WHY, "area", area)

    def _why_figure(self, indicator_id: str) -> FollowUp | None:
        """Return why a figure is as it is; None where it is no bad news, and no course is known."""
        speaker = self.speaker
        value = speaker.case.reading(indicator_id, speaker.period).value
        norm = speaker.base.catalogue.indicators[indicator_id].general
        bad = norm and value is not None and norm.band_of(value).polarity in UNWELCOME
        if not bad and len(speaker.periods) < 2:
            return None
        return self.question(Kind.WHY, "indicator", indicator_id)

    def _advice(self, area: str) -> FollowUp | None:
        steps = self.speaker.plan.steps
        if any(step.recommendation.area == area for step in steps):
            return self.question(Kind.ADVICE, "area", area)
        return None

    def _why_worst(self) -> FollowUp | None:
        """Return why the area that is judged worst is as it is."""
        speaker = self.speaker
        for wanted in (Polarity.BAD, Polarity.WATCH):
            for area in speaker.base.areas_for(speaker.case.viewpoint):
                verdict = speaker.verdicts.get(area.id)
                if verdict is not None and area.id != WHOLE and verdict.word.polarity is wanted:
                    return self.question(Kind.WHY, "area", area.id)
        return None

    def _concern(self) -> FollowUp | None:
        """Return the first concern on which the case has something to say."""
        speaker = self.speaker
        for concern in speaker.concerns.values():
            if any(kind == "area" and id_ in speaker.verdicts for kind, id_ in concern.bears_on):
                name = concern.name.in_language(self.language)
                asked = Question(Kind.CONCERN, self.language, "concern", concern.id)
                return FollowUp(speaker.say("ask.concern", name=name), asked)
        return None

    def examples(self) -> list[FollowUp]:
        """Return one question of each kind that this case can be asked."""
        speaker = self.speaker
        worst = self._why_worst()
        area = worst.question.subject if worst else next(iter(speaker.verdicts), "")
        firings = [
            f
            for e in (speaker.verdicts[area].because if area in speaker.verdicts else ())
            for f in speaker.findings[e].firings
        ]
        readings = speaker.notes.readings_of(firings, speaker.period)
        catalogue = speaker.base.catalogue.indicators
        shown = [
            r.indicator
            for r in readings
            if r.indicator in catalogue and catalogue[r.indicator].shown
        ]
        wanted: list[FollowUp | None] = [self.question(Kind.WRONG), worst]
        if area:
            wanted.append(self.question(Kind.STATE, "area", area))
        if shown:
            wanted += [
                self.question(Kind.VALUE, "indicator", shown[0]),
                self.question(Kind.HOW, "indicator", shown[0]),
                self.question(Kind.MEANING, "indicator", shown[0]),
                next((g for id_ in shown if (g := self.goal(id_)) is not None), None),
            ]
        wanted.append(self.question(Kind.FIRST))
        if area:
            wanted.append(self._advice(area))
        if speaker.case.accounts_looked_at:
            wanted.append(self.what_if())
            reader = Question(Kind.FOR_READER, self.language, viewpoint="bank")
            wanted.append(FollowUp(speaker.say("ask.for_reader"), reader))
        if len(speaker.periods) > 1:
            wanted.append(self.question(Kind.CHANGED))
        wanted += [self.question(Kind.GOOD), self.question(Kind.DATA)]
        if speaker.case.accounts.peers:
            wanted.append(self.question(Kind.PEERS))
        wanted += [self._concern(), self.question(Kind.MISSING)]
        return [each for each in wanted if each is not None]
