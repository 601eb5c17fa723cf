// The diff for a terminal. Styles end with the line and begin again on the next, for pagers that read line by line.
#include <algorithm>
#include <span>

#include "report/report.hpp"

namespace lingua::cli {
namespace {

constexpr std::string_view kDropped = "\x1b[2;9;31m", kPlain = "\x1b[0m";

/// Control characters could command the terminal: they appear as their Unicode pictures (U+2400 and following).
std::string visible(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\x7f') {
      out += "\xE2\x90\xA1";
    } else if (byte >= 0x20 || c == '\n' || c == '\t' || c == '\r') {
      out += c;
    } else {
      out += "\xE2\x90";
      out += static_cast<char>(0x80 + byte);
    }
  }
  return out;
}

void add_dropped(std::string& out, std::string_view text, bool colour) {
  if (text.empty()) return;
  if (!colour) {
    out.append("[-").append(visible(text)).append("-]");
    return;
  }
  while (!text.empty()) {
    const std::size_t line_end = std::min(text.find('\n'), text.size());
    if (line_end > 0) out.append(kDropped).append(visible(text.substr(0, line_end))).append(kPlain);
    if (line_end < text.size()) out += '\n';
    text.remove_prefix(std::min(line_end + 1, text.size()));
  }
}

/// What was kept of `part`, wherever it went in the result.
std::span<const KeptRange> kept_of(const Result& result, std::size_t part) {
  const auto begin = std::ranges::find(result.kept, part, &KeptRange::part);
  const auto end =
      std::find_if(begin, result.kept.end(), [part](const KeptRange& range) { return range.part != part; });
  return {begin, end};
}

}  // namespace

std::string diff_report(const Result& result, bool colour) {
  std::string out;
  for (std::size_t part = 0; part < result.parts.size(); ++part) {
    const std::string_view original = result.parts[part].original;
    std::size_t position = 0;
    for (const KeptRange& range : kept_of(result, part)) {
      add_dropped(out, original.substr(position, range.begin - position), colour);
      out += visible(original.substr(range.begin, range.end - range.begin));
      position = range.end;
    }
    add_dropped(out, original.substr(position), colour);
  }
  return out;
}

}  // namespace lingua::cli
