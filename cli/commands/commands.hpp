// The commands. Each throws lingua::Error; results go to standard output, all else to standard error.
#pragma once

#include <CLI/CLI.hpp>

#include "arguments.hpp"

namespace lingua::cli {

void run_compress(const CompressArguments& arguments);
void run_batch(const CompressArguments& arguments);  ///< compress, for --input-format jsonl
void run_score(const ScoreArguments& arguments);
void run_expand(const ExpandArguments& arguments);
void run_recover(const RecoverArguments& arguments);
void run_model(const InspectArguments& arguments);

/// The completion script of a shell, made from the options of `app`: completion.cpp.
std::string completion_script(const CLI::App& app, Shell shell);

}  // namespace lingua::cli
