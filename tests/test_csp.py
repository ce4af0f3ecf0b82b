"""The Content-Security-Policy allows the scripts that stand in a page, and nothing else."""

from __future__ import annotations

import base64
import hashlib

import pytest

from explainer.builders.csp import with_policy


def allowed(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def test_inline_scripts_are_allowed_by_their_hashes() -> None:
    page = (
        "<html><head><title>x</title><script>first = 1 < 2</script></head>"
        "<body><script>\nsecond('—')\n</script><script>first = 1 < 2</script></body></html>"
    )
    policy = with_policy(page).split('content="')[1].split('"')[0]
    first, second = allowed("first = 1 < 2"), allowed("\nsecond('—')\n")
    assert f"script-src 'self' {first} {second};" in policy


def test_data_and_other_files_need_no_hash() -> None:
    page = (
        '<head><script src="a.js"></script><script type="application/json">{}</script>'
        '<script type="application/ld+json">{}</script></head>'
    )
    assert "script-src 'self';" in with_policy(page)


def test_the_policy_comes_first_and_the_page_stays_as_it_is() -> None:
    page = "<html><head>\n<title><head></title></head></html>"
    before, _, after = with_policy(page).partition('<meta http-equiv="Content-Security-Policy"')
    assert before.split() == ["<html><head>"]
    assert after.partition(">")[2] == "\n<title><head></title></head></html>"


def test_a_script_that_slipped_into_the_content_may_not_run() -> None:
    content = "<p>x</p><script>stolen()</script>"
    page = f"<html><head><script>ours()</script></head><body>{content}</body></html>"
    policy = with_policy(page, content).split('content="')[1].split('"')[0]
    assert allowed("ours()") in policy
    assert allowed("stolen()") not in policy


@pytest.mark.parametrize("kind", ["default", "object", "frame", "worker"])
def test_nothing_of_a_kind_that_no_page_has_is_loaded(kind: str) -> None:
    assert f"{kind}-src 'none'" in with_policy("<head></head>")
