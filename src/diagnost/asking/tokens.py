"""The words, figures and ids of a question, in the one spelling in which they are compared."""

import re
import unicodedata
from collections.abc import Container, Mapping
from enum import Enum
from typing import NamedTuple

from diagnost.model.vocabulary import Language

_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae"})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣", "-"))
_CJK = "㐀-鿿"
_PART = r"[A-Za-z0-9_]+"
_ID = rf"[A-Za-z](?:{_PART})?(?:\.{_PART})+|[A-Za-z][A-Za-z0-9]*_{_PART}"
_NUMBER = (
    r"(?:(?<![A-Za-z0-9.,])[-+] ?)?(?:\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*)(?!\d)"
)
_WORD = rf"[^\W\d_{_CJK}](?:[^\W_{_CJK}]|['’](?=[^\W\d_{_CJK}]))*"
_SIGN = r">=|<=|[%‰<>=≥≤]"
_PATTERN = (
    rf"(?P<id>{_ID})|(?P<number>{_NUMBER})|(?P<word>{_WORD})|(?P<cjk>[{_CJK}])|(?P<sign>{_SIGN})"
    r"|(?P<other>\S)"
)
_ENDING_LEAVES = 3
"""Letters that stay of a word when its ending is cut off."""


class Form(Enum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    ID = "id"


class Token(NamedTuple):
    """A word, a Chinese character, a number with its sign, or an id, as it is compared.

    ``stems`` are the word without its ending, by language.
    """

    key: str
    text: str
    form: Form
    stems: Mapping[str, str]

    @property
    def loud(self) -> bool:
        """Say whether it is written in capitals."""
        return len(self.text) > 1 and self.text.isupper()


class Tokenizer:
    """Takes questions and names apart, for all languages alike."""

    def __init__(self, languages: Mapping[str, Language], ids: Container[str] = ()) -> None:
        self._ids = ids
        self._inflected = {name: each for name, each in languages.items() if each.endings}
        self._by_length = {
            name: sorted(each.endings, key=lambda ending: -len(ending))
            for name, each in self._inflected.items()
        }
        self._finals = {
            name: sorted(each.finals.items(), key=lambda pair: -len(pair[0]))
            for name, each in self._inflected.items()
        }
        self._other_characters = str.maketrans(
            {a: b for each in languages.values() for a, b in each.one_as_other.items()}
        )
        self._articles = frozenset(word for each in languages.values() for word in each.articles)
        self._words: dict[str, Token] = {}
        self._pattern = re.compile(_PATTERN)

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Return the tokens of a text; punctuation and articles mean nothing and are left out."""
        plain = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)
        plain = plain.translate(self._other_characters)
        found: list[Token] = []
        for match in self._pattern.finditer(plain):
            written = match[0]
            match match.lastgroup:
                case "id" if written in self._ids:
                    found.append(Token(written, written, Form.ID, {}))
                case "id":
                    found += [self._word(part) for part in re.split(r"[._]+", written) if part]
                case "number":
                    found.append(Token(written.replace(" ", ""), written, Form.NUMBER, {}))
                case "other":
                    if unicodedata.category(written)[0] not in "PCZM":
                        found.append(Token(written, written, Form.WORD, {}))
                case _:
                    found.append(self._word(written))
        return tuple(token for token in found if token.key not in self._articles)

    def _word(self, written: str) -> Token:
        token = self._words.get(written)
        if token is None:
            key = folded(written)
            stems = {name: self._stem(key, name) for name in self._inflected}
            token = self._words[written] = Token(key, written, Form.WORD, stems)
        return token

    def _stem(self, key: str, language: str) -> str:
        for ending in self._by_length[language]:
            if key.endswith(ending) and len(key) - len(ending) >= _ENDING_LEAVES:
                key = key.removesuffix(ending)
                break
        for final, instead in self._finals[language]:
            if key.endswith(final) and len(key) > len(final):
                return key.removesuffix(final) + instead
        return key


def folded(word: str) -> str:
    """Return a word without accents, apostrophes and capitals."""
    lowered = unicodedata.normalize("NFKC", word).casefold().translate(_LETTERS)
    letters = unicodedata.normalize("NFKD", lowered)
    return "".join(c for c in letters if c not in "'’" and unicodedata.category(c) != "Mn")
