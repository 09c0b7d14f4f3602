# Everything is set up by these commands, in .venv; nothing is needed before but Python 3.11+ and make.
# Set-up is done again when pyproject.toml or constraints.txt changes.

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,$(if $(shell $(name) -c \
	'import sys; print("fits" if sys.version_info >= (3, 11) else "")' 2>/dev/null),$(name))))
VENV := .venv
RUN := $(VENV)/bin/python -m
INSTALL = $(RUN) pip --disable-pip-version-check install --quiet --constraint constraints.txt
CODE := $(wildcard esfbot/*.py esfbot/*/*.py esfbot/*/*/*.py esfbot/*/*.csv esfbot/*/*.toml esfbot/*/*.txt)

# The question goes by the environment and as it was typed: neither make nor the shell reads anything into it.
export QUESTION := $(value Q)
unexport Q

.DEFAULT_GOAL := help
.PHONY: help chat ask bot bench test lint types tests clean

help: ## show these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

chat: embeddings/CURRENT ## talk in the terminal
	@$(RUN) esfbot chat

ask: embeddings/CURRENT ## answer one question: make ask Q="Vem är kontaktperson i Ludvika?"
	@test -n "$$QUESTION" || { echo 'make: no question; expected one. Run: make ask Q="..."' >&2; exit 2; }
	@$(RUN) esfbot ask -- "$$QUESTION"

bot: embeddings/CURRENT ## run the Telegram bot (ESFBOT_TELEGRAM_TOKEN must be set)
	@$(RUN) esfbot bot

bench: $(VENV)/.test ## measure speed and memory
	$(RUN) benchmarks.run

test: lint types tests ## run the linters, the type checker and the tests

lint: $(VENV)/.test ## run the linters
	$(RUN) ruff check
	$(RUN) ruff format --check

types: $(VENV)/.test ## run the type checker
	$(RUN) mypy

tests: $(VENV)/.test ## run the tests
	$(RUN) pytest --numprocesses auto --dist loadfile

clean: ## remove the set-up and the embeddings
	rm -rf $(VENV) embeddings/CURRENT embeddings/[0-9]* embeddings/.lock* embeddings/.embedded* embeddings/.was-live

# What reads the sheets decides what is stored, so the code counts as well as the sheets. Unchanged passages are kept.
embeddings/CURRENT: $(VENV)/.use seeds $(wildcard seeds/*) $(CODE)
	@if $(RUN) esfbot embed >&2; then touch $@; else echo 'make: what was live before is asked' >&2; test -e $@; fi

# Two stamps, since using needs far less than testing does. What tests need includes what using needs.
$(VENV)/.use: $(VENV)/.made
	@echo 'Setting up $(VENV) for use ...' >&2
	@$(INSTALL) setuptools >&2
	@$(INSTALL) --no-build-isolation --editable '.[formats]' >&2
	@touch $@

$(VENV)/.test: $(VENV)/.made
	@echo 'Setting up $(VENV) for tests ...' >&2
	@$(INSTALL) setuptools >&2
	@$(INSTALL) --no-build-isolation --editable '.[sentence-transformers,test,dev]' >&2
	@touch $(VENV)/.use $@

$(VENV)/.made: pyproject.toml constraints.txt
	@test -n '$(PYTHON)' || { echo 'make: no Python 3.11 or later; expected one on the PATH. Name it: make PYTHON=...' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@
