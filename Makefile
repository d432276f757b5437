# Every command of Second Wind. `make` alone lists them.

ARGS =
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help install demo demo-reset run test lint bench faults pictures lock app dev

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

install: app ## what the app needs, into .venv; nothing when nothing changed

# `exec`: Ctrl-C and SIGTERM reach the server itself, and make says nothing of its own.
demo: app ## a made-up sales organization in mid-quarter, on http://127.0.0.1:8000
	@exec .venv/bin/python manage.py demo $(ARGS)

demo-reset: app ## remove the demo's data; the next `make demo` makes it anew
	@exec .venv/bin/python manage.py demo --reset $(ARGS)

run: app ## the app on its own data in var/: web, worker and beat in one process
	@exec .venv/bin/python manage.py serve $(ARGS)

test: dev ## every test; ARGS="-k board" for some
	@.venv/bin/python -m pytest -ra $(ARGS)

# One list of checks, in .pre-commit-config.yaml: here and before a commit. It reads what
# git knows: `git add` a new file first.
lint: dev ## every check that is not a test
	@PRE_COMMIT_HOME=$(CURDIR)/.venv/pre-commit \
		.venv/bin/python -m pre_commit run --all-files --color never $(ARGS)

bench: dev ## what each hot path costs, as ratios to a floor measured in the same run
	@.venv/bin/python -m benchmarks $(ARGS)

faults: dev ## workers, Redis and PostgreSQL killed while nudges go out; SHORT=1 for two minutes
	@.venv/bin/python -m tests.faults $(if $(SHORT),--short) $(ARGS)

pictures: dev ## the README's pictures, taken anew from the demo
	@.venv/bin/python -m docs.pictures $(ARGS)

# The pins stay as they are unless pyproject.toml asks for more; ARGS=--upgrade renews
# them. No registry is named: whoever installs uses their own.
COMPILE = env -u PIP_FIND_LINKS -u PIP_INDEX_URL -u PIP_EXTRA_INDEX_URL \
	-u UV_FIND_LINKS -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_INDEX -u UV_DEFAULT_INDEX \
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links $(ARGS)

lock: dev ## compile requirements/*.txt from pyproject.toml
	@$(COMPILE) pyproject.toml -o requirements/app.txt
	@$(COMPILE) pyproject.toml --group dev -o requirements/dev.txt
	@echo uv | $(COMPILE) - -o requirements/uv.txt
	@requirements/install.sh dev

app dev:
	@requirements/install.sh $@
