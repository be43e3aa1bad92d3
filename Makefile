# Two commands: make lab (learn), make test (check). Each sets the course up first if need be.
PYTHON ?= python3
PORT ?= 8888
BIN = .venv/bin
WORKERS ?= 2
PYTEST = $(BIN)/python -m pytest -n $(WORKERS)
# meant for some other Python: with the first .venv's own does not start, the second skips assertions
unexport PYTHONHOME PYTHONOPTIMIZE

.PHONY: setup lab test test-all build check lock doctor

setup:  ## make .venv and install requirements.lock; FRESH=1 begins anew
	@command -v $(PYTHON) > /dev/null || { echo "make: there is no $(PYTHON) here. Install Python 3.11, 3.12 or 3.13 (Debian, Ubuntu: sudo apt install python3 python3-venv; macOS: brew install python@3.12), or name one: make setup PYTHON=/path/to/python3.12" >&2; exit 1; }; $(PYTHON) -E tools/bootstrap.py $(if $(FRESH),--fresh)

lab: setup  ## open JupyterLab at the first lesson; PORT=8890 takes another port
	@$(BIN)/course lab --port $(PORT)

test: setup  ## the fast tests; WORKERS=0 runs them in one process
	$(PYTEST) -m "not slow" $(ARGS)

test-all: setup  ## every test; ONLY=slow leaves out those of make test
	$(PYTEST) $(if $(ONLY),-m $(ONLY)) $(ARGS)

build: setup  ## source/ -> lessons/, solutions/, labs/
	@$(BIN)/course build

check: setup  ## are the committed notebooks and the code style in order?
	@$(BIN)/course build --check && $(BIN)/ruff check .

doctor: setup  ## what is there, what is missing
	@$(BIN)/course doctor

lock: setup  ## pin anew what pyproject.toml asks for; UPGRADE=1 takes the newest versions
	@$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --extra dev --no-emit-index-url --generate-hashes --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) -o requirements.lock && $(BIN)/python tools/conda_environment.py
