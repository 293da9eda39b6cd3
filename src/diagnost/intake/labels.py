"""Labels of rows: which line item, indicator or question a label names, however it is written.

Forgiven are case, accents, spacing, punctuation, numbering ("B.I. ", "三、"), units in brackets,
"in which:" before the label and "total" after it. What is left must be a known label in full:
"zysk brutto ze sprzedaży" (gross margin) never becomes "zysk brutto" (profit before tax).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from diagnost.intake import method_rows
from diagnost.model.catalogue import Catalogue

LINE, INDICATOR, QUESTION, METHOD = "line", "indicator", "question", "method"
AMBIGUOUS = "ambiguous"
ELSEWHERE = "elsewhere"
"""An indicator in another group of firms, "Sector average: ROS"; the id is ``ROS@sector``."""
PEERS_FILE = "peers"
"""The name of a file of other firms; a label of kind ``elsewhere`` too."""
PEERS_FILE_LABELS = (
    "peers", "peers file", "file of other firms", "figures of other firms",
    "plik z danymi innych firm", "plik firm porównywanych", "dane innych firm",
    "同行数据文件", "同行企业数据文件", "其他企业数据文件",
)  # fmt: skip
_LINKS = ("of ", "for ", "in ", "dla ", "w ", "的")

_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae"})
# Patterns are plain text here: re compiles each at its first use and keeps it. The many cases of
# spreadsheets would otherwise delay every start.
_CJK = "一-鿿㐀-䶿"
_CJK_SPACE = rf"(?<=[{_CJK}]) | (?=[{_CJK}])"
_BULLET = r"^\s*[-–—−*•·>+]+\s*"
_NUMBERING = (
    r"(?i)^\s*[(（]?\s*(?:\d{1,3}|[ivxlc]{1,5}|[a-z]|[一二三四五六七八九十百]{1,3})\s*"
    r"(?:[.)）、:：]+)\s*"
)
_LOOSE_NUMBERING = r"^\s*(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,5}|[A-Z])\s+(?=\S)"
_ACCOUNT = r"^\s*\d{3,8}\s*(?:[·•:–—]\s*|\s-\s+)(?=\S)"
_BRACKETS = r"\s*[(（\[【]([^()（）\[\]【】]*)[)）\]】]"
_FORMULA = r"[a-z\divx\s.,+\-–−±/=]*[\d+\-–−±][a-z\divx\s.,+\-–−±/=]*"
_NEUTRAL = (
    r"(?i).*填列.*|.*填写.*|(?:w |in |pln )?(?:tys|mln|mld|thousand|million|千|万|百万|亿)?[\s.]*"
    r"(?:of )?(?:s )?(?:zł|pln|eur|usd|€|\$|元|人民币|rmb|cny)?|"
    rf"{_FORMULA}|strata|straty|zysk|fundusz|fundusze|loss|deficit|profit|wielkość ujemna|"
    r"亏损|净亏损|损失|净额|净值|nota.*|note.*|net|netto|razem|total|ebit|suma|合计"
)
_BEFORE = (
    r"(?i)^\s*(?:(?:w tym|m\.in\.|including|incl|of which|thereof|less|add|plus|minus)(?!\w)"
    r"|其中|包括|减(?=[:：\s])|加(?=[:：\s])|另(?=[:：]))[\s.:：,]*"
)
_AFTER = r"(?i)[\s,;:：]*(?:w tym|of which|including|w okresie spłaty|净额|净值)[\s.:：,]*$"
TOTAL_WORDS = "razem|ogółem|łącznie|suma|total|totals|合计|总计|小计|总额"
_TOTAL_BEFORE = rf"(?i)^\s*(?:{TOTAL_WORDS})(?!\w)[\s.:：,]*"
_TOTAL_AFTER = rf"(?i)[\s,;:：]*(?:{TOTAL_WORDS})[\s.:：,]*$"
_TRIMMINGS = (_BULLET, _ACCOUNT, _NUMBERING, _BEFORE, _AFTER, _LOOSE_NUMBERING)
_TOTALS = (_TOTAL_BEFORE, _TOTAL_AFTER)
MAX_LABEL = 300
"""Longer texts are notes of the statements, not labels."""
MIN_TYPO = 6
"""Shorter labels have too many neighbours for one slip to mean anything."""


@lru_cache(maxsize=20_000)
def key_of(label: str) -> str:
    """Return what two spellings of one label have in common."""
    text = unicodedata.normalize("NFKC", label).casefold().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(
        c if c.isalnum() else ("" if unicodedata.category(c) in ("Mn", "Cf") else " ")
        for c in decomposed
    )
    words = " ".join(kept.split())
    return words if words.isascii() or " " not in words else re.sub(_CJK_SPACE, "", words)


class Match(NamedTuple):
    """What a label names: ``kind`` with its id; for an ambiguous label, the choices.

    ``rank`` is 0 for an id or a name, 1 for a synonym, 2 where a word such as "total" was left out
    and for a former wording of a question.
    """

    kind: str
    id: str
    rank: int = 0
    choices: tuple[str, ...] = ()


@dataclass(slots=True)
class LabelIndex:
    """Every label of a catalogue, ready for looking up."""

    by_key: dict[str, Match] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)  # key → the label as the catalogue has it
    groups: dict[str, str] = field(default_factory=dict)  # key → group of other firms
    kinds: dict[str, str] = field(default_factory=dict)  # the same, for a column of kinds

    def add(self, label: str, match: Match) -> None:
        """Enter a label; a name goes before a synonym, two equal claims make it ambiguous."""
        plain = _without_brackets(label)
        for spelling in dict.fromkeys((label, plain)):
            key = key_of(spelling)
            if not key:
                continue
            before = self.by_key.get(key)
            if before is None or match.rank < before.rank:
                self.by_key[key] = match
                self.shown[key] = spelling
            elif before.rank == match.rank and before.id != match.id and spelling == label:
                choices = tuple(dict.fromkeys((*(before.choices or (before.id,)), match.id)))
                self.by_key[key] = Match(AMBIGUOUS, "", match.rank, choices)

    def find(self, label: str) -> Match | None:
        """Return what a label names, or None."""
        for spelling, loose in spellings(label):
            match = self.by_key.get(key_of(spelling))
            if match is None or (loose and match.kind == AMBIGUOUS):
                continue
            return Match(match.kind, match.id, 2, match.choices) if loose else match
        return self._find_bilingual(label) or self._find_elsewhere(label)

    def _find_elsewhere(self, label: str) -> Match | None:
        """Return the indicator and the group of "Sector average: ROS" or "ROS – 行业平均"."""
        if len(label) > MAX_LABEL:
            return None
        key = key_of(label)
        for group_key in sorted(self.groups, key=len, reverse=True):
            if key.startswith(group_key):
                rest = key.removeprefix(group_key).strip()
            elif key.endswith(group_key):
                rest = key.removesuffix(group_key).strip()
            else:
                continue
            for link in ("", *_LINKS):
                match = self.by_key.get(rest.removeprefix(link))
                if match is not None and match.kind == INDICATOR:
                    return Match(ELSEWHERE, f"{match.id}@{self.groups[group_key]}", 1)
        return None

    def group_of(self, text: str) -> str:
        """Return the group of other firms that a kind of firm means, or ''."""
        if len(text) > MAX_LABEL:
            return ""
        key = key_of(text)
        return self.groups.get(key) or self.kinds.get(key, "")

    def _find_bilingual(self, label: str) -> Match | None:
        """Return the one thing that all parts of "Inventories / Zapasy" name."""
        if len(label) > MAX_LABEL:
            return None
        parts = [part for part in re.split(r"\s*[/|\n]\s*", label) if part.strip()]
        if not 2 <= len(parts) <= 4:
            return None
        found = [
            next((m for s, _ in spellings(part) if (m := self.by_key.get(key_of(s)))), None)
            for part in parts
        ]
        first = found[0]
        if first is None or any(
            m is None or (m.kind, m.id) != (first.kind, first.id) for m in found
        ):
            return None
        return first

    def typo(self, label: str) -> str:
        """Return the known label that is one slip away from this one, or ''.

        Chinese labels are left out: one character there is another word.
        """
        for spelling, loose in spellings(label):
            key = key_of(spelling)
            if loose or len(key) < MIN_TYPO or not key.isascii():
                continue
            for known, shown in self.shown.items():
                if (
                    abs(len(known) - len(key)) <= 1
                    and len(known) >= MIN_TYPO
                    and one_slip(key, known)
                ):
                    return shown
        return ""

    def candidates(self, label: str) -> tuple[str, ...]:
        """Return the known labels nearest to this one."""
        from difflib import get_close_matches

        named = [k for k, match in self.by_key.items() if match.kind in (LINE, INDICATOR)]
        bare = next(reversed(spellings(label[:MAX_LABEL])))[0]
        close = get_close_matches(key_of(bare), named, n=3, cutoff=0.6)
        return tuple(self.shown[key] for key in close)


@lru_cache(maxsize=4_000)
def spellings(label: str) -> tuple[tuple[str, bool], ...]:
    """Return a label with ever more of its trimmings taken off; True from where "total" falls."""
    if len(label) > MAX_LABEL:
        return ((label, False),)
    text = unicodedata.normalize("NFKC", label)
    found: dict[str, bool] = {}
    for start in dict.fromkeys((text, _without_brackets(text))):
        for spelling, loose in _peeled(start):
            found.setdefault(spelling, loose)
    return tuple(found.items())


def _peeled(text: str) -> Iterator[tuple[str, bool]]:
    loose = False
    yield text, loose
    for _ in range(8):
        shorter = _shorter(text, _TRIMMINGS)
        if shorter is None:
            shorter = _shorter(text, _TOTALS)
            loose = True
        if shorter is None:
            return
        text = shorter
        yield text, loose


def _shorter(text: str, patterns: Iterable[str]) -> str | None:
    for pattern in patterns:
        shorter = re.sub(pattern, "", text, count=1)
        if shorter != text and key_of(shorter):
            return shorter
    return None


def _without_brackets(text: str) -> str:
    """Return a label without brackets that only hold a unit, a formula or "loss"."""
    return re.sub(
        _BRACKETS, lambda m: " " if re.fullmatch(_NEUTRAL, m[1].strip()) else m[0], text
    ).strip()


def one_slip(a: str, b: str) -> bool:
    """Say whether one letter added, left out, changed or swapped turns ``a`` into ``b``."""
    if a == b:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    if len(a) == len(b):
        swapped = rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:]
        return rest_a[1:] == rest_b[1:] or swapped
    return rest_a[1:] == rest_b if len(a) > len(b) else rest_a == rest_b[1:]


def index_of(catalogue: Catalogue) -> LabelIndex:
    """Enter every label of the catalogue."""
    index = LabelIndex()
    for item in catalogue.line_items.values():
        for label in (*item.names.by_language.values(), item.id):
            index.add(label, Match(LINE, item.id))
        for label in item.synonyms:
            index.add(label, Match(LINE, item.id, 1))
    for entry in catalogue.ambiguous:
        for label in entry.labels:
            index.add(label, Match(AMBIGUOUS, "", 0, entry.choices))
    for indicator in catalogue.indicators.values():
        if not indicator.shown or indicator.per:
            continue  # what is read by rows is never given for the whole
        for label in (indicator.id, indicator.symbol):
            index.add(label, Match(INDICATOR, indicator.id))
        for label in indicator.name.by_language.values():
            index.add(label, Match(INDICATOR, indicator.id, 1))
    for question in catalogue.questions.values():
        for label in (question.id, *question.asks.by_language.values()):
            index.add(label, Match(QUESTION, question.id, 1))
        for label in question.synonyms:
            index.add(label, Match(QUESTION, question.id, 2))
    for group in catalogue.groups.values():
        for label in group.labels:
            index.groups.setdefault(key_of(label), group.id)
        for label in group.kinds:
            index.kinds.setdefault(key_of(label), group.id)
    for name in catalogue.other_names:
        compared = catalogue.symbols.get(name.indicator, name.indicator)
        for label in name.labels:
            index.add(label, Match(ELSEWHERE, f"{compared}@{name.group}", 1))
    if catalogue.groups:
        for label in PEERS_FILE_LABELS:
            index.add(label, Match(ELSEWHERE, PEERS_FILE, 1))
    for label, choice in method_rows.labels(catalogue.methods):
        index.add(label, Match(METHOD, choice, 1))
    return index
