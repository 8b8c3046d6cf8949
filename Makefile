# The two commands a newcomer needs are `make demo` and `make test`.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
# Percent of branches that must be taken.
BRANCHES := 95
INSTALLED := $(VENV)/.installed
DEMO := seeds/tw/tw-0202.txt seeds/hk/hk-0101.txt seeds/cn/cn-0201.txt

.PHONY: demo test coverage lint types wheel check model clean

demo: $(INSTALLED)
	$(BIN)/classify $(DEMO)

# Tests last from a millisecond to a minute: a worker that is done takes over what another has left.
test: $(INSTALLED)
	$(BIN)/pytest -n 2 --dist worksteal

# Branches of src that the tests take, those of other processes they start included. Whoever counts
# branches takes twice the time, so the tests that measure it are left to `make test`.
coverage: $(INSTALLED)
	$(BIN)/pytest -n 2 --cov --cov-report= -k "not time_grows"
	$(BIN)/coverage report
	$(BIN)/coverage json -q -o coverage.json
	$(BIN)/python -m bench.branches coverage.json --least $(BRANCHES)

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED)
	$(BIN)/mypy

wheel: $(INSTALLED)
	sh tests/wheel.sh $(PYTHON) $(BIN)/python

check: test lint types wheel

# The shipped model, made of labels/ anew.
model: $(INSTALLED)
	$(BIN)/classify train -o models/default

$(INSTALLED): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) build dist
