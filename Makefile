# `make` lists the targets. Everything lives in .venv, built from the locked versions in .ci/lock.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
# two at a time, a file stays with its worker, what takes long first (tests/scheduling.py); the core's branches must be
# covered (pyproject.toml)
TESTS := -n 2 --dist loadfile --no-loadscope-reorder -q --cov --cov-report=term:skip-covered
# tests start the program often, and each start would compile it anew
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test test-fast check bench screenshots format clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/run  ## environment, warehouse, sample data, dashboard on 127.0.0.1:8501
	@$(BIN)/servq init && $(BIN)/servq demo && exec $(BIN)/servq serve

test: .venv/dev check  ## every check and every test, real browser included
	@.ci/browser
	@.ci/mariadb
	@$(BIN)/python -m pytest $(TESTS)

test-fast: .venv/dev check  ## the same without the browser
	@$(BIN)/python -m pytest $(TESTS) -m "not browser"

check: .venv/dev  ## format, lint, types, layers
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache > /tmp/servq-layers.$$$$ || { cat /tmp/servq-layers.$$$$; exit 1; }; rm -f /tmp/servq-layers.$$$$

bench: .venv/dev  ## what is fast, as ratios measured in one run
	@$(BIN)/python -m benchmarks

screenshots: .venv/dev  ## the pictures in the README, taken from the running program
	@.ci/browser
	@$(BIN)/python -m docs.screenshots

format: .venv/dev  ## put the code in its usual form
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --fix --quiet .

clean:  ## remove the environment and every cache
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis src/*.egg-info

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新版本 / servq needs Python 3.11 or newer"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "无法建立虚拟环境；Debian 请先安装 python3-venv / could not create .venv: on Debian install python3-venv"; exit 1; }

# --no-deps: the lock names everything, and a pip that resolves may choose what appeared after the lock was written
.venv/locked: .venv/bin/pip .ci/lock/run.txt
	@echo "正在安装锁定版本的依赖（首次约一分钟）… / installing locked dependencies (about a minute the first time) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .ci/lock/run.txt
	@touch $@

# the dependencies themselves only when the lock changes
.venv/run: .venv/locked pyproject.toml
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@$(BIN)/pip check --quiet --disable-pip-version-check
	@touch $@

.venv/locked-dev: .venv/locked .ci/lock/dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .ci/lock/dev.txt
	@touch $@

.venv/dev: .venv/run .venv/locked-dev
	@$(BIN)/pip check --quiet --disable-pip-version-check
	@touch $@
