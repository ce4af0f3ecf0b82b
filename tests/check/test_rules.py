"""The rules as a whole: their ids, and the page that explains them."""

from __future__ import annotations

from bs4 import BeautifulSoup

from conftest import PROJECT, RATE, Tree
from explainer.check.rules import RULES, explained, rule_id
from explainer.model import Severity
from explainer.pages.render import Renderer


def test_every_rule_says_what_it_asks_for() -> None:
    found = list(explained())
    ids = [id for id, _, _ in found]
    assert len(set(ids)) == len(ids) > len(RULES)
    assert all(text.endswith(".") for _, text, _ in found)
    assert {severity for _, _, severity in found} == {severity.value for severity in Severity}


def test_the_page_of_rules_lists_them_all(tree: Tree) -> None:
    assert (PROJECT / "docs/about/rules.md").read_text("utf-8").count("/// explainer | rules") == 1
    page = Renderer(tree.load(), "Kettles", "https://kettles.example/").fill(
        "/// explainer | rules\n///\n", "about/rules.md"
    )
    rows = BeautifulSoup(page, "html.parser").select("tbody tr")
    shown = {tuple(cell.get_text() for cell in row.select("th, td")) for row in rows}
    assert shown == set(explained())
    assert {str(row["id"]) for row in rows} == {id for id, _, _ in explained()}


def test_a_problem_ends_with_the_id_of_its_rule(tree: Tree) -> None:
    tree.edit(RATE, "checked: 2019-06-02", "checked: 2019-08-01")
    (problem,) = map(str, tree.load().problems)
    assert problem.startswith(f"{RATE}:23: ")
    assert problem.endswith(" [dates-are-real]")
    assert "dates-are-real" in map(rule_id, RULES)
