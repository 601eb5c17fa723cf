// Code as Markdown marks it (CommonMark 0.30, sections 4.5 and 6.1): fenced blocks, and spans between backticks.
#include <algorithm>
#include <utility>

#include "text/code_points.hpp"
#include "text/fences.hpp"
#include "text/lines.hpp"
#include "text/protect.hpp"

namespace lingua::text {
namespace {

class CodeScanner {
 public:
  explicit CodeScanner(std::string_view text) : text_(text) {}

  std::vector<ByteRange> scan() {
    std::size_t paragraph = 0;  // where the lines since the last block began
    for (std::size_t begin = 0; begin < text_.size();) {
      const std::size_t end = line_end(text_, begin);
      const std::string_view line = text_.substr(begin, end - begin);
      const Fence fence = fence_of(line);
      if (fence.length > 0 || is_blank(line)) add_spans(std::exchange(paragraph, end), begin);
      if (fence.length > 0) {
        paragraph = end_of_block(text_, end, fence);
        add(begin, paragraph);
      }
      begin = std::max(end, paragraph);
    }
    add_spans(paragraph, text_.size());
    return std::move(found_);
  }

 private:
  /// Spans between two runs of equally many backticks, inside one paragraph.
  void add_spans(std::size_t begin, std::size_t end) {
    const std::string_view part = text_.substr(0, end);
    for (std::size_t open = part.find('`', begin); open != std::string_view::npos; open = part.find('`', begin)) {
      const std::size_t length = run_length(part, open, '`');
      begin = open + length;
      for (std::size_t close = part.find('`', begin); close != std::string_view::npos;) {
        const std::size_t other = run_length(part, close, '`');
        if (other == length) {
          begin = close + other;
          add(open, begin);
          break;
        }
        close = part.find('`', close + other);
      }
    }
  }

  void add(std::size_t begin, std::size_t end) {
    found_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }

  std::string_view text_;
  std::vector<ByteRange> found_;
};

}  // namespace

std::vector<ByteRange> find_code(std::string_view text) {
  check_size(text);
  return CodeScanner(text).scan();
}

}  // namespace lingua::text
