# Every target sets up what it needs. PYTHON names the interpreter of the virtual environment to be made.
PYTHON ?= python3
BIN := .venv/bin
EXPLAINER := PYTHONPATH=hooks $(BIN)/python -m explainer
export NO_MKDOCS_2_WARNING := 1

# What is given for these is taken as it stands: make would expand a $(…) in it, and run a $(shell …).
# Recipes find it in the environment, where no character is special either.
VALUES := BASE SOURCE REPORT TO FILE ARGS SITE
$(foreach name,$(VALUES),$(eval override $(name) := $$(value $(name))))
export $(VALUES)

.PHONY: serve build check corrections review stats verify export finish lint quick test successors fuzz bench chromium fingerprint new-claim new-seed new-report new-topic lock licences clean

serve: .venv/site
	$(BIN)/mkdocs serve

build: .venv/site
	$(BIN)/mkdocs build --strict

check: .venv/site
	@$(EXPLAINER) check $$ARGS

corrections: .venv/site
	@$(EXPLAINER) corrections "$$BASE"

review: .venv/site
	@$(EXPLAINER) review "$$BASE"

fingerprint: .venv/site
	@$(EXPLAINER) fingerprint "$$SOURCE" "$$REPORT"

verify: .venv/site
	@$(EXPLAINER) verify "$$REPORT" "$$SOURCE"

export: .venv/site
	@$(EXPLAINER) export "$$TO"

finish: .venv/site
	@$(EXPLAINER) finish "$$SITE"

stats: .venv/site
	@$(EXPLAINER) stats

# What would be asked can be given: ARGS='--title "A headline" --publisher "A paper"'
NEW := PYTHONPATH=hooks $(BIN)/python -c 'import os, shlex, sys; from explainer.__main__ import main; \
  main(["new", *sys.argv[1:], *shlex.split(os.environ["ARGS"])], "python -m explainer")'

new-claim new-report new-topic: .venv/site
	@$(NEW) $(@:new-%=%)

new-seed: .venv/site
	@$(NEW) seed "$${FILE:--}"

lint: .venv-test/tests
	.venv-test/bin/ruff check hooks tests
	.venv-test/bin/ruff format --check hooks tests
	.venv-test/bin/mypy
	PYTHONPATH=hooks .venv-test/bin/lint-imports

quick: lint
	.venv-test/bin/pytest --numprocesses auto -m "not slow"

test: chromium lint
	.venv-test/bin/coverage erase
	.venv-test/bin/coverage run -m pytest --numprocesses auto
	.venv-test/bin/coverage combine --quiet
	.venv-test/bin/coverage report --skip-covered --show-missing
	.venv-test/bin/coverage json --quiet -o - | .venv-test/bin/python -c "import json, sys; \
	  share = json.load(sys.stdin)['totals']['percent_branches_covered']; \
	  sys.exit(f'The tests take {share:.1f}% of the branches of hooks/: expected 95%' if share < 95 else 0)"

# The same tree under ProperDocs and under MaterialX, each in an environment of its own.
successors: chromium .venv-test/tests .venv-properdocs/site .venv-materialx/site
	.venv-test/bin/python -m pytest tests/successors.py

.venv-properdocs/site: requirements.txt
.venv-properdocs/site .venv-materialx/site: .venv-%/site: requirements-%.txt
	@test -x $(@D)/bin/python || $(PYTHON) -m venv $(@D)
	@$(@D)/bin/python -m pip install --quiet --require-hashes $(^:%=-r %)
	@touch $@

# Each reader for so many seconds, or some of them: ARGS='60 html yaml'. What fails is kept in .cache/fuzz/.
fuzz: .venv-fuzz/fuzz
	.venv-fuzz/bin/python tests/fuzz $${ARGS:-60}

.venv-fuzz/fuzz: requirements-dev.txt requirements-fuzz.txt
	@test -x .venv-fuzz/bin/python || $(PYTHON) -m venv .venv-fuzz
	@.venv-fuzz/bin/python -m pip install --quiet --require-hashes -r requirements-dev.txt -r requirements-fuzz.txt
	@touch $@

# Made anew when a requirement changes, so that a forgotten one shows.
.venv-test/tests: requirements-dev.txt
	@rm -rf .venv-test
	@$(PYTHON) -m venv .venv-test
	@.venv-test/bin/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

licences: .venv-test/tests
	@.venv-test/bin/python tests/licences.py

# Needs a quiet machine, and some ten minutes: SIZES="100 1000" takes less.
bench: .venv/site
	@PYTHONPATH=hooks:tests $(BIN)/python -m benchmark $(SIZES)

# The browser of the tests, and fonts for the quotes. On Debian, root installs them; elsewhere, name
# another Chromium in the environment.
export CHROMIUM ?= /usr/bin/chromium
chromium:
	@test -x $(CHROMIUM) || { apt-get -qq update && apt-get -qq install --yes chromium fonts-noto-cjk; } || \
	  { echo "make test needs $(CHROMIUM): as root, apt-get install chromium fonts-noto-cjk" >&2; exit 1; }

COMPILE := .venv-lock/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header \
  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

# Newer versions of everything: edit the .in files, then run this and commit the result.
lock:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet pip-tools
	for set in requirements requirements-dev requirements-fuzz requirements-properdocs; do \
	  $(COMPILE) --output-file $$set.txt $$set.in || exit 1; \
	done
	sed 's/^mkdocs-material>.*/mkdocs-materialx>=10,<11/' requirements.in | \
	  $(COMPILE) --constraint requirements.txt --output-file requirements-materialx.txt -
	$(MAKE) licences

clean:
	rm -rf .cache .venv .venv-test .venv-properdocs .venv-materialx .venv-fuzz .venv-lock site .site.*

.venv/site: requirements.txt
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt || \
	  { echo "The libraries were not installed: see above. Only this step needs a network; run it again." >&2; exit 1; }
	@touch $@
