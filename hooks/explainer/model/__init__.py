"""The records: frozen, validated by pydantic, each knowing the file and line it came from.

The field descriptions are the specification of every value; `read` describes the files. The
descriptions are also what an error message gives as "expected".
"""

from explainer.model.claims import (
    Appearance,
    Chain,
    Claim,
    Correction,
    Evidence,
    Labels,
    Ruling,
    Step,
    Topic,
)
from explainer.model.kinds import (
    Access,
    Bearing,
    Change,
    ReportKind,
    Role,
    SeedKind,
    SeedMarkup,
    Verdict,
)
from explainer.model.reports import Edition, Report, Section
from explainer.model.seeds import (
    Names,
    Noise,
    NotChecked,
    Point,
    Seed,
    Summary,
    SummarySection,
    Turn,
    summary_path,
)
from explainer.model.site import Site
from explainer.model.values import (
    ID_CHARACTERS,
    ID_PATTERN,
    LAST_LINE,
    Address,
    Lines,
    Loc,
    Model,
    Origin,
    Problem,
    Record,
    Severity,
    Span,
    line_numbers,
    parse_lines,
    ranges,
    slug,
)
