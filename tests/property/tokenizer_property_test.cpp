// Tokenizers against slower implementations that share no code with them, on random vocabularies and texts: merging
// by trying all pairs, and words by ICU's regular expressions. Ranges must tile any bytes.
#include <gtest/gtest.h>

#include <unicode/regex.h>

#include <algorithm>
#include <future>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "model/pretokenizer.hpp"
#include "support/vocabulary.hpp"

namespace lingua::model {
namespace {

using test::OwnVocabulary;

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}

  std::size_t below(std::size_t limit) { return engine_() % limit; }

  template <typename T>
  const T& one_of(const std::vector<T>& values) {
    return values[below(values.size())];
  }

  std::string text(const std::vector<std::string>& pieces, std::size_t longest) {
    std::string text;
    for (std::size_t n = below(longest); n > 0; --n) text += one_of(pieces);
    return text;
  }

 private:
  std::mt19937 engine_;
};

const std::vector<std::string> kLetters{"a", "b", "c", "d"};

/// Merges the best pair, then looks at all of them again. Texts of symbols, no ids.
std::vector<std::string> merge_naively(std::vector<std::string> symbols,
                                       const std::map<std::pair<std::string, std::string>, std::size_t>& ranks) {
  while (true) {
    std::size_t best = ranks.size(), at = 0;
    for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
      const auto found = ranks.find({symbols[i], symbols[i + 1]});
      if (found != ranks.end() && found->second < best) best = found->second, at = i;
    }
    if (best == ranks.size()) return symbols;
    symbols[at] += symbols[at + 1];
    symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(at) + 1);
  }
}

TEST(TokenizerProperty, ByteLevelMergesLikeTryingAllPairs) {
  Random random(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> tokens = kLetters, merges;
    std::map<std::pair<std::string, std::string>, std::size_t> ranks;
    while (ranks.size() < 20) {
      const std::string left = random.one_of(tokens), right = random.one_of(tokens);
      if (std::ranges::find(tokens, left + right) != tokens.end() ||
          !ranks.try_emplace({left, right}, ranks.size()).second) {
        continue;
      }
      tokens.push_back(left + right);
      merges.push_back(left + "+" + right);
    }
    // Ranks in another order than that in which the tokens can be built: merges open better ones.
    std::ranges::shuffle(merges, std::mt19937(static_cast<unsigned>(round)));
    for (std::size_t rank = 0; rank < merges.size(); ++rank) {
      const std::size_t plus = merges[rank].find('+');
      ranks[{merges[rank].substr(0, plus), merges[rank].substr(plus + 1)}] = rank;
    }
    const auto tokenizer = test::byte_level(merges).tokenizer();
    for (int i = 0; i < 50; ++i) {
      const std::string word = random.text(kLetters, 60);
      std::vector<std::string> symbols;
      for (const char c : word) symbols.emplace_back(1, c);
      std::string expected;
      for (const std::string& symbol : merge_naively(symbols, ranks))
        expected += (expected.empty() ? "" : "|") + symbol;
      ASSERT_EQ(test::cut(word, tokenizer->tokenize(word)), expected);
    }
  }
}

/// All of a text at once, without words: what merges to the highest score, leftmost first, is merged.
std::string pieces_naively(const OwnVocabulary& own, const std::string& text) {
  std::map<std::string, float> scores;
  for (std::size_t id = 259; id < own.tokens.size(); ++id) scores[own.tokens[id]] = own.scores[id];
  std::vector<std::string> symbols;
  for (const char c : text) symbols.push_back(c == ' ' ? "▁" : std::string(1, c));
  while (true) {
    std::size_t best = symbols.size();
    for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
      const std::string merged = symbols[i] + symbols[i + 1];
      if (!scores.contains(merged)) continue;
      if (best == symbols.size() || scores[merged] > scores[symbols[best] + symbols[best + 1]]) best = i;
    }
    if (best == symbols.size()) break;
    symbols[best] += symbols[best + 1];
    symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(best) + 1);
  }
  std::string joined;
  for (const std::string& symbol : symbols) joined += (joined.empty() ? "" : "|") + symbol;
  return joined;
}

TEST(TokenizerProperty, SentencePieceMergesLikeTryingAllPairsOfTheWholeText) {
  Random random(2);
  const std::vector<std::string> spelled{"a", "b", "c", "▁"}, typed{"a", "b", "c", " "};
  for (int round = 0; round < 200; ++round) {
    OwnVocabulary own = test::sentence_pieces(spelled);
    for (int i = 0; i < 25; ++i) {
      const std::string piece = random.text(spelled, 5);
      if (piece.empty() || std::ranges::find(own.tokens, piece) != own.tokens.end()) continue;
      own.add(piece, TokenKind::normal, static_cast<float>(random.below(12)) - 6.0F);  // some are equal
    }
    const auto tokenizer = own.tokenizer();
    for (int i = 0; i < 50; ++i) {
      const std::string text = random.text(typed, 60);
      const std::vector<Token> tokens = tokenizer->tokenize(text);
      std::string joined;
      for (const Token& token : tokens) {
        joined += (joined.empty() ? "" : "|") + own.tokens[static_cast<std::size_t>(token.id)];
      }
      ASSERT_EQ(joined, pieces_naively(own, text));
      ASSERT_TRUE(test::tile(tokens, text.size()));
    }
  }
}

/// Cuts texts at the matches of a pattern that has an alternative for everything.
class Regex {
 public:
  explicit Regex(const std::string& pattern) : matcher_(icu::UnicodeString::fromUTF8(pattern), 0, status_) {}

  std::vector<std::string> words(const std::string& text) {
    const icu::UnicodeString input = icu::UnicodeString::fromUTF8(text);
    matcher_.reset(input);
    std::vector<std::string> words;
    while (matcher_.find()) matcher_.group(status_).toUTF8String(words.emplace_back());
    EXPECT_TRUE(U_SUCCESS(status_));
    return words;
  }

 private:
  UErrorCode status_ = U_ZERO_ERROR;
  icu::RegexMatcher matcher_;
};

std::vector<std::string> words_by_scanner(PreTokenizer rule, const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = word_end(rule, text, begin);
    words.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

// The regular expressions of pretokenizer.hpp. ICU's \s lacks two characters of White_Space.
const std::string kSpace = "\\p{White_Space}", kOther = "[^\\p{White_Space}\\p{L}\\p{N}]";
const std::string kTail = "|" + kSpace + "+(?!" + "[^\\p{White_Space}]" + ")|" + kSpace + "+";
const std::string kGpt2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?" + kOther + "+" + kTail;

std::string llama_style(const std::string& numbers) {
  return "'[sStTmMdD]|'[rR][eE]|'[vV][eE]|'[lL][lL]|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|" + numbers + "| ?" + kOther +
         "+[\\r\\n]*|" + kSpace + "*[\\r\\n]+" + kTail;
}

TEST(TokenizerProperty, WordsAreThoseOfTheRegularExpressions) {
  const std::vector<std::string> pieces{
      " ", " ", "\n", "\r", "\t", "a", "B", "é", "中", "1", "9",      "½",      "'",      "s", "S",      "re", "LL",
      "v", "e", ".",  "-",  "…",  "👍", "_", "٣", "\v", "́",  "\u00A0", "\u3000", "\u2028", "<", "\u0085", "|"};
  Regex gpt2(kGpt2), qwen2(llama_style("\\p{N}")), llama3(llama_style("\\p{N}{1,3}")), parts("\\p{N}|\\P{N}+");
  Random random(3);
  for (int i = 0; i < 5000; ++i) {
    const std::string text = random.text(pieces, 30);
    ASSERT_EQ(words_by_scanner(PreTokenizer::gpt2, text), gpt2.words(text)) << text;
    ASSERT_EQ(words_by_scanner(PreTokenizer::qwen2, text), qwen2.words(text)) << text;
    ASSERT_EQ(words_by_scanner(PreTokenizer::llama3, text), llama3.words(text)) << text;
    std::vector<std::string> smollm;
    for (const std::string& part : parts.words(text)) std::ranges::copy(gpt2.words(part), std::back_inserter(smollm));
    ASSERT_EQ(words_by_scanner(PreTokenizer::smollm, text), smollm) << text;
  }
}

std::vector<OwnVocabulary> all_kinds() {
  std::vector<OwnVocabulary> kinds;
  for (const char* rule : {"gpt-2", "smollm", "qwen2", "llama-bpe"})
    kinds.push_back(test::byte_level({"a+b", " +a"}, rule));
  kinds.push_back(test::sentence_pieces({"▁a", "▁", "a", "é"}));
  kinds.push_back(kinds.back());
  kinds.back().add_space_prefix = true;
  for (OwnVocabulary& own : kinds) own.add("<b>", TokenKind::user_defined);
  return kinds;
}

TEST(TokenizerProperty, RangesTileAnyBytes) {
  const std::vector<std::string> pieces{"a",    "b",        " ", "<b>",  "<",  "é", "\xC3",
                                        "\xA9", "\xE2\x96", "▁", "\xFF", "\n", "1"};
  for (const OwnVocabulary& own : all_kinds()) {
    const auto tokenizer = own.tokenizer();
    Random random(4);
    for (int i = 0; i < 5000; ++i) {
      const std::string text = random.text(pieces, 25);
      ASSERT_TRUE(test::tile(tokenizer->tokenize(text), text.size())) << own.pre_tokenizer << ": " << text;
    }
  }
}

TEST(TokenizerProperty, ByteLevelTokensSpellTheirRanges) {
  for (const OwnVocabulary& own : all_kinds()) {
    if (own.model != "gpt2") continue;
    const auto tokenizer = own.tokenizer();
    Random random(5);
    for (int i = 0; i < 2000; ++i) {
      std::string text(random.below(40), '\0');
      std::ranges::generate(text, [&] { return static_cast<char>(random.below(256)); });
      for (const Token& token : tokenizer->tokenize(text)) {
        ASSERT_EQ(own.tokens[static_cast<std::size_t>(token.id)],
                  test::in_byte_alphabet(std::string_view(text).substr(token.begin, token.end - token.begin)));
      }
    }
  }
}

TEST(TokenizerProperty, ThreadsShareATokenizer) {
  const auto tokenizer = test::byte_level({"a+b", " +a"}).tokenizer();
  const std::string text = Random(6).text({"a", "b", " ", "1", "é"}, 5000);
  const std::vector<Token> expected = tokenizer->tokenize(text);
  std::vector<std::future<std::vector<Token>>> results;
  for (int i = 0; i < 4; ++i) {
    results.push_back(std::async(std::launch::async, [&] { return tokenizer->tokenize(text); }));
  }
  for (auto& result : results) EXPECT_EQ(result.get(), expected);
}

}  // namespace
}  // namespace lingua::model
