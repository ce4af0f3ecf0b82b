"""The numbers of a site."""

from __future__ import annotations

from click.testing import CliRunner

from conftest import COPPER, KETTLES, RATE, Tree
from explainer.__main__ import main


def test_the_numbers_of_a_site() -> None:
    result = CliRunner().invoke(main, ["stats", "--root", str(KETTLES)])
    assert result.exit_code == 0
    assert (
        result.output
        == """\
Verdict             Claims
Matches the report       1
Overstated               1
Contradicted             1
Not in the report        1
All                      4

Topic                Claims
Hot handles               2
Whistling too early       2

Article                     Claims  Lines of prose  checked  not checked  to be read
The kettle cries too early       3               3        3            0           0
Noisy kettles                    2               2        2            0           0

Citations of reports            Number
all                                  3
with a phrase                        3
with a phrase found by machine       3

Two readings   Agreement
same verdict      3 of 4
in percent            75
Cohen's kappa       0.69
"""
    )


def test_what_is_withheld_is_not_counted_and_said(tree: Tree) -> None:
    (tree.root / COPPER).unlink()
    tree.edit(RATE, "    page: 3", "    page: 4")
    result = CliRunner().invoke(main, ["stats", "--root", str(tree.root)])
    assert result.exit_code == 0
    assert "All                      2\n" in result.stdout
    assert (
        "The kettle cries too early       1               3        1            0           2"
        in (result.stdout)
    )
    assert result.stderr == "\nNot counted, for they have problems: 1\n"


def test_without_claims_nothing_is_said_of_readings(tree: Tree) -> None:
    for file in tree.root.glob("docs/claims/*"):
        file.unlink()
    result = CliRunner().invoke(main, ["stats", "--root", str(tree.root)])
    assert result.exit_code == 0
    assert "All           0\n" in result.stdout
    assert "Two readings" not in result.stdout
