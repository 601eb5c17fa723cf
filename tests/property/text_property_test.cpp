// What must hold for the cuts of any text: random code points, random bytes, random mixtures of what is special, and
// real texts where they are at hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <lingua/prompt.hpp>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "text/protect.hpp"
#include "text/segment.hpp"
#include "text/utf8.hpp"

namespace lingua::text {
namespace {

void append_utf8(std::string& text, char32_t c) {
  const auto put = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) return put(0xC0 | c >> 6), put(0x80 | (c & 63));
  if (c < 0x10000) return put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 63)), put(0x80 | (c & 63));
  put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 63)), put(0x80 | (c >> 6 & 63)), put(0x80 | (c & 63));
}

class RandomText {
 public:
  explicit RandomText(unsigned seed) : random_(seed) {}

  std::string bytes() {
    std::string text(below(200), '\0');
    std::generate(text.begin(), text.end(), [&] { return static_cast<char>(random_()); });
    return text;
  }

  /// Code points of all planes, more of the first ones.
  std::string code_points() {
    std::string text;
    for (std::size_t n = below(100); n > 0; --n) {
      const char32_t c = static_cast<char32_t>(random_() & (0xFFFFFFu >> below(20))) % 0x110000;
      append_utf8(text, c >= 0xD800 && c < 0xE000 ? U' ' : c);
    }
    return text;
  }

  /// Pieces that rules look at, in any order.
  std::string mixture() {
    static const std::vector<std::string> pieces{
        " ",          " ",
        " ",          "\n",
        "\r\n",       "\t",
        "\u00A0",     "\u2028",
        "\u3000",     ".",
        ".",          ",",
        "!",          "?",
        "...",        ":",
        "—",          "-",
        "(",          ")",
        "[",          "]",
        "\"",         "'",
        "“",          "”",
        "‘",          "’",
        "«",          "»",
        "「",         "」",
        "《",         "》",
        "（",         "）",
        "，",         "。",
        "！",         "…",
        "word",       "Word",
        "a",          "A",
        "Dr",         "U.S",
        "e.g",        "1",
        "23",         "3.14",
        "$",          "%",
        "km",         "x86",
        "_",          "/",
        "don't",      "not",
        "中",         "中文模型",
        "不",         "没有",
        "三",         "百",
        "第",         "个",
        "日本語",     "ひらがな",
        "カタカナー", "は",
        "ภาษาไทย",    "ไม่",
        "ພາສາ",       "ភាសា",
        "བོད་",        "مرحبا",
        "؟",          "नहीं",
        "।",          "한국어",
        "👍🏽",   "👨‍👩‍👧",
        "🇩🇪",         "\u0301",
        "\u200D",     "\u200B",
        "\uFEFF",     "ﷺ",
        "½",          "٣",
        "１",         "〇",
    };
    std::string text;
    for (std::size_t n = below(40); n > 0; --n) text += pieces[below(pieces.size())];
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::mt19937 random_;
};

using Ends = std::vector<std::uint32_t>;

bool is_white(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

void expect_tiling(std::string_view text, const Ends& ends) {
  ASSERT_EQ(ends.empty(), text.empty());
  if (text.empty()) return;
  ASSERT_EQ(ends.back(), text.size());
  ASSERT_GT(ends.front(), 0u);
  ASSERT_TRUE(std::is_sorted(ends.begin(), ends.end(), std::less_equal<>()));  // strictly ascending
}

void expect_sound_ranges(std::string_view text, const std::vector<ByteRange>& ranges, bool valid) {
  std::uint32_t end = 0;
  for (const ByteRange& range : ranges) {
    ASSERT_LE(end, range.begin);
    ASSERT_LT(range.begin, range.end);
    ASSERT_LE(range.end, text.size());
    if (valid) {
      ASSERT_TRUE(is_code_point_boundary(text, range.begin) && is_code_point_boundary(text, range.end));
    }
    end = range.end;
  }
}

/// Only the white space at the end of the text may be cut from what follows it.
void expect_no_word_ends_in_white_space(std::string_view text, const Ends& words) {
  const std::size_t last = text.find_last_not_of(" \t\n\v\f\r");
  for (const std::uint32_t end : words) {
    if (last == text.npos || end > last) break;
    ASSERT_FALSE(is_white(text[end - 1])) << "at " << end;
  }
}

void expect_properties(const std::string& text) {
  SCOPED_TRACE(testing::PrintToString(text));
  const bool valid = !find_invalid_utf8(text);
  const Ends words = word_ends(text), sentences = sentence_ends(text), paragraphs = paragraph_ends(text);
  for (const Ends& ends : {words, sentences, paragraphs}) {
    ASSERT_NO_FATAL_FAILURE(expect_tiling(text, ends));
    for (const std::uint32_t end : ends) ASSERT_TRUE(!valid || is_code_point_boundary(text, end));
  }
  ASSERT_TRUE(std::includes(words.begin(), words.end(), sentences.begin(), sentences.end()));
  ASSERT_NO_FATAL_FAILURE(expect_no_word_ends_in_white_space(text, words));
  ASSERT_NO_FATAL_FAILURE(expect_sound_ranges(text, find_numbers(text), valid));
  ASSERT_NO_FATAL_FAILURE(expect_sound_ranges(text, find_negations(text), valid));
  if (!valid) return;
  for (const Split where : {Split::none, Split::paragraph, Split::sentence}) {
    const auto pieces = split(text, where);
    ASSERT_EQ(std::accumulate(pieces.begin(), pieces.end(), std::string()), text);
  }
}

TEST(TextProperties, RandomBytes) {
  RandomText random(1);
  for (int i = 0; i < 5000 && !testing::Test::HasFailure(); ++i) expect_properties(random.bytes());
}

TEST(TextProperties, RandomCodePoints) {
  RandomText random(2);
  for (int i = 0; i < 5000 && !testing::Test::HasFailure(); ++i) expect_properties(random.code_points());
}

TEST(TextProperties, RandomMixtures) {
  RandomText random(3);
  for (int i = 0; i < 10000 && !testing::Test::HasFailure(); ++i) expect_properties(random.mixture());
}

TEST(TextProperties, NumbersAreNeverCut) {
  RandomText random(4);
  for (int i = 0; i < 5000 && !testing::Test::HasFailure(); ++i) {
    const std::string text = random.mixture();
    const Ends words = word_ends(text), sentences = sentence_ends(text);
    for (const ByteRange& number : find_numbers(text)) {
      for (auto end = std::upper_bound(words.begin(), words.end(), number.begin);
           end != words.end() && *end < number.end; ++end) {
        ASSERT_TRUE(std::binary_search(sentences.begin(), sentences.end(), *end)) << testing::PrintToString(text);
      }
    }
  }
}

/// A rule that takes quadratic time makes this test run for hours.
TEST(TextProperties, LongRuns) {
  for (const std::string piece :
       {"a",   "1",  "1,", " ",    "\n", ".",       ". ",     "1. ",  "\"",     "(",      "()", "中",
        "a中", "三", "不", "。《", "ひ", "ภาษาไทย", "\u0301", "\xFF", "\u200D", "don't ", "$",  "12 km "}) {
    std::string text;
    while (text.size() < 100'000) text += piece;
    expect_properties(text);
  }
}

TEST(TextProperties, ThreadsAgree) {
  RandomText random(5);
  std::string text;
  for (int i = 0; i < 200; ++i) text += random.mixture();
  const Ends words = word_ends(text), sentences = sentence_ends(text);
  const Pattern pattern("\\p{L}+");
  const auto matches = pattern.find_all(text);
  std::vector<std::future<void>> threads;
  for (int i = 0; i < 4; ++i) {
    threads.push_back(std::async(std::launch::async, [&] {
      EXPECT_EQ(word_ends(text), words);
      EXPECT_EQ(sentence_ends(text), sentences);
      EXPECT_EQ(pattern.find_all(text), matches);
    }));
  }
  for (auto& thread : threads) thread.get();
}

std::filesystem::path data_folder() {
  const char* folder = std::getenv("LINGUA_DATA");
  return folder ? folder : std::filesystem::path(LINGUA_SOURCE_DIR) / ".." / "shared" / "data";
}

TEST(TextProperties, RealTexts) {
  constexpr std::size_t kSample = 64 << 10;
  const auto folder = data_folder();
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "no folder " << folder << "; LINGUA_DATA names another";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::string text(kSample, '\0');
    text.resize(static_cast<std::size_t>(file.read(text.data(), kSample).gcount()));
    SCOPED_TRACE(entry.path());
    expect_properties(text);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace lingua::text
