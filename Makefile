# run and test set everything up by themselves; see README.md for the plain commands behind them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint unit original-whoosh lock clean

run: $(VENV)/.installed
	$(BIN)/sovanban serve --demo

test: $(VENV)/.installed-dev
	$(MAKE) lint
	$(MAKE) unit

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n 2 --dist loadgroup

# The way out of the pinned fork stays open: the tests of the search on Whoosh as it was published in 2016.
original-whoosh: $(VENV)/.installed-dev
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(VENV)/original-whoosh whoosh==2.7.4
	PYTHONPATH=$(VENV)/original-whoosh $(BIN)/python -m pytest -n 0 tests/search -k "not tantivy"

# The lock files hold exact versions with hashes for every platform, and no index address.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --extra build \
	  --output-file requirements.lock pyproject.toml
	uv pip compile --quiet --universal --generate-hashes --no-header --extra build --extra dev --extra tantivy \
	  --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
