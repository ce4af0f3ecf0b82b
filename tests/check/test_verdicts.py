"""Rules on verdicts: what breaks each of them, and what they say then."""

from __future__ import annotations

import pytest

from conftest import ALL, COPPER, HANDLES, NEWS, RATE, Rule, Tree
from explainer.check.verdicts import (
    claims_give_reasons,
    corrections_are_in_order,
    corrections_lead_to_the_verdict,
    dates_are_real,
    fair_wordings_differ,
    fields_are_not_run_together,
    verdicts_have_their_grounds,
)


@pytest.mark.parametrize(
    ("rule", "path", "old", "new", "expected"),
    [
        (
            verdicts_have_their_grounds,
            HANDLES,
            "bearing: for",
            "bearing: context",
            f"{HANDLES}:4: 'accurate' needs evidence with 'bearing: for'",
        ),
        (
            verdicts_have_their_grounds,
            ALL,
            "bearing: against",
            "bearing: for",
            f"{ALL}:4: 'contradicted' needs evidence with 'bearing: against'",
        ),
        (
            verdicts_have_their_grounds,
            COPPER,
            'searched: ["Kesselprüfung 2019, all pages: Kupfer"]\n',
            "",
            f"{COPPER}:4: 'not-in-report' needs 'searched': the sections and terms",
        ),
        (
            verdicts_have_their_grounds,
            HANDLES,
            "verdict: accurate",
            "verdict: not-rated",
            f"{HANDLES}:4: 'not-rated' claims nothing: its evidence can only be 'bearing: context'",
        ),
        (
            verdicts_have_their_grounds,
            HANDLES,
            "verdict: accurate",
            "verdict: accurate\nchanges: [scope]",
            f"{HANDLES}:5: 'accurate' has no changes: expected an empty list",
        ),
        (
            verdicts_have_their_grounds,
            RATE,
            "changes: [scope, condition]",
            "changes: []",
            f"{RATE}:4: 'overstated' needs 'changes': how the claim departs",
        ),
        (
            verdicts_have_their_grounds,
            HANDLES,
            "verdict: accurate",
            "verdict: accurate\nfair: Another wording.",
            f"{HANDLES}:5: 'accurate' needs no other wording: leave 'fair' out",
        ),
        (
            claims_give_reasons,
            HANDLES,
            "Nothing is lost here.\n",
            "",
            f"{HANDLES}:2: the reasoning is missing: write it below the front matter",
        ),
        (
            dates_are_real,
            RATE,
            "checked: 2019-06-02",
            "checked: 2019-07-02",
            f"{RATE}:23: 2019-07-02 is in the future: today is 2019-07-01",
        ),
        (
            dates_are_real,
            RATE,
            "published: 2019-06-01",
            "published: 1970-01-01",
            f"{RATE}:22: 1970-01-01 is a placeholder: write the day",
        ),
        (
            dates_are_real,
            RATE,
            "checked: 2019-06-02",
            "checked: 2019-05-02",
            f"{RATE}:23: 2019-05-02 is before it was published: expected 2019-06-01 or later",
        ),
        (
            dates_are_real,
            NEWS,
            "published: 2019-05-02",
            "published: 2020-05",
            f"{NEWS}:7: 2020-05 is in the future: today is 2019-07-01",
        ),
        (
            corrections_lead_to_the_verdict,
            ALL,
            "was: Two kettles\n    now: Three kettles",
            "was: Missing context\n    now: Overstated",
            f"{ALL}:33: the last correction of the verdict ends at 'Overstated', "
            "but the verdict is 'Contradicted'",
        ),
        (
            dates_are_real,
            ALL,
            "  - date: 2019-06-03\n    was: Two kettles\n",
            "  - was: Two kettles\n    date: 2019-07-03\n",
            f"{ALL}:32: 2019-07-03 is in the future: today is 2019-07-01",
        ),
        (
            fair_wordings_differ,
            ALL,
            "fair: Three of 24 kettles whistled before they boiled.",
            "fair: all kettles whistle before they boil",
            f"{ALL}:7: 'fair' is the claim itself: write what is accurate",
        ),
        (
            fields_are_not_run_together,
            ALL,
            "says: Of 24 kettles, three whistled before boiling.\n    phrase: Drei",
            "says: >-\n      Of 24 kettles, three whistled.\n      phrase: Drei",
            f"{ALL}:23: 'says' holds 'phrase:': begin that field on a line of its own",
        ),
        (
            dates_are_real,
            RATE,
            "published: 2019-06-01",
            "published: 2019-05-01",
            f"{RATE}:22: 2019-05-01 is before 'kettle-news' was published: expected 2019-05-02 "
            "or later",
        ),
        *(
            (
                corrections_are_in_order,
                ALL,
                "  - date: 2019-06-03\n    was: Two kettles\n    now: Three kettles\n    why",
                "\n".join(
                    f"  - {{date: 2019-06-0{day}, was: {was}, now: {now}, why: X}}"
                    for day, was, now in entries
                )
                + "\n# ",
                f"{ALL}:{message}",
            )
            for entries, message in [
                ([(3, "A", "A")], "31: 'was' and 'now' are the same: nothing changed"),
                (
                    [(3, "A", "B"), (2, "C", "D")],
                    "32: 2019-06-02 is before the entry above it: list them by date",
                ),
                (
                    [(3, "Overstatd", "Contradicted")],
                    "31: 'Overstatd' is no label of a verdict, but 'Contradicted' is: "
                    "did you mean 'Overstated'?",
                ),
                (
                    [(3, "Overstated", "Kontradicted")],
                    "31: 'Kontradicted' is no label of a verdict, but 'Overstated' is: "
                    "did you mean 'Contradicted'?",
                ),
                (
                    [(2, "Overstated", "Understated"), (3, "Missing context", "Contradicted")],
                    "32: the verdict was 'Understated' after the entry above, "
                    "not 'Missing context'",
                ),
            ]
        ),
        (
            dates_are_real,
            ALL,
            "  - date: 2019-06-03\n    was: Two kettles\n",
            "  - was: Two kettles\n    date: 2019-05-03\n",
            f"{ALL}:32: 2019-05-03 is before it was published: expected 2019-06-01 or later",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(
    tree: Tree, rule: Rule, path: str, old: str, new: str, expected: str
) -> None:
    tree.edit(path, old, new)
    assert expected in tree.found_by(rule)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (RATE, "checked: 2019-06-02", "checked: 2019-07-01"),
        (RATE, "published: 2019-06-01", "published: 2019-05-02"),
        (ALL, "date: 2019-06-03", "date: 2019-06-01"),
        (
            ALL,
            "    was: Two kettles\n    now: Three kettles\n    why: A slip in counting.\n",
            "    was: Overstated\n    now: Missing context\n    why: A slip.\n"
            "  - date: 2019-06-03\n    was: Missing context\n    now: Contradicted\n    why: M.\n",
        ),
    ],
)
def test_what_keeps_to_the_rules_is_not_blamed(tree: Tree, path: str, old: str, new: str) -> None:
    tree.edit(path, old, new)
    assert tree.problems() == []
