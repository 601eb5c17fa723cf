// The tags of structured prompts. A scanner by hand: the text between tags may be any markup, so no XML parser will
// do.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <lingua/error.hpp>
#include <lingua/sections.hpp>
#include <utility>

namespace lingua {
namespace {

constexpr std::string_view kOpen = "<llmlingua", kClose = "</llmlingua>", kSpace = " \t\r\n";

struct Tag {
  std::optional<double> rate;
  bool compress = true;

  /// compress=False goes before a rate, as in the original.
  std::optional<double> share() const { return compress ? rate : 1.0; }
};

class TagReader {
 public:
  explicit TagReader(std::string_view text) : text_(text) {}

  SectionedPrompt read() {
    while (at_ < text_.size()) {
      const std::size_t begin = std::exchange(at_, next_tag(at_));
      add_section(begin, at_, std::nullopt);
      if (at_ < text_.size()) take_element(at_);
    }
    if (!indent_.empty()) prompt_.sections.push_back({std::move(indent_)});
    return std::move(prompt_);
  }

 private:
  [[noreturn]] void fail(std::size_t offset, const std::string& what) const {
    const std::string_view before = text_.substr(0, offset);
    const auto lines = std::ranges::count(before, '\n');
    const std::size_t line_begin = before.rfind('\n') + 1;  // 0 on the first line
    const auto column = std::ranges::count_if(before.substr(line_begin), [](char c) { return (c & 0xC0) != 0x80; });
    throw Error(ErrorCode::input_malformed, fmt::format("line {}, column {}: {}", lines + 1, column + 1, what));
  }

  bool opens_at(std::size_t offset) const {
    const std::string_view rest = text_.substr(offset);
    return rest.starts_with(kOpen) && rest.size() > kOpen.size() &&
           (rest[kOpen.size()] == '>' || rest[kOpen.size()] == ',' || kSpace.find(rest[kOpen.size()]) != kSpace.npos);
  }

  /// The first opening or closing tag at or behind `offset`; the end of the text when there is none.
  std::size_t next_tag(std::size_t offset) const {
    for (; (offset = text_.find('<', offset)) != std::string_view::npos; ++offset)
      if (opens_at(offset) || text_.substr(offset).starts_with(kClose)) return offset;
    return text_.size();
  }

  /// An opening tag at `open`, its text and its closing tag.
  void take_element(std::size_t open) {
    if (!opens_at(open)) fail(open, "</llmlingua> closes a tag that was never opened");
    at_ = open + kOpen.size();
    const Tag tag = take_attributes(open);
    const std::size_t begin = at_, end = next_tag(at_);
    if (end == text_.size()) fail(open, "<llmlingua> is never closed: </llmlingua> is missing");
    if (opens_at(end)) fail(end, "<llmlingua> inside <llmlingua>: the tags cannot be nested");
    add_section(begin, end, tag.share());
    at_ = end + kClose.size();
  }

  Tag take_attributes(std::size_t open) {
    Tag tag;
    bool has_rate = false, has_compress = false;
    for (;;) {
      at_ = std::min(text_.find_first_not_of(" \t\r\n,", at_), text_.size());
      if (at_ == text_.size()) fail(open, "<llmlingua has no end: > is missing");
      if (text_[at_] == '>') break;
      const std::size_t begin = at_;
      const auto [name, value] = take_attribute(open);
      bool& seen = name == "rate" ? has_rate : has_compress;
      if (name != "rate" && name != "compress")
        fail(begin, fmt::format("unknown attribute '{}'; <llmlingua> has rate and compress", name));
      if (std::exchange(seen, true)) fail(begin, fmt::format("{} is given twice", name));
      if (name == "rate") tag.rate = rate_of(value, begin);
      if (name == "compress") tag.compress = truth_of(value, begin);
    }
    ++at_;
    return tag;
  }

  /// name = value, spaces and quotes around the value allowed.
  std::pair<std::string_view, std::string_view> take_attribute(std::size_t open) {
    const std::size_t equals = text_.find_first_of("=>", at_);
    if (equals == std::string_view::npos) fail(open, "<llmlingua has no end: > is missing");
    const std::string_view name = trimmed(text_.substr(at_, equals - at_));
    if (text_[equals] == '>') fail(at_, fmt::format("'{}' has no value; expected rate=X or compress=False", name));
    std::size_t begin = std::min(text_.find_first_not_of(kSpace, equals + 1), text_.size());
    const bool quoted = begin < text_.size() && (text_[begin] == '"' || text_[begin] == '\'');
    const std::size_t end = quoted ? text_.find(text_[begin], begin + 1) : text_.find_first_of(" \t\r\n,>", begin);
    if (end == std::string_view::npos) fail(open, "<llmlingua has no end: > is missing");
    begin += quoted ? 1 : 0;
    at_ = end + (quoted ? 1 : 0);
    return {name, text_.substr(begin, end - begin)};
  }

  static std::string_view trimmed(std::string_view text) {
    const std::size_t last = text.find_last_not_of(kSpace);
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
  }

  double rate_of(std::string_view value, std::size_t place) const {
    const std::string number(value);
    char* end = nullptr;
    const double rate = std::strtod(number.c_str(), &end);
    if (number.empty() || *end != '\0' || !(rate >= 0 && rate <= 1))
      fail(place, fmt::format("rate is '{}', not a number from 0 to 1", value));
    return rate;
  }

  bool truth_of(std::string_view value, std::size_t place) const {
    if (value == "True" || value == "true") return true;
    if (value == "False" || value == "false") return false;
    fail(place, fmt::format("compress is '{}', neither True nor False", value));
  }

  /// White space alone ends the section before it, as separators do; at the very beginning it belongs to the next
  /// one.
  void add_section(std::size_t begin, std::size_t end, std::optional<double> rate) {
    const std::string_view text = text_.substr(begin, end - begin);
    const bool blank = trimmed(text).empty();
    if (blank && !prompt_.sections.empty()) prompt_.sections.back().text += text;
    if (blank && prompt_.sections.empty()) indent_ += text;
    if (blank) return;
    if (rate) prompt_.rates.push_back(rate);
    prompt_.sections.push_back({std::exchange(indent_, {}).append(text), rate ? prompt_.rates.size() - 1 : 0});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string indent_;  // white space before the first section
  SectionedPrompt prompt_;
};

}  // namespace

SectionedPrompt parse_tags(std::string_view text) { return TagReader(text).read(); }

}  // namespace lingua
