// A scanner by hand for the strict shape of a tag, so that "a < b" and "x <y" in prose are none.
#include "text/markup.hpp"

#include <algorithm>
#include <cctype>

#include "text/code_points.hpp"
#include "text/lines.hpp"

namespace lingua::text {
namespace {

constexpr std::size_t kLongestTag = 4000;  // bytes of a tag; keeps what nothing closes from costing quadratic time

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_blank_byte(char c) { return kBlanks.find(c) != std::string_view::npos; }

bool continues_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("-_:.").find(c) != std::string_view::npos;
}

/// Reads the inside of one tag; every step says whether it found what it is named after.
class TagReader {
 public:
  TagReader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(char c) {
    const bool is = here() == c && at_ < text_.size();
    at_ += is ? 1 : 0;
    return is;
  }
  bool take_space() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_blank_byte(here())) ++at_;
    return at_ > begin;
  }
  bool take_name(std::string_view also_first = {}) {
    if (!is_letter(here()) && also_first.find(here()) == std::string_view::npos) return false;
    ++at_;
    while (at_ < text_.size() && continues_name(here())) ++at_;
    return true;
  }
  /// name, name=value, name='value', name="value"
  bool take_attribute() {
    if (!take_name("_:@*")) return false;
    const std::size_t behind_name = at_;
    take_space();
    if (!take('=')) {
      at_ = behind_name;
      return true;
    }
    take_space();
    return take_value();
  }

 private:
  bool take_value() {
    const char mark = here();
    const bool quoted = mark == '"' || mark == '\'';
    const std::size_t begin = at_ + (quoted ? 1 : 0);
    const std::size_t end = quoted ? text_.find(mark, begin) : text_.find_first_of(" \t\r\n\"'=<>`", begin);
    if (end == std::string_view::npos || (!quoted && end == begin)) return false;
    at_ = end + (quoted ? 1 : 0);
    return true;
  }

  std::string_view text_;
  std::size_t at_;
};

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

std::size_t MarkupScanner::tag_end(std::size_t begin) const {
  TagReader tag(text_.substr(0, std::min(text_.size(), begin + kLongestTag)), begin + 1);
  const bool closing = tag.take('/');
  if (!tag.take_name()) return begin;
  while (tag.take_space() && !closing && tag.here() != '/' && tag.here() != '>')
    if (!tag.take_attribute()) return begin;
  if (!closing) tag.take('/');
  return tag.take('>') ? tag.at() : begin;
}

std::size_t MarkupScanner::address_end(std::size_t begin) const {
  const std::string_view inside = text_.substr(begin + 1, kLongestTag);
  const std::size_t close = inside.find_first_of("<> \t\r\n");
  if (close == std::string_view::npos || inside[close] != '>') return begin;
  const std::size_t sign = inside.substr(0, close).find_first_of(":@");
  return sign != std::string_view::npos && sign > 0 && sign + 1 < close ? begin + 1 + close + 1 : begin;
}

std::size_t MarkupScanner::behind(std::string_view mark, std::size_t from, bool& gone) const {
  if (gone) return 0;
  const std::size_t found = text_.find(mark, from);
  gone = found == std::string_view::npos;
  return gone ? 0 : found + mark.size();
}

std::size_t MarkupScanner::raw_end(std::string_view name, std::size_t from) {
  const bool script = equal_ignoring_case(name, "script"), style = equal_ignoring_case(name, "style");
  if (!script && !style) return 0;
  bool& gone = script ? no_script_ : no_style_;
  std::size_t close = from;
  while (!gone && (close = behind("</", close, gone)) > 0)
    if (equal_ignoring_case(text_.substr(close, name.size()), name)) return tag_end(close - 2);
  gone = true;
  return 0;
}

std::size_t MarkupScanner::end_at(std::size_t begin) {
  const std::string_view near = text_.substr(begin, 16);
  if (near.starts_with("<!--")) return std::max(begin, behind("-->", begin + 4, no_comment_));
  if (near.starts_with("<![CDATA[")) return std::max(begin, behind("]]>", begin + 9, no_data_));
  if (near.starts_with("<?")) return std::max(begin, behind("?>", begin + 2, no_instruction_));
  if (near.starts_with("<!") && near.size() > 2 && is_letter(near[2])) {
    const std::size_t close = text_.substr(0, begin + std::min(kLongestTag, text_.size() - begin)).find('>', begin);
    return close == std::string_view::npos ? begin : close + 1;
  }
  const std::size_t end = tag_end(begin);
  if (end == begin) return address_end(begin);
  const std::size_t name_end = near.find_first_of("> \t\r\n/", 1);
  if (near[1] == '/' || name_end == std::string_view::npos || text_[end - 2] == '/') return end;
  return std::max(end, raw_end(near.substr(1, name_end - 1), end));
}

std::vector<ByteRange> find_markup(std::string_view text) {
  check_size(text);
  MarkupScanner scanner(text);
  std::vector<ByteRange> found;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    const std::size_t end = scanner.end_at(at);
    if (end > at) found.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
    at = std::max(end, at + 1);
  }
  return found;
}

}  // namespace lingua::text
