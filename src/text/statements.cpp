// Statements of programs, for languages with brackets, strings and comments of the usual kinds; no grammar. A first
// pass finds what encloses what, a second one the line ends that nothing encloses.
#include <algorithm>
#include <array>
#include <cctype>

#include "text/code_points.hpp"
#include "text/lines.hpp"
#include "text/structure.hpp"

namespace lingua::text {
namespace {

/// Bytes [begin, end) that join the lines that they touch, or, as the braces of a block do, keep them apart.
struct Enclosure {
  std::size_t begin, end;
  bool joins;
};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::ranges::find(words, word) != words.end();
}

/// The name at the beginning of `text`.
std::string_view first_name(std::string_view text) {
  return text.substr(0, static_cast<std::size_t>(std::ranges::find_if_not(text, is_name) - text.begin()));
}

/// The name at the end of `text`.
std::string_view last_name(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && is_name(text[begin - 1])) --begin;
  return text.substr(begin);
}

/// Whether "=" in `statement` sets something: neither "==", "<=" and their like nor the arrow "=>".
bool assigns(std::string_view statement) {
  for (std::size_t i = statement.find('='); i != std::string_view::npos; i = statement.find('=', i + 1)) {
    const char before = i > 0 ? statement[i - 1] : ' ', behind = i + 1 < statement.size() ? statement[i + 1] : ' ';
    constexpr std::string_view kComparisons = "=!<>";
    if (behind != '=' && behind != '>' && kComparisons.find(before) == std::string_view::npos) return true;
  }
  return false;
}

/// Reads a program once and collects what encloses something.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<Enclosure> read() {
    while (at_ < text_.size()) {
      if (!take_comment() && !take_string()) take_character();
    }
    std::ranges::sort(found_, {}, &Enclosure::begin);
    return std::move(found_);
  }

 private:
  struct Bracket {
    std::size_t begin;
    char opener;
    bool joins;
  };

  bool is_at(std::string_view mark) const { return text_.substr(at_).starts_with(mark); }
  char before() const { return at_ > 0 ? text_[at_ - 1] : '\n'; }
  bool follows_space() const { return before() == '\n' || before() == ' ' || before() == '\t'; }
  std::size_t this_line_end() const { return std::min(text_.find('\n', at_), text_.size()); }

  /// Line comments end before the backslash that continues them.
  bool take_comment() {
    if (is_at("/*") && (follows_space() || before() == ';' || before() == ')')) return take_span("*/", 2);
    if (is_at("<!--")) return take_span("-->", 4);
    const bool line = (is_at("#") && !is_at("#[")) || is_at("//") || is_at("-- ");
    if (!line || !follows_space()) return false;
    const std::size_t end = this_line_end();
    const std::string_view comment = without_end(text_.substr(at_, end - at_));
    at_ += comment.size() - (comment.ends_with('\\') ? 1 : 0);
    return true;
  }

  /// From here to `mark`, `skip` bytes at the least; false where there is none.
  bool take_span(std::string_view mark, std::size_t skip) {
    const std::size_t close = text_.find(mark, at_ + skip);
    if (close == std::string_view::npos) return false;
    add(at_, close + mark.size(), true);
    at_ = close + mark.size();
    significant_ = at_;
    return true;
  }

  /// A quotation mark that nothing closes is none; those of one character close on their line.
  bool take_string() {
    const char mark = text_[at_];
    if (mark != '"' && mark != '\'' && mark != '`') return false;
    if (mark == '\'' && !may_open_quotation()) return false;
    const std::string_view three = text_.substr(at_, 3);
    if (mark != '`' && three == std::string(3, mark)) return take_span(three, 3);
    const std::size_t limit = mark == '`' ? text_.size() : this_line_end();
    for (std::size_t i = at_ + 1; i < limit; ++i) {
      if (text_[i] == '\\') ++i;
      if (i >= limit || text_[i] != mark) continue;
      add(at_, i + 1, true);
      significant_ = at_ = i + 1;
      return true;
    }
    return false;
  }

  /// Not an apostrophe ("don't"), a separator of digits ("1'000") or a lifetime ("&'a").
  bool may_open_quotation() const {
    const std::string_view prefix = last_name(text_.substr(0, at_));
    const bool names_kind = prefix.find_first_not_of("rRbBuUfFL8") == std::string_view::npos;
    return names_kind && before() != '&' && before() != '<';
  }

  void take_character() {
    const char c = text_[at_];
    if (c == '(' || c == '[' || c == '{') open_.push_back({at_, c, c != '{' || !opens_block()});
    if (c == ')' || c == ']' || c == '}') close(c == ')' ? '(' : c == ']' ? '[' : '{');
    if (c == '\\' && is_blank(text_.substr(at_ + 1, this_line_end() - at_ - 1)))
      add(at_, std::min(this_line_end() + 1, text_.size()), true);
    if (c == '\n' && (open_.empty() || !open_.back().joins)) statement_ = at_ + 1;
    ++at_;
    if (!is_white_space(static_cast<unsigned char>(c))) significant_ = at_;
  }

  /// Closes the bracket that was opened last with `opener`. Those after it that nothing closed are no brackets; what
  /// stands before the block around is out of reach.
  void close(char opener) {
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (open_[i].opener == opener) {
        add(open_[i].begin, at_ + 1, open_[i].joins);
        open_.resize(i);
        return;
      }
      if (open_[i].opener == '{') return;
    }
  }

  /// Whether the brace here begins a block of statements, not a value.
  bool opens_block() const {
    constexpr std::array<std::string_view, 9> kControl{"if",   "for",   "while", "switch", "match",
                                                       "else", "catch", "with",  "unless"};
    constexpr std::array<std::string_view, 9> kIntroducing{"else",   "do",   "try",       "finally", "class",
                                                           "struct", "enum", "interface", "loop"};
    const std::string_view before = text_.substr(0, significant_);
    const char last = before.empty() ? ';' : before.back();
    const bool in_value = !open_.empty() && open_.back().joins;
    if (before.ends_with("=>") || before.ends_with("->")) return true;
    constexpr std::string_view kOperators = "=([,:?&+$";
    if (kOperators.find(last) != std::string_view::npos) return false;
    if (last == '{' || last == '}' || last == ';') return !in_value;
    if (last == ')' || last == ']' || last == '|' || is_one_of(last_name(before), kIntroducing)) return true;
    if (significant_ <= statement_) return !in_value;
    const std::string_view statement = unindented(before.substr(statement_));
    if (is_one_of(first_name(statement), kControl)) return true;
    return !in_value && first_name(statement) != "return" && !assigns(statement);
  }

  void add(std::size_t begin, std::size_t end, bool joins) { found_.push_back({begin, end, joins}); }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t significant_ = 0;  // behind the last character that is neither white space nor comment
  std::size_t statement_ = 0;    // where the statement here began, as far as is known
  std::vector<Bracket> open_;
  std::vector<Enclosure> found_;
};

/// Tells of ascending offsets whether the innermost enclosure around them joins lines.
class Joints {
 public:
  explicit Joints(std::vector<Enclosure> enclosures) : enclosures_(std::move(enclosures)) {}

  bool joined_at(std::size_t offset) {
    for (; next_ < enclosures_.size() && enclosures_[next_].begin <= offset; ++next_)
      if (enclosures_[next_].end > offset) around_.push_back(enclosures_[next_]);
    while (!around_.empty() && around_.back().end <= offset) around_.pop_back();
    return !around_.empty() && around_.back().joins;
  }

 private:
  std::vector<Enclosure> enclosures_, around_;
  std::size_t next_ = 0;
};

}  // namespace

bool is_hunk(std::string_view line) {
  return line.starts_with("@@ -") && line.find(" @@", 4) != std::string_view::npos && line.find(" +") < line.size();
}

std::vector<ByteRange> find_statements(std::string_view text) {
  check_size(text);
  std::vector<ByteRange> lines = find_lines(text);
  const auto is_hunk_at = [&](const ByteRange& line) { return is_hunk(line_at(text, line.begin)); };
  if (std::ranges::any_of(lines, is_hunk_at)) return lines;
  Joints joints(Reader(text).read());
  std::vector<ByteRange> statements;
  bool goes_on = false;
  for (const ByteRange line : lines) {
    if (goes_on) {
      statements.back().end = line.end;
    } else {
      statements.push_back(line);
    }
    goes_on = joints.joined_at(line_end(text, line.end) - 1);
  }
  return statements;
}

}  // namespace lingua::text
