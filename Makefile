# make demo: renders every file in data/ into out/      make test: passes the tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check clean

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt -e '.[dev]'
	$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib generator || true  # on every core, which pip does not; some packages hold files that are no Python
	touch $(STAMP)

demo: $(STAMP)
	$(BIN)/generator render data -o out

test: export PYTHONDONTWRITEBYTECODE :=  # hundreds of processes that tests start would each compile the engine anew
test: $(STAMP)
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not slow"

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright

clean:
	rm -rf $(VENV) out build dist
