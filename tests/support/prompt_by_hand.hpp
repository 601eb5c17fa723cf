// Prompts made by hand, for tests of single steps of the method: sentences of a given length whose tokens all have
// the same surprisal. Every token is one byte, and a unit of its own.
#pragma once

#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "compress/prompt/tokenized_prompt.hpp"
#include "compress/scores/coarse.hpp"

namespace lingua::test {

struct SentenceByHand {
  std::uint32_t tokens;
  float surprisal;
};

struct PromptByHand {
  compress::TokenizedPrompt prompt;
  compress::Surprisals surprisals;

  PromptByHand& add(Role role, const std::vector<SentenceByHand>& sentences) {
    static const std::string kText(10000, 'x');
    compress::Part part{.role = role,
                        .kind = TextKind::prose,
                        .text = {},
                        .tokens = {},
                        .units = {},
                        .sentences = {},
                        .separator = {}};
    std::vector<float> scores;
    std::uint32_t end = 0;
    for (const auto& sentence : sentences) {
      part.sentences.push_back({end, end + sentence.tokens});
      for (const auto last = end + sentence.tokens; end < last; ++end) {
        part.tokens.push_back({'x', end, end + 1});
        part.units.push_back({{end, end + 1}});
        scores.push_back(sentence.surprisal);
      }
    }
    part.separator = {end, end};
    part.text = std::string_view(kText).substr(0, end);
    prompt.parts.push_back(std::move(part));
    surprisals.push_back(std::move(scores));
    return *this;
  }

  /// Makes the last sentence of the last part white space that separates it from the next.
  PromptByHand& with_separator() {
    auto& part = prompt.parts.back();
    part.separator = part.sentences.back();
    part.sentences.pop_back();
    return *this;
  }

  /// Guards `count` tokens of part `part` from token `begin` on.
  PromptByHand& guard(std::size_t part, std::size_t begin, std::size_t count, Guard guard) {
    for (auto token = begin; token < begin + count; ++token) prompt.parts[part].units[token].guard = guard;
    return *this;
  }
};

/// "0[5,9)": tokens 5 to 8 of part 0.
inline std::string show(std::size_t part, compress::TokenRange range) {
  std::ostringstream out;
  out << part << '[' << range.begin << ',' << range.end << ')';
  return out.str();
}

}  // namespace lingua::test
