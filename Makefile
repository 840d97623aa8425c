# Constat: `make reproduce` recomputes every study, `make verify` holds the committed notes to what
# is recomputed. Whatever is missing (Deno, packages) is brought by the first target that needs it.
.DEFAULT_GOAL := help
.PHONY: help install reproduce verify test test-examples test-slow bench fixtures core schema check ok clean

# Permissions of the tests: they read and write files, start processes, and talk to this machine alone.
# The browser's driver looks below /proc for a system that this is not: it finds nothing there.
# One test file more at a time than there are cores: many wait for processes that they have started.
DENO_TEST = DENO_JOBS=$$(($$(getconf _NPROCESSORS_ONLN) + 1)) "$$(scripts/install)" test --allow-read --ignore-read=/proc,/run/WSL --allow-write --allow-run --allow-env \
	--allow-sys --allow-ffi --allow-net=127.0.0.1,localhost
SLOW_TESTS = $(shell git ls-files '*_slow_test.ts')

help: ## shows this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: ## brings Deno and the packages (the other targets do it by themselves)
	@scripts/install >/dev/null

reproduce: install ## runs every study under reports/, writes notes and lock.json
	@./constat run

verify: install ## recomputes in an empty store, compares with lock.json and the committed notes
	@./constat verify

test: install ## the fast tests
	@$(DENO_TEST) --parallel --ignore='**/*_slow_test.ts,node_modules,.constat' $(TESTS)

test-examples: install ## the examples of the doc comments
# Type checks are for `make check`: here Deno adds imports to each example that it would refuse.
	@"$$(scripts/install)" test --doc --no-check --allow-read --allow-env --allow-write \
		$$(grep -l '^ \* ```ts$$' $$(git ls-files '*.ts'))

test-slow: install ## the slow tests: kills, emulated arm64, a browser
	@$(DENO_TEST) --parallel $(or $(TESTS),$(SLOW_TESTS))

bench: install ## measures against peers (torch, scikit-learn, snakemake: skipped in words where absent)
	@"$$(scripts/install)" run --allow-all bench/main.ts $(BENCH)

fixtures: ## makes every fixture anew with Debian's Python packages
	@for script in $$(git ls-files '*/testdata/make_*.py'); do echo "$$script"; /usr/bin/python3 $$script || exit 1; done

core: install ## compiles the WebAssembly kernels
	@"$$(scripts/install)" run --allow-read --allow-write --allow-env --allow-run core/wasm/build.ts

schema: install ## writes the JSON Schema of study files
	@"$$(scripts/install)" run --allow-read --allow-write pipeline/cli/study_schema.ts

check: install ## types, lint, layout
	@deno=$$(scripts/install); $$deno check . && $$deno lint --quiet && $$deno fmt --check --quiet

ok: check test test-examples ## everything that a commit must pass

clean: ## removes the store, the caches and what was installed
	rm -rf .constat node_modules
