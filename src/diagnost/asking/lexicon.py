"""All words that a question about a case may hold, ready for finding the longest that fits."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from diagnost.asking.tokens import Form, Token, Tokenizer
from diagnost.knowledge.vocabulary_checks import alternatives
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.text import LANGUAGES, slots_of
from diagnost.model.vocabulary import Name, Role, Vocabulary

_LETTERS_OF_SYMBOLS = 3
"""Shorter symbols are read in capitals only: "co" is Polish for "what"."""


class Meaning(NamedTuple):
    """What a phrase does in a question; language '' where it is the same in all."""

    language: str
    role: Role
    value: str


class Subject(NamedTuple):
    """An entry that a name means, and what the name says of it by itself (a direction, or '')."""

    language: str
    kind: str  # as explain.lookup names it
    id: str
    direction: str = ""
    exact: bool = False  # an id, or a symbol in capitals: nothing else can be meant


class Person(NamedTuple):
    """Somebody of the records, by the name under which the records have them."""

    name: str


Sense = Meaning | Subject | Person


class Piece(NamedTuple):
    """Some tokens of a question and what they may mean; nothing, if they are not known."""

    tokens: tuple[Token, ...]
    senses: tuple[Sense, ...]


class _Node:
    __slots__ = ("next", "open", "senses")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.open: dict[str, list[tuple[str, _Node]]] = {}  # words with any ending, by initial
        self.senses: list[Sense] = []


class Lexicon:
    """Words of the vocabulary, names of the entries, periods and people.

    ``sides`` are those that the case has, whose entries go before others of the same name; without
    them those that the base was cut down to.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        base: KnowledgeBase,
        periods: Iterable[str] = (),
        people: Iterable[str] = (),
        sides: frozenset[str] | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.base = base
        self.sides = base.part_for if sides is None else sides
        self._ids = _ids(base)
        self.tokenizer = Tokenizer(vocabulary.languages, self._ids)
        self._root = _Node()
        self._entered: dict[str, tuple[str, ...]] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        self._ready: set[str] = set()
        for name in vocabulary.names:
            self._enter_name(name)
        for subject, label in _labels(base, self.sides):
            self._enter_label(subject, label)
        for period in periods:
            tokens = self.tokenizer.tokens(period)
            self._put([token.key for token in tokens], Meaning("", Role.PERIOD, period))
        for person in people:
            self._enter_person(person)

    # --- entering -------------------------------------------------------------------------------

    def _make_ready(self, language: str) -> None:
        """Enter the words of a language that ask, when it is first needed."""
        if language in self._ready:
            return
        self._ready.add(language)
        for phrase in self.vocabulary.phrases:
            if phrase.language == language:
                sense = Meaning(phrase.language, phrase.role, phrase.value)
                for keys in self._written_out(phrase.words):
                    self._put(keys, sense)

    def _written_out(self, words: str) -> Iterator[list[str]]:
        """Yield the keys of a phrase, once for each choice of ``a|b`` and ``a?``."""
        choices = []
        for word in words.split():
            options = [self._key(option) for option in word.removesuffix("?").split("|")]
            choices.append([*options, ()] if word.endswith("?") else options)
        for chosen in product(*choices):
            yield [key for keys in chosen for key in keys]

    def _key(self, word: str) -> tuple[str, ...]:
        """Return the keys of a word of the vocabulary, where ``*`` stands for any ending."""
        known = self._entered.get(word)
        if known is None:
            keys = [token.key for token in self.tokenizer.tokens(word.removesuffix("*"))]
            if word.endswith("*") and keys:
                keys[-1] += "*"
            known = self._entered[word] = tuple(keys)
        return known

    def _enter_name(self, name: Name) -> None:
        symbol = self.base.catalogue.symbols.get(name.id, name.id)
        sense = Subject(name.language, name.kind, symbol, name.direction)
        for words in alternatives(name.words):
            if "*" in words:
                for keys in self._written_out(words):
                    self._put(keys, sense)
            else:
                self._put(self._stems(self.tokenizer.tokens(words), name.language), sense)

    def _enter_label(self, subject: Subject, label: str) -> None:
        for spelling in _spellings(label):
            tokens = self.tokenizer.tokens(spelling)
            self._put(self._stems(tokens, subject.language), subject)
            declared = self.vocabulary.languages.get(subject.language)
            if declared is not None and tokens and len(tokens) > 2:
                head = tokens[0].text.casefold()
                if head in declared.optional:
                    self._put(self._stems(tokens[1:], subject.language), subject)

    def _enter_person(self, person: str) -> None:
        tokens = self.tokenizer.tokens(person)
        for language in ("", *LANGUAGES):
            self._put(self._stems(tokens, language), Person(person))
            for token in tokens if len(tokens) > 1 else ():
                if len(token.key) > 1 and token.form is Form.WORD and token.stems:
                    self._put(self._stems((token,), language), Person(person))

    @staticmethod
    def _stems(tokens: Iterable[Token], language: str) -> list[str]:
        """Return the keys of a name: of words that inflect, the stem with its language."""
        return [
            f"{language}:{token.stems[language]}" if language in token.stems else token.key
            for token in tokens
        ]

    def _put(self, keys: Sequence[str], sense: Sense) -> None:
        if not keys:
            return
        node = self._root
        for key in keys:
            if key.endswith("*"):
                stem = key.removesuffix("*")
                alike = node.open.setdefault(stem[0], [])
                found = next((child for word, child in alike if word == stem), None)
                if found is None:
                    found = _Node()
                    alike.append((stem, found))
                node = found
            else:
                node = node.next.setdefault(key, _Node())
        if sense not in node.senses:
            node.senses.append(sense)

    # --- finding --------------------------------------------------------------------------------

    def pieces(self, text: str, language: str) -> tuple[Piece, ...]:
        """Part a text into what is known in a language, and single tokens that are not.

        Of all ways to do so the one with the fewest unknown tokens is taken, then the one with the
        fewest pieces, then the one whose earlier pieces are longer.
        """
        self._make_ready(language)
        tokens = self.tokenizer.tokens(text)
        count = len(tokens)
        best: list[tuple[int, int, tuple[int, ...], tuple[Piece, ...]]]
        best = [(0, 0, (), ())] * (count + 1)
        for start in range(count - 1, -1, -1):
            unknown, number, lengths, rest = best[start + 1]
            choices = [
                (unknown + 1, number + 1, (-1, *lengths), (Piece((tokens[start],), ()), *rest))
            ]
            for end, senses in self._found(tokens, start, language).items():
                unknown, number, lengths, rest = best[end]
                piece = Piece(tokens[start:end], senses)
                choices.append((unknown, number + 1, (start - end, *lengths), (piece, *rest)))
            if tokens[start].form is Form.NUMBER:
                unknown, number, lengths, rest = best[start + 1]
                known = self._found(tokens, start, language).get(start + 1, ())
                piece = Piece((tokens[start],), known)
                choices.append((unknown, number + 1, (-1, *lengths), (piece, *rest)))
            best[start] = min(choices, key=lambda choice: choice[:3])
        return best[0][3]

    def _found(
        self, tokens: Sequence[Token], start: int, language: str
    ) -> dict[int, tuple[Sense, ...]]:
        """Return the senses of all phrases that begin at a token, by where they end."""
        found: dict[int, list[Sense]] = {}
        token = tokens[start]
        if token.form is Form.ID:
            return {start + 1: self._ids[token.key]}
        reached = [self._root]
        for place in range(start, len(tokens)):
            token = tokens[place]
            keys = (token.key, *(f"{name}:{stem}" for name, stem in token.stems.items()))
            after: list[_Node] = []
            for node in reached:
                after += [node.next[key] for key in keys if key in node.next]
                alike = node.open.get(token.key[0], ()) if node.open else ()
                after += [child for word, child in alike if token.key.startswith(word)]
            for node in after:
                senses = [sense for sense in node.senses if _fits(sense, language)]
                if place == start:
                    senses = [sense for sense in senses if self._may_name(token, sense)]
                if senses:
                    known = found.setdefault(place + 1, [])
                    known += [sense for sense in senses if sense not in known]
            reached = after
            if not reached:
                break
        symbol = self.base.catalogue.symbols.get(tokens[start].text)
        if symbol is not None and (tokens[start].loud or start + 1 not in found):
            exact = Subject("", "indicator", symbol, exact=True)
            found.setdefault(start + 1, []).insert(0, exact)
        return {end: tuple(senses) for end, senses in found.items()}

    def _may_name(self, token: Token, sense: Sense) -> bool:
        """Say whether a word may name a person: a small one only as it is, not by its stem.

        Else "danych" would be somebody called Dan.
        """
        if not isinstance(sense, Person) or not token.text[:1].islower():
            return True
        return token.key in {part.key for part in self.tokenizer.tokens(sense.name)}

    def words(self, language: str) -> tuple[str, ...]:
        """Return every word of a language that stands in some phrase, without endings, sorted."""
        known = self._words.get(language)
        if known is None:
            known = self._words[language] = tuple(sorted(set(self._walk(language))))
        return known

    def _walk(self, language: str) -> Iterator[str]:
        nodes = [self._root]
        while nodes:
            node = nodes.pop()
            for key, child in node.next.items():
                head, mark, tail = key.partition(":")
                if not mark or head == language:
                    yield tail if mark else key
                nodes.append(child)
            for alike in node.open.values():
                for key, child in alike:
                    yield key
                    nodes.append(child)

    def names(self, language: str) -> tuple[str, ...]:
        """Return the names of areas, of figures that are shown and of line items, as written."""
        base = self.base
        indicators = [each for each in base.catalogue.indicators.values() if each.shown]
        texts = (
            *(area.name for area in base.areas),
            *(indicator.name for indicator in indicators),
            *(item.names for item in base.catalogue.line_items.values()),
        )
        names = [text.in_language(language) for text in texts]
        names += [symbol for each in indicators if (symbol := each.printed_symbol)]
        return tuple(dict.fromkeys(names))


def _fits(sense: Sense, language: str) -> bool:
    """Say whether a sense counts in a language: names do in all, other words in their own."""
    return not isinstance(sense, Meaning) or sense.language in ("", language)


def _spellings(label: str) -> Iterator[str]:
    """Yield a name as it is, and without what stands in brackets."""
    yield label
    bare = re.sub(r"\s*[(（][^()（）]*[)）]", "", label)
    if bare != label and bare.strip():
        yield bare


def _labels(base: KnowledgeBase, sides: frozenset[str] | None) -> Iterator[tuple[Subject, str]]:
    """Yield the names that entries have in the base; line items have synonyms too."""
    for area in base.areas:
        for language, label in area.name.by_language.items():
            yield Subject(language, "area", area.id), label
    for indicator in base.catalogue.indicators.values():
        side = base.catalogue.side_of(indicator.id)
        if not (indicator.shown or sides is None or side in ("", *sides)):
            continue  # serves texts of a side that the case does not have
        for language, label in indicator.name.by_language.items():
            yield Subject(language, "indicator", indicator.id), label
        if indicator.symbol.isupper() and len(indicator.symbol) >= _LETTERS_OF_SYMBOLS:
            yield Subject("", "indicator", indicator.id), indicator.symbol
    for item in base.catalogue.line_items.values():
        for language, label in item.names.by_language.items():
            yield Subject(language, "line", item.id), label
        for label in item.synonyms:
            for language in LANGUAGES if label.isascii() else ("pl", "zh"):
                yield Subject(language, "line", item.id), label
    for recommendation in base.recommendations.values():
        brief = recommendation.brief
        for language, label in (brief.by_language if brief else {}).items():
            if not slots_of(label):
                yield Subject(language, "recommendation", recommendation.id), label


def _ids(base: KnowledgeBase) -> dict[str, tuple[Subject, ...]]:
    """Return what ids mean, and the ends of ids that mean one entry."""
    by_id: dict[str, list[Subject]] = {}
    entries = [
        *(("indicator", id_) for id_ in base.catalogue.indicators),
        *(("statement", id_) for id_ in base.statements),
        *(("recommendation", id_) for id_ in base.recommendations),
        *(("line", id_) for id_ in base.catalogue.line_items),
    ]
    for kind, id_ in entries:
        parts = id_.split(".")
        for first in range(len(parts)):
            by_id.setdefault(".".join(parts[first:]), []).append(Subject("", kind, id_, exact=True))
    for symbol, id_ in base.catalogue.symbols.items():
        by_id[symbol] = [Subject("", "indicator", id_, exact=True)]
    found = {}
    for name, subjects in by_id.items():
        if "." in name or "_" in name:
            whole = [subject for subject in subjects if subject.id == name]
            found[name] = tuple(whole or subjects)
    return found
