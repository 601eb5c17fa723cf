// Links, code spans and tags inside a paragraph of Markdown (CommonMark 0.30, sections 6.1, 6.3, 6.4 and 6.6).
#include <algorithm>

#include "text/fences.hpp"
#include "text/markup.hpp"
#include "text/structure.hpp"

namespace lingua::text {
namespace {

class InlineScanner {
 public:
  explicit InlineScanner(std::string_view text) : text_(text), markup_(text) {}

  std::vector<ByteRange> scan() {
    while (at_ < text_.size()) {
      const std::size_t end = end_of_inline(at_);
      if (end > at_) found_.push_back({static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)});
      at_ = std::max(end, at_ + (text_[at_] == '\\' ? 2 : 1));
    }
    return std::move(found_);
  }

 private:
  /// Behind what begins at `begin`; `begin` where nothing does.
  std::size_t end_of_inline(std::size_t begin) {
    switch (text_[begin]) {
      case '`':
        return end_of_span(begin);
      case '!':
        return begin + 1 < text_.size() && text_[begin + 1] == '[' && end_of_link(begin + 1) > begin + 1
                   ? end_of_link(begin + 1)
                   : begin;
      case '[':
        return end_of_link(begin);
      case '<':
        return markup_.end_at(begin);
      default:
        return begin;
    }
  }

  /// `` `code` ``: as many backticks as at its beginning close it. Others are text, the whole run of them.
  std::size_t end_of_span(std::size_t begin) const {
    const std::string_view near = text_.substr(0, begin + kLongest);
    const std::size_t length = run_length(near, begin, '`');
    for (std::size_t close = near.find('`', begin + length); close != std::string_view::npos;) {
      const std::size_t other = run_length(near, close, '`');
      if (other == length) return close + other;
      close = near.find('`', close + other);
    }
    return begin + length;
  }

  /// "[text](address)", "[text][name]"; a text alone is no link.
  std::size_t end_of_link(std::size_t begin) const {
    const std::size_t text_end = end_of_brackets(begin, '[', ']');
    if (text_end == begin || text_end == text_.size()) return begin;
    const char next = text_[text_end];
    if (next != '(' && next != '[') return begin;
    const std::size_t end = end_of_brackets(text_end, next, next == '(' ? ')' : ']');
    return end == text_end ? begin : end;
  }

  /// Behind the bracket that closes the one at `begin`; `begin` where none does.
  std::size_t end_of_brackets(std::size_t begin, char open, char close) const {
    std::size_t depth = 0;
    for (std::size_t i = begin; i < text_.size() && i < begin + kLongest;) {
      const char c = text_[i];
      if (c == '`') {
        i = end_of_span(i);
        continue;
      }
      depth += c == open ? 1 : 0;
      if (c == close && --depth == 0) return i + 1;
      i += c == '\\' ? 2 : 1;
    }
    return begin;
  }

  static constexpr std::size_t kLongest = 2000;  // bytes; keeps what nothing closes from costing quadratic time

  std::string_view text_;
  MarkupScanner markup_;
  std::size_t at_ = 0;
  std::vector<ByteRange> found_;
};

}  // namespace

std::vector<ByteRange> find_markdown_inlines(std::string_view paragraph) { return InlineScanner(paragraph).scan(); }

}  // namespace lingua::text
