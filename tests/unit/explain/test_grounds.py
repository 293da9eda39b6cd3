"""The earliest firing that made a fact."""

from diagnost.explain.grounds import Grounds
from diagnost.model.fact import Fact, FactBase, Firing, Run

Name = tuple[str, str]
BASE = FactBase(period="p", facts={"a": Fact(key="a", word="yes")}, unknown={})


def firing(rule: str, used: Name, made: Name) -> Firing:
    return Firing(rule=rule, alternative=0, used=(used,), absent=(), made=made)


# The two states make each other; only the last rule starts from what is given.
B_FROM_C = firing("r1", ("c", "found"), ("b", "found"))
C_FROM_B = firing("r2", ("b", "found"), ("c", "found"))
B_FROM_A = firing("r3", ("a", "yes"), ("b", "found"))
RUN = Run(period="p", engine="builtin", base=BASE, firings=(B_FROM_C, C_FROM_B, B_FROM_A))


def test_rules_that_make_each_others_facts_do_not_send_a_derivation_in_a_circle() -> None:
    grounds = Grounds(RUN)
    assert grounds.of(("b", "found")) == (B_FROM_A, 1)
    assert grounds.of(("c", "found")) == (C_FROM_B, 0)


def test_a_fact_that_no_firing_made_has_no_ground() -> None:
    assert Grounds(RUN).of(("a", "yes")) is None


def test_of_several_firings_the_one_possible_first_counts() -> None:
    assert Grounds(RUN).earliest([B_FROM_C, B_FROM_A]) == B_FROM_A
