// Any bytes as text: cuts tile it, ranges are sound, nothing throws, and what was UTF-8 stays so.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <lingua/error.hpp>
#include <lingua/log_fold.hpp>
#include <lingua/prompt.hpp>
#include <lingua/sections.hpp>
#include <string_view>
#include <vector>

#include "require.hpp"
#include "text/protect.hpp"
#include "text/segment.hpp"
#include "text/structure.hpp"
#include "text/utf8.hpp"

namespace {

using lingua::fuzz::require;
using namespace lingua::text;

void check_ends(std::string_view text, const std::vector<std::uint32_t>& ends, bool valid) {
  std::uint32_t before = 0;
  for (const std::uint32_t end : ends) {
    require(end > before, "ends ascend");
    require(!valid || is_code_point_boundary(text, end), "ends lie between code points");
    before = end;
  }
  require(before == text.size(), "pieces tile the text");
}

void check_ranges(std::string_view text, const std::vector<ByteRange>& ranges, bool valid) {
  std::uint32_t before = 0;
  for (const ByteRange& range : ranges) {
    require(before <= range.begin && range.begin < range.end && range.end <= text.size(), "ranges ascend");
    require(!valid || (is_code_point_boundary(text, range.begin) && is_code_point_boundary(text, range.end)),
            "ranges lie between code points");
    before = range.end;
  }
}

void check_tags(std::string_view text) {
  try {
    const lingua::SectionedPrompt prompt = lingua::parse_tags(text);
    std::size_t bytes = 0;
    for (const lingua::Section& section : prompt.sections) {
      require(section.group < prompt.rates.size(), "sections have a group");
      require(text.find(section.text.substr(0, 1)) != text.npos, "sections are pieces of the text");
      bytes += section.text.size();
    }
    require(bytes <= text.size(), "sections are no longer than the text");
  } catch (const lingua::Error& error) {
    require(error.code() == lingua::ErrorCode::input_malformed, "the error is input_malformed");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const bool valid = !find_invalid_utf8(text);
  const auto words = word_ends(text), sentences = sentence_ends(text);
  check_ends(text, words, valid);
  check_ends(text, sentences, valid);
  check_ends(text, paragraph_ends(text), valid);
  require(std::includes(words.begin(), words.end(), sentences.begin(), sentences.end()),
          "sentence ends are word ends");
  for (const auto find : {find_numbers, find_negations, find_identifiers, find_quotations, find_code, find_names})
    check_ranges(text, find(text), valid);
  using lingua::TextKind;
  for (const auto kind : {TextKind::automatic, TextKind::markdown, TextKind::code, TextKind::log}) {
    check_ranges(text, find_whole(text, kind), valid);
    check_ends(text, paragraph_ends(text, kind), valid);
    check_ends(text, cut_around(words, find_whole(text, kind), text), valid);
  }
  require(lingua::unfold_log(lingua::fold_log(text)) == text, "a log comes back from its fold");
  check_tags(text);
  if (valid) {
    std::string joined;
    for (const std::string& piece : lingua::split(text, lingua::Split::sentence)) joined += piece;
    require(joined == text, "split pieces are the text");
  }
  return 0;
}
