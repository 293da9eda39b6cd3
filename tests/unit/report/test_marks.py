import pytest

from diagnost.report.document import Sentence, marked


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("Debt is high.", "en", "Debt is high [1, 2]."),
        ("资产负债率偏高。", "zh", "资产负债率偏高［1, 2］。"),
        ("Dług wzrósł od 2021 r.", "pl", "Dług wzrósł od 2021 r. [1, 2]."),
        ("Dług wzrósł od 2021\u00a0r.", "pl", "Dług wzrósł od 2021\u00a0r. [1, 2]."),
        ("Marża spadła o 2 pkt proc.", "pl", "Marża spadła o 2 pkt proc. [1, 2]."),
        ("Why is liquidity low?", "en", "Why is liquidity low? [1, 2]"),
    ],
)
def test_numbers_of_notes_stand_before_the_full_stop(
    text: str, language: str, written: str
) -> None:
    assert marked(Sentence(text, (1, 2), "entry"), language) == written
