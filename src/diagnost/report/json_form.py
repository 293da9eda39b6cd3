"""The machine-readable form of a diagnosis (``--format json``), schema 1."""

import json
from pathlib import Path
from typing import Any

from diagnost import __version__
from diagnost.compute.profile import area_scores
from diagnost.compute.trends import comparable, trend, unbroken
from diagnost.model.diagnosis import Finding
from diagnost.model.indicator import Indicator, Reading
from diagnost.model.json_numbers import plain
from diagnost.model.suspicion import Check, Suspect
from diagnost.pipeline import Case
from diagnost.report.figures import Figures
from diagnost.report.json_comparisons import benchmarks_data, breakdown_data, breakdowns
from diagnost.report.json_values import amount_data, packs_data
from diagnost.report.method_lines import method_text
from diagnost.report.notes import Notebook
from diagnost.report.remarks import check_of, remark
from diagnost.report.words import words_of

SCHEMA = 1


def as_json(case: Case, language: str, period: str, root: Path) -> str:
    """Write the whole case; texts in ``language``, percents as fractions, plain numbers."""
    form = _Form(case, language, period, root)
    return json.dumps(form.whole(), ensure_ascii=False, indent=2) + "\n"


class _Form:
    def __init__(self, case: Case, language: str, period: str, root: Path) -> None:
        self.case = case
        self.language = language
        self.period = period
        self.root = root
        self.words = words_of(language, root)
        self.figures = Figures(case, language, self.words)
        self.notes = Notebook(self.figures)

    def whole(self) -> dict[str, Any]:
        case = self.case
        company = case.accounts.company
        return {
            "schema": SCHEMA,
            "version": __version__,
            "knowledge": case.base.version,
            **packs_data(case.base),
            "engine": case.engine,
            "language": self.language,
            "viewpoint": case.viewpoint,
            "company": {
                "name": company.name,
                "activity": company.activity or None,
                "sector": company.sector or None,
                "country": company.country or None,
                "tax_id": company.tax_id or None,
                "registry_id": company.registry_id or None,
                "currency": case.accounts.currency or None,
                "unit": case.accounts.unit,
            },
            "periods": [p.id for p in case.accounts.periods],
            "period": self.period,
            "method": self._method(),
            "as_of": case.accounts.as_of.isoformat() if case.accounts.as_of else None,
            "sides": sorted(case.sides),
            "subjects": [
                {"name": each.subject.name, "table": each.subject.table}
                for each in case.subjects
                if each.subject is not None
            ],
            **self._found(),
            "data_checks": self._data_checks(),
            "decompositions": [
                breakdown_data(found, case, self.language) for found in breakdowns(case)
            ],
            "benchmarks": benchmarks_data(case),
        }

    def _found(self) -> dict[str, list[dict[str, Any]]]:
        """Return what was read, found and advised; after the whole, the rows one by one."""
        found = self._own()
        for case in self.case.subjects:
            for key, entries in _Form(case, self.language, self.period, self.root)._own().items():
                found[key] += entries
        return found

    def _own(self) -> dict[str, list[dict[str, Any]]]:
        case, subject = self.case, self.case.subject
        indicators = case.base.catalogue.indicators
        about = {"subject": subject.name} if subject is not None else {}
        own = subject.name if subject is not None else ""
        found: dict[str, list[dict[str, Any]]] = {
            "indicators": [
                self._indicator(indicators[reading.indicator], reading)
                for reading in case.readings.values()
                if indicators[reading.indicator].shown
                and reading.subject == own
                and case.looks_at(reading.indicator)
            ],
            "findings": [
                self._finding(f) for f in case.diagnosis.findings if f.statement.place != "data"
            ],
            "causes": [self._cause(i) for i in range(len(case.diagnosis.causes))],
            "verdicts": [
                {
                    "period": v.period,
                    "area": v.area,
                    "word": v.word.id,
                    "polarity": v.word.polarity.value,
                    "text": v.word.name.in_language(self.language),
                    "because": list(v.because),
                    "but": list(v.but),
                }
                for v in case.diagnosis.verdicts
            ],
            "profile": [
                {
                    "side": side,
                    "area": found.area,
                    "score": plain(found.score),
                    "band": found.band.id if found.band else None,
                    "answered": found.answered,
                    "asked": found.asked,
                }
                for side in sorted(case.sides)
                for found in area_scores(case.accounts, case.base.catalogue, side)
            ],
            "recommendations": [self._advice(i) for i in range(len(case.diagnosis.advice))],
            "not_assessed": [self._gap(i) for i in range(len(case.diagnosis.not_assessed))],
        }
        return {key: [{**entry, **about} for entry in entries] for key, entries in found.items()}

    def _method(self) -> dict[str, Any]:
        method = self.case.method
        found = {}
        for choice in method.choices.values():
            pick = method.picks.get(choice.id)
            origin = "usual" if pick is None else ("accounts" if pick.at else "command_line")
            option = method.option(choice.id).id
            found[choice.id] = {
                "option": option,
                "usual": option == choice.usual.id,
                "from": origin,
                "where": str(pick.at) if pick and pick.at else None,
                "text": method_text(self.case, self.figures, choice.id),
            }
        return found

    def _indicator(self, indicator: Indicator, reading: Reading) -> dict[str, Any]:
        band = None
        if reading.value is not None and indicator.general is not None:
            band = indicator.general.band_of(reading.value)
        missing = reading.missing
        return {
            "id": indicator.id,
            "symbol": indicator.symbol,
            "period": reading.period,
            "value": plain(reading.value),
            "reason": missing.reason if missing else None,
            "missing": list(missing.needs) if missing else [],
            "unit": indicator.unit.value,
            "band": band.id if band else None,
            "polarity": band.polarity.value if band else None,
            "trend": self._trend(indicator, reading.period),
            "formula": (reading.formula or indicator.formula).text,
            "given": reading.given is not None,
            "closing_balances": indicator.on_closing(reading),
            "where": str(reading.given.at) if reading.given else None,
            "inputs": [amount_data(amount) for amount in reading.inputs],
            **self._records(reading),
        }

    @staticmethod
    def _records(reading: Reading) -> dict[str, Any]:
        """Return the rows of records behind a reading, if it rests on any."""
        if not reading.reckoned:
            return {}
        return {
            "records": [
                {
                    "term": term.text,
                    "value": plain(term.value),
                    "used": [
                        {
                            "function": used.function or None,
                            "table": used.table,
                            "column": used.column or None,
                            "rows": used.rows,
                            "known": used.known,
                            "where": [str(place) for place in used.places],
                        }
                        for used in term.used
                    ],
                }
                for term in reading.reckoned
            ]
        }

    def _trend(self, indicator: Indicator, period: str) -> str | None:
        if indicator.dated:
            return None  # read for the last period only
        ids = [p.id for p in self.case.accounts.periods]
        earlier = ids[: ids.index(period) + 1]
        series = unbroken(
            [comparable(self.case.readings[indicator.id, p].value, indicator) for p in earlier]
        )
        return trend(series, indicator.steadiness) if len(series) > 1 else None

    def _finding(self, finding: Finding) -> dict[str, Any]:
        statement = finding.statement
        run = self.case.runs[finding.period]
        names = dict.fromkeys(name for firing in finding.firings for name in firing.used)
        return {
            "id": statement.id,
            "period": finding.period,
            "area": statement.area,
            "place": statement.place,
            "cites": list(statement.cites.ids),
            "basis": "inference" if statement.cites.inference else "text",
            "polarity": statement.polarity.value,
            "certainty": statement.certainty.value,
            "severity": statement.weight.value,
            "viewpoint": statement.viewpoint or None,
            "text": self.figures.sentence(statement.text, finding.period),
            "detail": self.figures.sentence(statement.detail, finding.period),
            "used": [{"fact": key, "value": word} for key, word in names],
            "absent": [
                {"fact": key, "value": word}
                for firing in finding.firings
                for key, word in firing.absent
            ],
            "readings": [
                {
                    "indicator": reading.indicator,
                    "value": plain(reading.value),
                    "where": [str(place) for place in reading.places],
                }
                for reading in self.notes.readings_of(finding.firings, run.period)
            ],
            "gave_way_to": finding.gave_way_to or None,
            "course": finding.course,
        }

    def _cause(self, index: int) -> dict[str, Any]:
        cause = self.case.diagnosis.causes[index]
        return {
            "period": cause.period,
            "rule": cause.rule.id,
            "effect": cause.effect,
            "cause": cause.cause,
            "basis": "inference" if cause.rule.cites.inference else "text",
            "identity": cause.rule.identity,
            "cites": list(cause.rule.cites.ids),
            "text": self.figures.sentence(cause.rule.text, cause.period),
            "detail": self.figures.sentence(cause.rule.detail, cause.period),
            "gave_way_to": cause.gave_way_to or None,
        }

    def _advice(self, index: int) -> dict[str, Any]:
        advice = self.case.diagnosis.advice[index]
        recommendation = advice.recommendation
        sentence, period = self.figures.sentence, advice.period
        owner = self.case.base.owner_of(recommendation)
        return {
            "period": period,
            "id": recommendation.id,
            "area": recommendation.area,
            "cites": list(recommendation.cites.ids),
            "basis": "inference" if recommendation.cites.inference else "text",
            "urgency": recommendation.urgency,
            "rank": advice.rank or None,
            "text": sentence(recommendation.text, period),
            "effect": sentence(recommendation.effect, period),
            "first_step": sentence(recommendation.first_step, period),
            "owner": owner.id if owner else None,
            "owner_name": owner.name.in_language(self.language) if owner else None,
            "watch": sentence(recommendation.watch, period),
            "horizon": str(recommendation.horizon) if recommendation.horizon else None,
            "quarters": recommendation.horizon.quarters if recommendation.horizon else None,
            "because": list(advice.because),
            "gave_way_to": advice.gave_way_to or None,
        }

    def _gap(self, index: int) -> dict[str, Any]:
        gap = self.case.diagnosis.not_assessed[index]
        indicator = self.case.base.catalogue.indicators.get(gap.entry)
        return {
            "id": gap.entry,
            "symbol": indicator.symbol if indicator else None,
            "period": gap.period,
            "missing": list(gap.missing.needs),
            "reason": gap.missing.reason,
            "moot": gap.missing.reason in self.case.base.moot,
            "text": self.case.base.reason(gap.missing, self.language) or None,
        }

    def _data_checks(self) -> list[dict[str, Any]]:
        found = [
            {
                "id": f.statement.id,
                "period": f.period,
                "polarity": f.statement.polarity.value,
                "cites": list(f.statement.cites.ids),
                "text": self.figures.sentence(f.statement.text, f.period),
                "where": self._where(f),
                "suspects": self._suspects((f.statement.id, f.period)),
            }
            for f in self.case.diagnosis.findings
            if f.statement.place == "data"
        ]
        notes: list[dict[str, Any]] = [
            {
                "id": f"intake.{note.kind}",
                "period": note.figures.get("period"),
                "polarity": "info",
                "cites": [],
                "text": remark(note, self.figures),
                "where": str(note.at) if note.at else None,
                "suspects": self._suspects(check_of(note, self.case)),
            }
            for note in self.case.accounts.notes
        ]
        return found + notes

    def _suspects(self, check: Check | None) -> list[dict[str, Any]]:
        """Return the sets of figures that would explain a contradiction, most likely first."""
        return [
            {"cells": [self._suspect(cell) for cell in each.cells]}
            for suspicion in self.case.suspicions
            if check in suspicion.checks
            for each in suspicion.sets
        ]

    def _suspect(self, cell: Suspect) -> dict[str, Any]:
        indicator = self.case.base.catalogue.indicators.get(cell.name)
        whole_column = not cell.name
        return {
            "item": cell.name or None if indicator is None else None,
            "symbol": indicator.symbol if indicator else None,
            "period": cell.period,
            "where": str(cell.at) if cell.given else None,
            "written": None if whole_column or not cell.given else plain(cell.written),
            "as_written": cell.as_written or None,
            "would_be": None if whole_column else plain(cell.would_be),
            "times": plain(cell.would_be) if whole_column else None,
            "bound": cell.bound.value,
            "slip": cell.slip.value if cell.slip else None,
            "detail": cell.detail or None,
        }

    def _where(self, finding: Finding) -> str | None:
        readings = self.notes.readings_of(finding.firings, finding.period)
        places = [str(place) for reading in readings for place in reading.places]
        return "; ".join(dict.fromkeys(places)) or None
