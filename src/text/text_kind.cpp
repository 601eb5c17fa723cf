// What a text is, judged by its lines. A text taken for more than it is loses a finer cut; so each kind needs lines
// that prose hardly has, and most of the text made of them.
#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include <lingua/prompt.hpp>

#include "text/code_points.hpp"
#include "text/fences.hpp"
#include "text/lines.hpp"
#include "text/rows.hpp"
#include "text/structure.hpp"

namespace lingua {
namespace text {
namespace {

/// The line with "9" for each run of digits: "2024-05-01 12:00:03,123" becomes "9-9-9 9:9:9,9".
std::string with_digits_joined(std::string_view line) {
  std::string shape;
  for (const char c : line) {
    const bool digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
    if (!digit)
      shape += c;
    else if (!shape.ends_with('9'))
      shape += '9';
  }
  return shape;
}

/// Whether `line` begins with a time, an address or a level, as lines of logs do.
bool is_log_line(std::string_view line) {
  constexpr std::size_t kHead = 80;
  constexpr std::array<std::string_view, 7> kLevels{"INFO", "WARN", "ERROR", "DEBUG", "FATAL", "TRACE", "NOTICE"};
  constexpr std::array<std::string_view, 5> kDates{"9-9-9", "9/9/9 9:", "9.9.9 9:", "9.9.9.9 - ", "9-9 9:9:9"};
  constexpr std::string_view kMonths = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec ";
  const std::string_view head = line.substr(0, kHead);
  const std::string shape = with_digits_joined(head.substr(std::min(head.find_first_not_of("[<("), head.size())));
  const auto begins = [&](std::string_view date) { return shape.starts_with(date); };
  if (std::ranges::any_of(kDates, begins)) return true;
  if (shape.size() > 8 && kMonths.find(shape.substr(0, 4)) != std::string_view::npos)
    return shape.find("9:9:9") != std::string::npos;
  const auto has_level = [&](std::string_view level) { return head.find(level) != std::string_view::npos; };
  return std::ranges::any_of(kLevels, has_level) && (shape.starts_with('9') || has_level(shape.substr(0, 4)));
}

/// "name = ...", with no more before it than a type would need; sums in prose end with a full stop.
bool is_assignment(std::string_view line) {
  std::size_t sign = line.find(" = ");
  for (const std::string_view other : {" := ", " += "}) sign = std::min(sign, line.find(other));
  if (sign >= line.size() || sign == 0 || line.ends_with('.')) return false;
  const std::string_view before = line.substr(0, sign);
  const bool name = is_name(before.back()) || before.ends_with(']') || before.ends_with(')');
  const bool sum = before.find_first_of("+/$") != before.npos;
  return name && !sum && std::isdigit(static_cast<unsigned char>(before[0])) == 0 &&
         std::ranges::count(before, ' ') <= 3;
}

/// Whether `line` reads like a program and nothing else.
bool is_code_line(std::string_view line) {
  constexpr std::array<std::string_view, 17> kEnds{"{",  "}",  "};", "});", "},", ");",  "):", "(", "[",
                                                   "];", "],", "->", "=>",  "()", "++;", "*/", "\\"};
  constexpr std::array<std::string_view, 13> kBegins{"#include", "#define", "import ", "from ",  "@",
                                                     "def ",     "return",  "} ",      "const ", "let ",
                                                     "self.",    "using ",  "raise "};
  constexpr std::array<std::string_view, 10> kHeads{"if ",   "elif ", "else:",  "for ",   "while ",
                                                    "with ", "try:",  "class ", "except", "case "};
  const auto ends = [&](std::string_view mark) { return line.ends_with(mark); };
  const auto begins = [&](std::string_view mark) { return line.starts_with(mark); };
  const auto has = [&](std::string_view mark) { return line.find(mark) != std::string_view::npos; };
  if (is_assignment(line) || (has("(") && line.ends_with(';'))) return true;
  const std::size_t call = line.ends_with(')') ? line.rfind('(') : line.npos;
  if (call != line.npos && call > 0 && is_name(line[call - 1])) return true;
  if (line.ends_with(':') && std::ranges::any_of(kHeads, begins)) return true;
  const bool sentence = line.size() > 60 && std::ranges::count(line, ' ') > 8;
  return !sentence && (std::ranges::any_of(kEnds, ends) || std::ranges::any_of(kBegins, begins));
}

/// How many lines of a text are of which make; blank ones do not count.
struct Census {
  std::size_t lines = 0, log = 0, code = 0, code_like = 0, headings = 0, items = 0;
  bool fenced = false, table = false, diff = false;

  explicit Census(std::string_view text) {
    for (std::size_t begin = 0; begin < text.size();) {
      const std::string_view whole = line_at(text, begin);
      const Fence fence = fence_of(whole);
      const std::size_t end = begin + whole.size();
      if (fence.length > 0 && !is_blank(text.substr(end))) {
        begin = end_of_block(text, end, fence);
        fenced = fenced || fence_of(line_at(text, text.rfind('\n', begin - 2) + 1)).closing;
        continue;
      }
      if (!is_blank(whole)) count(without_end(whole), without_end(text.substr(end, line_end(text, end) - end)));
      begin = end;
    }
  }

 private:
  void count(std::string_view line, std::string_view below) {
    const std::string_view content = unindented(line);
    ++lines;
    log += is_log_line(content) ? 1 : 0;
    const bool is_code = is_code_line(content);
    const bool like_code = content.size() < line.size() || content.starts_with("//") || content.starts_with('#');
    code += is_code ? 1 : 0;
    code_like += is_code || like_code ? 1 : 0;
    diff = diff || is_hunk(line);
    const std::size_t level = run_length(line, 0, '#');
    headings += level >= 1 && level <= 6 && line.size() > level + 1 && line[level] == ' ' && below.empty() ? 1 : 0;
    items += content.starts_with("- ") || content.starts_with("* ") || content.starts_with("1. ") ? 1 : 0;
    const bool bars = content.find('|') != std::string_view::npos && is_delimiter_row(below);
    table = table || (bars && below.find("--") != std::string_view::npos);
  }
};

}  // namespace
}  // namespace text

TextKind text_kind_of(std::string_view text) {
  constexpr std::size_t kFewest = 4;  // lines that say something about code and logs
  const text::Census census(text);
  const bool enough = census.lines >= kFewest;
  if (enough && census.log * 5 >= census.lines * 4) return TextKind::log;
  const bool code = enough && census.code * 5 >= census.lines * 2 && census.code_like * 5 >= census.lines * 4;
  if ((code || census.diff) && !census.fenced && !census.table) return TextKind::code;
  if (census.fenced || census.table) return TextKind::markdown;
  if (census.headings >= 2 || (census.headings == 1 && census.items >= 2)) return TextKind::markdown;
  return text::is_table(text) ? TextKind::table : TextKind::prose;
}

}  // namespace lingua
