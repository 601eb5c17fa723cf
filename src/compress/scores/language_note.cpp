// Bits per letter tell languages that are known from those that are not; bits per byte do not, because a letter has
// one byte in English and three in Hindi.
#include "compress/scores/language_note.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <span>

#include "text/script.hpp"

namespace lingua::compress {
namespace {

/// What Gemma 3 needs for languages that it knows.
constexpr double kBitsOfLetter = 1.25, kBitsOfSyllable = 3.6;

/// From where on a language counts as unknown, where the vocabulary was not made for it either, and where it may have
/// been: English stories have up to 1.7 with SmolLM2, French 1.4 to 2.
constexpr double kUnknown = 1.4, kSurelyUnknown = 2;

/// Expected bits from which on there are words enough to judge: forty of English.
constexpr double kEnough = 250;

/// Words have this share of the bytes of prose; of programs they have less.
constexpr double kProse = 0.4;

/// Tokens by expected bit, beyond which a vocabulary was not made for a language. With SmolLM2 English has 0.2 to
/// 0.27, what is next to it (French, Italian, Spanish) 0.3 or more.
constexpr double kManyTokens = 0.28;

/// Tokens to score where nothing was.
constexpr std::size_t kSample = 256;

/// Sums over those words of contexts that consist of letters, and over all text around them.
struct Words {
  double bits = 0, expected = 0;
  std::size_t tokens = 0, bytes = 0, all_bytes = 0;

  bool have_many_tokens() const { return static_cast<double>(tokens) >= kManyTokens * expected; }
  bool are_unknown() const { return bits >= (have_many_tokens() ? kUnknown : kSurelyUnknown) * expected; }
  bool are_enough() const {
    return expected >= kEnough && static_cast<double>(bytes) >= kProse * static_cast<double>(all_bytes);
  }
};

/// `surprisals` are those of `part`; what has none (NaN) does not count.
void add(Words& words, const Part& part, std::span<const float> surprisals) {
  for (const auto& [tokens, guard] : part.units) {
    const auto scores = surprisals.subspan(tokens.begin, tokens.size());
    const double nats = std::accumulate(scores.begin(), scores.end(), 0.0);
    if (std::isnan(nats)) continue;
    const auto word = part.text_of(tokens);
    words.all_bytes += word.size();
    const auto letters = text::letters_of(word);
    if (letters.alphabetic + letters.syllabic == 0) continue;
    words.bits += nats / std::numbers::ln2;
    words.expected += kBitsOfLetter * static_cast<double>(letters.alphabetic) +
                      kBitsOfSyllable * static_cast<double>(letters.syllabic);
    words.tokens += tokens.size();
    words.bytes += word.size();
  }
}

Words words_of(const TokenizedPrompt& prompt, const Surprisals& surprisals) {
  Words words;
  for (std::size_t p = 0; p < prompt.parts.size(); ++p)
    if (prompt.parts[p].role == Role::context) add(words, prompt.parts[p], surprisals[p]);
  return words;
}

/// The words at the beginning of the longest context, scored if that may tell anything.
Words sample_of(const TokenizedPrompt& prompt, Scorer& scorer) {
  const auto length = [](const Part& part) { return part.role == Role::context ? part.tokens.size() : 0; };
  const auto& part = *std::ranges::max_element(prompt.parts, {}, length);
  const auto count = std::min(kSample, length(part));
  std::vector<float> surprisals(part.tokens.size(), std::numeric_limits<float>::quiet_NaN());
  Words words;
  std::fill_n(surprisals.begin(), count, 0.0F);
  add(words, part, surprisals);
  if (!words.are_enough() || !words.have_many_tokens()) return {};
  scorer.score(ids_of(std::span(part.tokens).first(count)), std::span(surprisals).first(count));
  scorer.truncate(0);
  words = {};
  add(words, part, surprisals);
  return words;
}

}  // namespace

std::optional<std::string> language_note(const TokenizedPrompt& prompt, const Surprisals& surprisals,
                                         Scorer* scorer) {
  auto words = words_of(prompt, surprisals);
  if (!words.are_enough() && scorer != nullptr) words = sample_of(prompt, *scorer);
  if (!words.are_enough() || !words.are_unknown()) return {};
  return fmt::format(
      "the model hardly knows the language of this text (its words cost {:.1f} times the bits of a known one): "
      "a multilingual model, such as Gemma 3, chooses better",
      words.bits / words.expected);
}

}  // namespace lingua::compress
