# Shortcuts to scripts/setup, CMake and CTest; each line here can be typed by hand as well.
#   make build CONFIGURE=-DBUILD_SHARED_LIBS=ON    passes options to cmake
JOBS ?= $(shell nproc 2>/dev/null || sysctl -n hw.ncpu)
CTEST = ctest --test-dir build --output-on-failure --parallel $(JOBS)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup models configure build demo test test-slow bench lint format install clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

setup:  ## install what is missing: system packages and the default model
	@scripts/setup

models:  ## get the other tested models too (Gemma 3 270M, Qwen2.5-Coder 1.5B; 1.4 GB)
	@scripts/setup --models all

configure:
	@scripts/setup --packages
	@test -f build/build.ninja -a -z "$(CONFIGURE)" || cmake --preset release $(CONFIGURE)

build: configure  ## the program, at build/lingua
	@cmake --build build --parallel $(JOBS) --target lingua_cli

demo: setup build  ## compress an example prompt of eight worked problems at 20x
	build/lingua compress examples/arithmetic.json --input-format json --ratio 20 --html build/demo.html

test: setup configure  ## build everything and run the tests, except the slow ones
	@cmake --build build --parallel $(JOBS)
	@$(CTEST) --label-exclude slow

test-slow: setup configure  ## run the slow tests
	@cmake --build build --parallel $(JOBS)
	@$(CTEST) --label-regex slow

bench:  ## build and run the benchmarks
	@scripts/setup --dev
	@$(MAKE) configure CONFIGURE=-DLINGUA_BUILD_BENCH=ON
	@cmake --build build --parallel $(JOBS)
	@bench/run

lint:  ## check format and clang-tidy
	@scripts/setup --packages --dev
	@$(MAKE) configure
	@scripts/lint

format:  ## format the sources
	@git ls-files '*.cpp' '*.hpp' '*.h' | xargs clang-format -i

install: build  ## install library, headers and program (CMAKE_INSTALL_PREFIX: /usr/local)
	@cmake --install build

clean:  ## remove what was built
	@rm -rf build build-asan build-tsan build-debug
