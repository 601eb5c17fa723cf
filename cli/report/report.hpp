// The forms in which a result is shown: JSON for programs, a diff and a page for people.
#pragma once

#include <optional>
#include <string>

#include <lingua/model.hpp>
#include <lingua/options.hpp>
#include <lingua/result.hpp>

#include "input/strict_json.hpp"

namespace lingua::cli {

struct Report {
  const Result& result;
  const Options& options;
  Json model;                                ///< as `model_json`
  double load_seconds;                       ///< to load the model
  std::optional<std::size_t> folded = {};    ///< the part that is a folded log
  std::optional<std::string> document = {};  ///< the compressed chat or document, where the input was one
  bool is_chat = false;
  bool explain = false;  ///< whether JSON says why each unit was kept or dropped
};

/// One JSON document, version 1: docs/json.md.
Json json_report(const Report& report);

/// The original text with what was dropped struck through in red; without colour, as [-dropped-].
std::string diff_report(const Result& result, bool colour);

/// Why each unit was kept or dropped, for people: a line for each that was judged by itself, and for each run of
/// others.
std::string explain_report(const Result& result);

/// One self-contained HTML page.
std::string html_report(const Report& report);

/// `document` with one line per key, and per element of an array of objects: easy to read, easy to compare.
std::string json_lines(const Json& document);

}  // namespace lingua::cli
