# `make demo` runs the main job on this machine, `make test` the tests; both set up .venv first.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test coverage lint format bench lock picture schemas docs clean

demo: .venv/ready
	$(BIN)/warden demo

test: .venv/ready
	$(BIN)/python -m pytest -n 3 --dist worksteal $(COVERAGE)

coverage: .venv/ready
	$(MAKE) test COVERAGE="--cov --cov-report=term:skip-covered"
	$(BIN)/python -m coverage report --fail-under=95 --include='bot/domain/*,bot/text/*,bot/matching/*,bot/checks/*,bot/rulebook/*,bot/engine/*' --skip-covered

lint: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/warden check rules --strict

format: .venv/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/ready
	$(BIN)/python -m benchmarks.pack

lock: .venv/ready
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	for extra in image links ocr; do $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra $$extra --constraint requirements.lock pyproject.toml -o requirements-$$extra.lock; done
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --group dev --constraint requirements.lock pyproject.toml -o requirements-dev.lock

picture: .venv/ready
	$(BIN)/warden demo --picture docs/demo.svg

schemas: .venv/ready
	$(BIN)/warden schema --out rules/schemas
	$(BIN)/warden check --explain all > docs/checks.md

docs: schemas
	$(BIN)/warden schema reference > docs/reference.md
	$(BIN)/python -m tests.docs.running

.venv/ready: requirements-dev.lock pyproject.toml
	$(PYTHON) .ci/make_venv.py .venv
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf .venv
