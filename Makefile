# The entry points of the project; the work is in scripts/. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run build test test-unit test-api test-browser lint bench setup clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s%s\n", $$1, $$2 }' Makefile

run: ## install what is missing, build, and start the shop with demonstration data
	@scripts/run

build: ## build the release: server and site
	@scripts/setup run
	@scripts/build

test: ## all checks and tests, as in CI
	@scripts/test

test-unit: ## only the tests that cargo runs
	@scripts/test unit

test-api: ## only the JSON API against its own document, on the release
	@scripts/test api

test-browser: ## only the tests in a browser, against the release
	@scripts/test browser

lint: ## formatting, clippy for server and browser, dependencies
	@scripts/test lint

bench: ## measure the server's speed
	@bench/run

setup: ## install everything that running and testing need
	@scripts/setup test

clean: ## remove all that was built; installed tools stay
	rm -rf target node_modules test-results playwright-report
