// Logs made shorter without loss: lines that differ in times, numbers and names only share a template.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <lingua/export.hpp>

namespace lingua {

/// `log` with a legend before it: lines of one make become "~N a b", template N of the legend with a and b in place
/// of its "{}"s, in order; all others stay as they are. A log in which nothing repeats comes back unchanged.
LINGUA_API std::string fold_log(std::string_view log);

/// Bytes of the legend of a folded log, its blank line included, without which the lines cannot be read; 0 of a text
/// that is none.
LINGUA_API std::size_t legend_size(std::string_view folded) noexcept;

/// The way back: unfold_log(fold_log(log)) == log, whatever the bytes. A text without a legend comes back unchanged.
/// Throws Error: input_malformed, with the line, when a line does not fit its template.
LINGUA_API std::string unfold_log(std::string_view folded);

}  // namespace lingua
