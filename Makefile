# Two commands matter: `make run` opens nnviz, `make test` checks everything. Both do all the set-up by themselves.

PYTHON ?= $(or $(shell command -v python3 || command -v python3.13 || command -v python3.12 || command -v python3.11),\
	$(error nnviz needs Python 3.11 or newer, and there is no python3 here: install it (on Debian: apt-get install python3)))
BIN := .venv/bin
# Folder with data that is there already, as in: make bench DATA_DIR=~/mnist. Without it the user's cache is used.
DATA_DIR ?=
DATA := $(if $(DATA_DIR),--data-dir "$(DATA_DIR)")
# More arguments for the application (make run) and for pytest (make test).
ARGS ?=
PYTEST_ARGS ?=

.PHONY: help run test install lint bench screenshots translations model
.NOTPARALLEL:

help: ## say what each target does
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

run: ## set everything up and open the application
	@$(PYTHON) tools/bootstrap.py --window
	@$(BIN)/nnviz $(ARGS)

test: lint ## set everything up, check the code and run the tests
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest $(PYTEST_ARGS)

install: ## only set everything up, the developers' tools included
	@$(PYTHON) tools/bootstrap.py --dev

lint: install ## check style, formatting, types and the direction of imports
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

# What networks learn takes hours and is measured part by part, by hand.
bench: install ## measure what is claimed about speed; one JSON object per benchmark
	@for script in $(filter-out %_learns.py,$(wildcard benchmarks/[!_]*.py)); do $(BIN)/python $$script $(DATA) --json || exit 1; done

screenshots: install ## draw the pictures of docs/screenshots again
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.screenshots $(DATA)

translations: install ## collect the texts of the window and compile their translations
	$(BIN)/python -m tools.translations

model: install ## train the bundled model again from MNIST and pen strokes
	$(BIN)/python -m tools.bundled_model $(DATA)
