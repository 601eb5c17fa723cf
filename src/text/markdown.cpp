// Blocks of Markdown, line by line, as far as it takes to tell what must not be cut: CommonMark 0.30 without its
// corner cases, GitHub's tables, front matter and display formulas.
#include <algorithm>
#include <cctype>
#include <optional>

#include "text/code_points.hpp"
#include "text/fences.hpp"
#include "text/lines.hpp"
#include "text/segment.hpp"
#include "text/structure.hpp"

namespace lingua::text {
namespace {

constexpr std::size_t kAnyIndent = 1000;  // fences in lists stand deeper than at the margin

/// "# Heading"
bool is_heading(std::string_view line) {
  const std::size_t level = run_length(line, 0, '#');
  return level >= 1 && level <= 6 && (line.size() == level || line[level] == ' ' || line[level] == '\t');
}

/// "---", "***", "- - -"
bool is_rule(std::string_view line) {
  constexpr std::string_view kMarks = "-*_";
  if (line.empty() || kMarks.find(line[0]) == std::string_view::npos) return false;
  const auto other = [&](char c) { return c != line[0] && c != ' ' && c != '\t'; };
  return std::ranges::none_of(line, other) && std::ranges::count(line, line[0]) >= 3;
}

/// "===" or "---" below a paragraph, which makes a heading of it.
bool is_underline(std::string_view line) {
  return !line.empty() && (line[0] == '=' || line[0] == '-') && run_length(line, 0, line[0]) == line.size();
}

/// "- ", "* ", "+ ", "1. ", "2) "
bool is_item(std::string_view line) {
  constexpr std::string_view kBullets = "-*+";
  std::size_t marker = 0;
  while (marker < line.size() && marker < 9 && std::isdigit(static_cast<unsigned char>(line[marker])) != 0) ++marker;
  const bool numbered = marker > 0 && marker < line.size() && (line[marker] == '.' || line[marker] == ')');
  const bool bullet = marker == 0 && !line.empty() && kBullets.find(line[0]) != std::string_view::npos;
  if (!numbered && !bullet) return false;
  ++marker;
  return marker == line.size() || line[marker] == ' ' || line[marker] == '\t';
}

/// "<div>", "</div>", "<!-- "; not "<https://...>".
bool is_html(std::string_view line) {
  if (line.size() < 2 || line[0] != '<') return false;
  const std::size_t name = line[1] == '/' ? 2 : 1;
  std::size_t end = name;
  while (end < line.size() && std::isalnum(static_cast<unsigned char>(line[end])) != 0) ++end;
  return line[1] == '!' ||
         (end > name && (end == line.size() || std::string_view(" >/").find(line[end]) != std::string_view::npos));
}

/// "[name]: address"
bool is_definition(std::string_view line) {
  return line.starts_with('[') && line.find("]:") != std::string_view::npos && line.find("]:") == line.find(']');
}

/// Cells of a row of a table: what stands between bars that no backslash escapes, outer bars aside.
std::size_t cells_of(std::string_view row) {
  if (row.starts_with('|')) row.remove_prefix(1);
  if (row.ends_with('|') && !row.ends_with("\\|")) row.remove_suffix(1);
  std::size_t cells = 1;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] == '\\')
      ++i;
    else if (row[i] == '|')
      ++cells;
  }
  return cells;
}

class BlockScanner {
 public:
  explicit BlockScanner(std::string_view text) : text_(text) {}

  std::vector<ByteRange> scan() {
    take_front_matter();
    while (at_ < text_.size()) take_block();
    return std::move(found_);
  }

 private:
  std::string_view line(std::size_t begin) const { return without_end(unindented(line_at(text_, begin))); }
  std::size_t next_line(std::size_t begin) const { return line_end(text_, begin); }
  std::size_t indent(std::size_t begin) const {
    const std::string_view whole = line_at(text_, begin);
    return whole.size() - unindented(whole).size() + 3 * static_cast<std::size_t>(whole.starts_with('\t'));
  }

  /// Whether the line at `begin` begins something other than a paragraph, or ends one.
  bool begins_block(std::size_t begin) const {
    const std::string_view here = line(begin);
    return here.empty() || is_heading(here) || is_rule(here) || is_item(here) || here.starts_with('>') ||
           is_html(here) || is_fence(begin) || is_formula(here) || begins_table(begin);
  }
  bool is_fence(std::size_t begin) const { return fence_of(line_at(text_, begin), kAnyIndent).length > 0; }
  static bool is_formula(std::string_view here) { return here.starts_with("$$") || here.starts_with("\\["); }
  bool begins_table(std::size_t begin) const {
    const std::size_t below = next_line(begin);
    const std::string_view head = line(begin);
    return head.find('|') != std::string_view::npos && below < text_.size() && is_delimiter_row(line(below)) &&
           cells_of(head) == cells_of(line(below));
  }

  /// Whether the block here may be indented code: behind a blank line, not in a list.
  bool begins_indented_code() const { return indent(at_) >= 4 && after_blank_ && !in_list_; }

  void take_block() {
    const std::string_view here = line(at_);
    if (here.empty()) return take_blank_line();
    if (indent(at_) == 0 && !is_item(here)) in_list_ = false;
    if (begins_table(at_)) {
      take_table();
    } else if (const Fence fence = fence_of(line_at(text_, at_), kAnyIndent); fence.length > 0) {
      take_whole(end_of_block(text_, next_line(at_), fence, kAnyIndent));
    } else if (begins_indented_code()) {
      take_indented_code();
    } else if (is_formula(here)) {
      take_formula(here);
    } else if (is_heading(here) || is_rule(here) || is_definition(here)) {
      take_whole(next_line(at_));
    } else if (is_html(here)) {
      take_while([&](std::size_t begin) { return !line(begin).empty(); });
    } else if (here.starts_with('>')) {
      take_while([&](std::size_t begin) { return line(begin).starts_with('>') && line(begin) != ">"; });
    } else if (is_item(here) || (in_list_ && indent(at_) > 0)) {
      in_list_ = true;
      take_while([&](std::size_t begin) { return !begins_block(begin); });
    } else {
      take_paragraph();
    }
    after_blank_ = false;
  }

  /// A block that a blank line follows has its line end, whatever becomes of the text after it.
  void take_blank_line() {
    const bool more = !is_blank(text_.substr(at_));
    if (block_end_ == at_ && more) found_.back().end = static_cast<std::uint32_t>(at_);
    at_ = next_line(at_);
    after_blank_ = true;
  }

  void add(std::size_t begin, std::size_t end) {
    const std::string_view content = text_.substr(0, begin + trimmed_size(text_.substr(begin, end - begin)));
    while (begin < content.size() && is_blank(content.substr(begin, 1))) ++begin;
    if (begin < content.size())
      found_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(content.size())});
  }

  void take_whole(std::size_t end) {
    add(at_, end);
    at_ = block_end_ = end;
  }

  /// This line and those after it that `belongs` accepts by where they begin.
  template <typename Belongs>
  void take_while(Belongs belongs) {
    std::size_t end = next_line(at_);
    while (end < text_.size() && belongs(end)) end = next_line(end);
    take_whole(end);
  }

  /// Blank lines between indented ones belong to the code, those behind it do not.
  void take_indented_code() {
    std::size_t end = at_;
    for (std::size_t begin = at_; begin < text_.size() && (indent(begin) >= 4 || line(begin).empty());) {
      const bool blank = line(begin).empty();
      begin = next_line(begin);
      if (!blank) end = begin;
    }
    take_whole(end);
  }

  /// The head with the delimiters, then row by row.
  void take_table() {
    take_whole(next_line(next_line(at_)));
    while (at_ < text_.size() && line(at_).find('|') != std::string_view::npos && !is_fence(at_))
      take_whole(next_line(at_));
  }

  /// To the line that closes it; a formula that nothing closes is one line.
  void take_formula(std::string_view here) {
    const std::string_view close = here.starts_with("$$") ? "$$" : "\\]";
    const std::size_t opener = text_.find(here.substr(0, 2), at_);
    const std::size_t closer = text_.find(close, opener + 2);
    take_whole(next_line(closer == std::string_view::npos ? at_ : closer));
  }

  /// "---" on the very first line, up to the next one.
  void take_front_matter() {
    if (line(0) != "---" || indent(0) > 0) return;
    for (std::size_t begin = next_line(0); begin < text_.size() && !line(begin).empty(); begin = next_line(begin))
      if (line(begin) == "---") return take_whole(next_line(begin));
  }

  /// Text right below a block, without a blank line: the block has its first sentence, and so the line end between.
  void take_paragraph() {
    std::size_t end = next_line(at_);
    while (end < text_.size() && !begins_block(end) && !is_underline(line(end))) end = next_line(end);
    const bool heading = end < text_.size() && is_underline(line(end));
    if (heading) return take_whole(next_line(end));
    const std::string_view paragraph = text_.substr(at_, end - at_);
    if (block_end_ == at_) {
      const std::size_t first = trimmed_size(paragraph.substr(0, sentence_ends(paragraph).front()));
      found_.back().end = static_cast<std::uint32_t>(at_ + first);
    }
    const std::size_t behind_block = found_.empty() ? 0 : found_.back().end;
    for (const ByteRange range : find_markdown_inlines(paragraph))
      if (at_ + range.begin >= behind_block) add(at_ + range.begin, at_ + range.end);
    at_ = end;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t block_end_ = std::string_view::npos;  // behind the line end of the last block
  bool after_blank_ = true, in_list_ = false;
  std::vector<ByteRange> found_;
};

}  // namespace

bool is_delimiter_row(std::string_view line) {
  return line.find('-') != std::string_view::npos && line.find('|') != std::string_view::npos &&
         line.find_first_not_of("|-: \t") == std::string_view::npos;
}

std::vector<ByteRange> find_markdown_blocks(std::string_view text) {
  check_size(text);
  return BlockScanner(text).scan();
}

}  // namespace lingua::text
