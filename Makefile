# Shortcuts to scripts/setup, CMake and CTest; each line here can be typed by hand as well.
#   make build CONFIGURE=-DBUILD_SHARED_LIBS=ON    passes options to cmake
JOBS ?= $(shell nproc 2>/dev/null || sysctl -n hw.ncpu)
CACHE = $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/lingua/models
CTEST = ctest --test-dir build --output-on-failure --parallel $(JOBS)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup models configure build demo test test-slow bench eval eval-full test-eval test-align lint format pictures install clean

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

bench: setup configure  ## build and run the benchmarks, llama.cpp beside us
	@bench/run

eval: setup build  ## measure quality: the 30-minute subset
	@eval/setup --rivals >/dev/null
	@eval/run run --quick

eval-full: models setup build  ## measure quality in full, in the background for hours
	@eval/setup --rivals >/dev/null
	@nohup sh -c 'eval/run run && eval/run publish && eval/run report' >eval-full.log 2>&1 & echo "running as process $$!; its progress is in eval-full.log"

test-eval:  ## run the tests of the evaluation, readers included
	@cd eval/tests && $$(../setup) -m unittest discover --buffer

test-align: build  ## run the tests of the alignment (tools/align; PyTorch, some gigabytes)
	@cd tools/align/tests && $$(../setup) -m unittest discover --buffer

lint:  ## check format and clang-tidy
	@scripts/setup --packages --dev
	@$(MAKE) configure
	@scripts/lint

format:  ## format the sources
	@git ls-files '*.cpp' '*.hpp' '*.h' | xargs clang-format -i

pictures: build  ## draw the pictures of the README again
	@scripts/setup --models gemma
	build/lingua compress examples/meeting.txt --ratio 3 --quiet --json | scripts/draw_picture.py docs/images/meeting
	build/lingua compress examples/library.zh.txt --ratio 3 --quiet --json --model $(CACHE)/gemma-3-270m-q4_k_m.gguf | \
	  scripts/draw_picture.py docs/images/library --title '{before} 个词元 → {after}（{ratio:.1f} 倍）。有底色：保留；浅色：删去。'

install: build  ## install library, headers and program (CMAKE_INSTALL_PREFIX: /usr/local)
	@cmake --install build

clean:  ## remove what was built
	@rm -rf build build-asan build-tsan build-debug build-fuzz build-portable
