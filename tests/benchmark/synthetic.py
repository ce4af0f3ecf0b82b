"""A site of any number of claims: whole copies of a real one, the last of them cut to size.

Records of a copy have names of their own and refer to each other. Their English texts end with the
copy's mark, so that no file is the same twice, and no work is saved that real records would need;
quotes and phrases stay, for they are checked. Every copy has all reports, topics and articles that
its claims need, so that the proportions are those of the real site.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import posixpath
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from benchmark.build import link_program
from explainer.addresses import DOCS, FINGERPRINT, SEEDS
from explainer.check.titles import MARKS, TITLE_LENGTH
from explainer.model import Chain, Claim, Record, Seed, Site, ranges
from explainer.read.tree import FOLDERS, read_site

OURS = (
    *("title", "question", "found", "answer", "changed", "reason", "fair", "translation"),
    *("note", "says", "interests", "provenance"),
)
"""The fields whose texts get the copy's mark."""


def write(root: Path, target: Path, size: int) -> None:
    """Write into `target` a site of `size` claims made of the records under `root`.

    The pages written by hand, assets, settings and program are those of `root`.
    """
    site, _ = read_site(root, datetime.date.max)
    whole, rest = divmod(size, len(site.claims))
    copies = [Copy(site, number) for number in range(whole)]
    if rest:
        copies.append(Copy(_cut(site, rest), whole, names=site))
    shutil.copytree(
        root / DOCS,
        target / DOCS,
        ignore=lambda folder, _: FOLDERS if Path(folder) == root / DOCS else (),
    )
    for page in (target / DOCS).rglob("*.md"):
        folder = page.parent.relative_to(target / DOCS).as_posix()
        page.write_text(copies[0].relinked(page.read_text("utf-8"), folder), "utf-8")
    shutil.copy(root / "mkdocs.yml", target)
    link_program(root, target)
    for folder in (SEEDS, *(f"{DOCS}/{folder}" for folder in FOLDERS)):
        (target / folder).mkdir()
    for copy in copies:
        for path, content in copy.files(root):
            (target / path).write_bytes(content)


def _cut(site: Site, size: int) -> Site:
    """Whole topics while they fit, part of the next one, and what these claims cite."""
    kept = sorted(site.claims.values(), key=lambda claim: (claim.topic, claim.id))[:size]
    claims = {claim.id: claim for claim in kept}
    topics = {
        topic.id: topic.model_copy(
            update={"chains": tuple(chain for chain in topic.chains if _whole(chain, claims))}
        )
        for topic in site.topics.values()
        if any(claim.topic == topic.id for claim in kept)
    }
    cited = {evidence.report for claim in kept for evidence in claim.evidence}
    cited |= {
        step.report
        for topic in topics.values()
        for chain in topic.chains
        for step in chain.steps
        if step.report
    }
    reports = {id: report for id, report in site.reports.items() if id in cited}
    return dataclasses.replace(site, claims=claims, topics=topics, reports=reports)


def _whole(chain: Chain, claims: Mapping[str, Claim]) -> bool:
    return all(step.claim is None or step.claim in claims for step in chain.steps)


class Copy:
    """One copy of the records in `site`. What only `names` has is linked to as an index page."""

    def __init__(self, site: Site, number: int, names: Site | None = None) -> None:
        self.site = site
        self.number = number
        letters = str(number).translate(str.maketrans("0123456789", "abcdefghij"))
        self.suffix = f"-copy-{letters}" if number else ""
        self.mark = f" ({letters})" if number else ""
        self.moved: dict[str, str] = {}
        for folder in FOLDERS:
            for id in getattr(names or site, folder):
                kept = f"{folder}/{self._named(id)}.md"
                there = id in getattr(site, folder)
                self.moved[f"{folder}/{id}.md"] = kept if there else f"{folder}/index.md"
        for seed in site.seeds.values():
            self.moved[f"articles/{seed.slug}.md"] = f"articles/{self._named(seed.slug)}.md"

    def files(self, root: Path) -> Iterator[tuple[str, bytes]]:
        """Path and content of each file; what is no record's text is read from `root`."""
        for folder in FOLDERS:
            for record in getattr(self.site, folder).values():
                path = f"{DOCS}/{folder}/{self._named(record.id)}"
                yield f"{path}.md", self._record(record, folder).encode()
                fingerprint = root / DOCS / folder / f"{record.id}{FINGERPRINT}"
                if fingerprint.is_file():
                    yield path + FINGERPRINT, fingerprint.read_bytes() + b"\n" * self.number
        for seed in self.site.seeds.values():
            path = f"{SEEDS}/{self._named(seed.id)}"
            text = seed.raw + (f"\n{self.suffix}".encode() if self.suffix else b"")
            yield f"{path}.txt", text
            yield f"{path}.yml", _yaml(self._seed(seed, text)).encode()
            if seed.summary:
                yield f"{path}.en.md", self._summary(seed).encode()

    def relinked(self, text: str, folder: str) -> str:
        """A text of a page in `folder` below docs/, with links to the records as they are named."""

        def moved(match: re.Match[str]) -> str:
            uri = posixpath.normpath(posixpath.join(folder, match[1]))
            return "](" + posixpath.relpath(self.moved.get(uri, uri), folder)

        return re.sub(r"\]\(([^)\s#:]+\.md)", moved, text)

    def _named(self, id: str) -> str:
        return id + self.suffix

    def _record(self, record: Record, folder: str) -> str:
        fields = self._value("", record.model_dump(mode="json", exclude_defaults=True))
        if isinstance(record, Claim):
            fields["claim"] = self._title(record.claim)
        body = self.relinked(record.body, folder) + self.mark
        return f"---\n{_yaml(fields)}---\n{body}\n"

    def _seed(self, seed: Seed, text: bytes) -> dict[str, Any]:
        fields: dict[str, Any]
        fields = self._value("", seed.model_dump(mode="json", exclude_defaults=True))
        fields["slug"] = self._named(seed.slug)
        fields["sha256"] = hashlib.sha256(text).hexdigest()
        if self.suffix:
            last = text.count(b"\n") + 1
            fields.setdefault("noise", []).append({"lines": last, "what": "name of the copy"})
        fields.setdefault("not_checked", []).extend(
            {"lines": f"{lines.first}-{lines.last}", "reason": "Its claims are not in this copy."}
            for lines in ranges(self.site.unaccounted(seed))
        )
        return fields

    def _summary(self, seed: Seed) -> str:
        lines = []
        for part in seed.summary.parts if seed.summary else ():
            lines.append(f"## {part.title}\n")
            lines.extend(
                f"- {point.text}{self.mark} [{point.lines.first}-{point.lines.last}]"
                for point in part.points
            )
        return "\n".join(lines) + "\n"

    def _title(self, title: str) -> str:
        """A title with the mark, no longer than titles may be."""
        room = TITLE_LENGTH - len(self.mark)
        if len(title) > room:
            title = title[:room].rpartition(" ")[0].translate(dict.fromkeys(map(ord, MARKS)))
        return title + self.mark

    def _value(self, name: str, value: Any) -> Any:
        """A value as it stands in a file of this copy."""
        if name == "lines":
            return f"{value[0]}-{value[1]}"
        if isinstance(value, dict):
            return {key: self._value(key, inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._value("", inner) for inner in value]
        if isinstance(value, str) and name in ("seed", "report", "claim", "topic"):
            return self._named(value)
        return value + self.mark if isinstance(value, str) and name in OURS else value


def _yaml(fields: Mapping[str, Any]) -> str:
    text: str = yaml.dump(
        fields, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110
    )
    return text


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
