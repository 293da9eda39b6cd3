from hypothesis import given, settings
from hypothesis import strategies as st

from diagnost.report.layout import columns, width_of, wrapped


def test_chinese_characters_take_two_columns() -> None:
    assert width_of("速动比率 0.32") == 13


def test_a_line_never_begins_with_a_chinese_full_stop() -> None:
    lines = wrapped("流动比率为一点零五，低于下限。", 10).split("\n")
    assert all(line[0] not in "，。" for line in lines)


@settings(derandomize=True, max_examples=150)
@given(st.lists(st.sampled_from(["cash", "a", "流动", "比率，", "1.05", "zapasów。"]), max_size=30))
def test_wrapping_loses_nothing(parts: list[str]) -> None:
    text = " ".join(parts)
    assert wrapped(text, 20).replace("\n", "").replace(" ", "") == text.replace(" ", "")


def test_figures_keep_their_width_and_texts_give_way() -> None:
    rows = [["a very long name of an indicator that wraps", "1,234.56"], ["b", "1.00"]]
    text = columns(rows, 30, right=[1])
    assert all(width_of(line) <= 30 for line in text.split("\n"))
    assert "1,234.56" in text
