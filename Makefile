# make demo: renders every file in data/ into out/      make test: passes the tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check mutation clean

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

# make mutation ROOM=formula: which changes of generator/formula/ no test of tests/formula/ sees; hours for a large room
ROOM ?= figures
mutation: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[mutation]'
	rm -rf build/mutation && mkdir -p build/mutation
	git archive HEAD | tar -x -C build/mutation
	sed 's/ROOM/$(ROOM)/g' tests/mutation.cfg > build/mutation/setup.cfg
	cd build/mutation && $(CURDIR)/$(BIN)/mutmut run && $(CURDIR)/$(BIN)/mutmut results

clean:
	rm -rf $(VENV) out build dist
