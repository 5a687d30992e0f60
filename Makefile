# Each target does its own set-up. `make run` is all that a newcomer needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run install test check bench screenshots lock clean

run: install
	@exec $(BIN)/compact-bot run

install: $(VENV)/installed

$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing. On Debian: apt install python3-venv"; exit 1; }
	@echo "Installing the packages of requirements.lock into $(VENV) ..."
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	@echo "Installing the packages of requirements-dev.lock into $(VENV) ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

# Everything: lint, types, catalogues, unit, contract (SQLite and PostgreSQL), end-to-end and browser tests.
test: check
	$(BIN)/python -m pytest $(PYTEST)

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/compact-bot articles check

# The figures in README and docs/.
bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.finding
	$(BIN)/python -m benchmarks.methods
	$(BIN)/python -m benchmarks.gaps
	$(BIN)/python -m benchmarks.objectives

# The pictures of README: the real program in Chromium.
screenshots: $(VENV)/installed-dev
	$(BIN)/python -m tests.e2e.screenshots docs

# Renews both lock files. `uv` writes no index address into them.
lock:
	uv pip compile -q pyproject.toml --group build --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock
	uv pip compile -q pyproject.toml --group build --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --no-header -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
