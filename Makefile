# make demo    sets up what is needed and shows a diagnosis
# make test    runs every check that CI runs
# make bench   measures start and inference
# make mutate  tries whether the examples would notice if an entry said something else (minutes)
# make site    builds the manual and the catalogue of the knowledge as a static site
#
# Needs Python 3.11 or newer and nothing else. PYTHON=… chooses the interpreter.

# Versions on which durable-rules runs come first, so that both engines can be tried.
PYTHONS := python3.12 python3.11 python3.13 python3.14 python3 python
EXAMPLE := examples/overstocked-manufacturer.yaml

PIP := .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input -c constraints.txt

.PHONY: help demo test bench mutate site clean
.DELETE_ON_ERROR:

help:
	@sed -n '1,/^$$/s/^# \{0,1\}//p' Makefile

demo: .venv/.program
	@.venv/bin/diagnost diagnose $(EXAMPLE)
	@mkdir -p out
	@.venv/bin/diagnost diagnose $(EXAMPLE) -o out/overstocked-manufacturer.html
	@echo
	@echo "The same with tables and colour: out/overstocked-manufacturer.html"

test: .venv/.checks
	@failed=""; \
	run() { echo; echo "== $$*"; .venv/bin/"$$@" || failed="$$failed\n  $$*"; }; \
	run ruff check .; \
	run ruff format --check .; \
	run mypy; \
	run lint-imports; \
	run diagnost check --strict --thorough; \
	run pytest -q -n auto --dist loadfile; \
	echo; \
	if [ -n "$$failed" ]; then printf "Failed:$$failed\n"; exit 1; fi; \
	echo "All checks passed."

bench: .venv/.checks
	@status=0; \
	for benchmark in benchmarks/*.py; do \
	  echo "== $$benchmark"; .venv/bin/python "$$benchmark" || status=1; echo; \
	done; \
	exit $$status

mutate: .venv/.checks
	@.venv/bin/diagnost mutate --min 95 --brief -o docs/mutation-survivors.txt; status=$$?; \
	tail -n 1 docs/mutation-survivors.txt; exit $$status

# Links are strict here; that those of the catalogue and the manual lead somewhere the tests see too.
site: .venv/.checks
	@$(PIP) --no-build-isolation -e '.[site]'
	@rm -rf build/pages && mkdir -p build && cp -R docs build/pages
	@.venv/bin/diagnost docs -o build/pages/catalogue
	@.venv/bin/mkdocs build --strict -q
	@echo "The site: site/index.html"

clean:
	rm -rf .venv out site build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# The program with both engines. The C engine is tried by itself: everything works without it.
.venv/.program: pyproject.toml constraints.txt
	@python="$(PYTHON)"; \
	if [ -z "$$python" ]; then \
	  for name in $(PYTHONS); do \
	    if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	      python=$$name; break; \
	    fi; \
	  done; \
	fi; \
	if ! "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	  echo "diagnost needs Python 3.11 or newer; none was found (make PYTHON=/path/to/python3.12 …)" >&2; \
	  exit 1; \
	fi; \
	echo "Setting up .venv with $$("$$python" -V) ..."; \
	"$$python" -m venv .venv >.setup.log 2>&1 || { \
	  cat .setup.log; rm -f .setup.log; \
	  echo "the module venv is missing (on Debian: apt-get install python3-venv)" >&2; exit 1; \
	}; \
	rm -f .setup.log
	@$(PIP) hatchling editables
	@$(PIP) --no-build-isolation -e .
	@$(PIP) "durable-rules; python_version < '3.13'" >.venv/durable.log 2>&1; \
	.venv/bin/python -c 'import durable_rules_engine' >>.venv/durable.log 2>&1 || \
	echo "durable-rules cannot be had here (.venv/durable.log); the built-in engine serves."
	@touch $@

.venv/.checks: .venv/.program
	@$(PIP) --no-build-isolation -e '.[dev]'
	@touch $@
