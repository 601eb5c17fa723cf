// The whole command line as a CLI11 application: what can be asked for, and where the answers go.
#pragma once

#include <memory>

#include <CLI/CLI.hpp>

#include "arguments.hpp"

namespace lingua::cli {

struct Arguments {
  CompressArguments compress;
  ScoreArguments score;
  ExpandArguments expand;
  RecoverArguments recover;
  InspectArguments inspect;
  CompletionArguments completion;
};

/// The application; parsing it fills `arguments`, which must outlive it.
std::unique_ptr<CLI::App> make_app(Arguments& arguments);

/// `lingua compress`: options_compress.cpp.
void add_compress(CLI::App& app, CompressArguments& arguments);

/// --model, --compute, --threads, --window: what every command that runs a model has.
void add_model_options(CLI::App& command, ModelArguments& arguments);

}  // namespace lingua::cli
