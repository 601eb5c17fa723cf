// From a reader's answer back to the original's words; each source map is cut by hand.
#include <gtest/gtest.h>

#include <lingua/compressor.hpp>
#include <lingua/source_map.hpp>
#include <string>

#include "support/errors.hpp"
#include "support/ngram_model.hpp"
#include "support/random_prompts.hpp"

namespace lingua {
namespace {

/// The source map of texts in which {…} was dropped.
SourceMap cut(const std::vector<std::string>& marked) {
  std::vector<std::string> originals;
  std::vector<KeptRange> kept;
  for (const auto& text : marked) {
    std::string original;
    std::size_t begin = 0;
    const auto keep_to_here = [&] {
      if (begin < original.size()) kept.push_back({originals.size(), begin, original.size()});
    };
    for (const char c : text) {
      if (c == '{') keep_to_here();
      if (c == '}') begin = original.size();
      if (c != '{' && c != '}') original += c;
    }
    keep_to_here();
    originals.push_back(original);
  }
  return SourceMap(originals, kept);
}

std::string recover(const std::vector<std::string>& marked, std::string_view answer, std::size_t max_gap = 40) {
  return cut(marked).recover(answer, max_gap).text;
}

TEST(SourceMap, GivesOriginalAndCompressedText) {
  const auto map = cut({"Rents {rose} fell.", "{Gone.}", " End"});
  EXPECT_EQ(map.original(), "Rents rose fell.Gone. End");
  EXPECT_EQ(map.compressed(), "Rents  fell. End");
}

TEST(SourceMap, TakesPartsInAnyOrder) {
  const SourceMap map({"one two. ", "ord_8f sent"}, {{1, 0, 3}, {1, 6, 11}, {0, 0, 3}});
  EXPECT_EQ(map.compressed(), "ord sentone");
  EXPECT_EQ(map.original(), "one two. ord_8f sent");
  EXPECT_EQ(map.recover("ord sent").text, "ord_8f sent");
}

TEST(SourceMap, RefusesRangesThatAreNone) {
  for (const std::vector<KeptRange>& kept : std::vector<std::vector<KeptRange>>{
           {{0, 0, 4}}, {{1, 0, 1}}, {{0, 2, 2}}, {{0, 1, 3}, {0, 2, 3}}, {{0, 2, 3}, {0, 0, 1}}}) {
    const auto error = test::error_of([&] { SourceMap({"abc"}, kept); });
    EXPECT_EQ(error.code, ErrorCode::input_malformed);
    EXPECT_NE(error.message.find("the source map is damaged"), std::string::npos);
  }
}

TEST(Recover, AWordOfWhichAPieceWasKept) {
  EXPECT_EQ(recover({"Your order ord{_}8f{3a2c91} was sent."}, "It is ord 8f."), "It is ord_8f3a2c91.");
  EXPECT_EQ(recover({"Your order ord{_}8f{3a2c91} was sent."}, "It is ord8f."), "It is ord_8f3a2c91.");
  EXPECT_EQ(recover({"See {src/}main{.cpp}, please"}, "Look into `main`."), "Look into `src/main.cpp`.");
  EXPECT_EQ(recover({"by Wilhelm{ Conrad Rönt}gen in 19{0}1"}, "Wilhelmgen, 191"), "Wilhelm Conrad Röntgen, 1901");
}

TEST(Recover, WhatWasDroppedBetweenTwoWords) {
  EXPECT_EQ(recover({"the University{ of} California{,} Berkeley{, in spring}"}, "University California Berkeley"),
            "University of California, Berkeley");
  EXPECT_EQ(recover({"合同{由}张三{于周一}签署"}, "是张三签署的"), "是张三于周一签署的");
}

TEST(Recover, NotWhatIsTooLongOrOnAnotherLine) {
  const std::string gap(41, 'x');
  EXPECT_EQ(recover({"one{ " + gap + "} two"}, "one two"), "one two");
  EXPECT_EQ(recover({"one{ " + gap + "} two"}, "one two", 43), "one " + gap + " two");
  EXPECT_EQ(recover({"one{\nor} two"}, "one two"), "one two");
  EXPECT_EQ(recover({"one", " two"}, "one two"), "one two");
}

TEST(Recover, LeavesAloneWhatTheOriginalSaysToo) {
  EXPECT_EQ(recover({"The {red} cat. The cat."}, "The cat slept"), "The cat slept");
  EXPECT_EQ(recover({"Nothing{ was} here"}, "Unrelated words, 42."), "Unrelated words, 42.");
  EXPECT_EQ(recover({"A start{ed} art"}, "art"), "art") << "no match inside a word";
  EXPECT_EQ(recover({"any{ }text"}, ""), "");
}

TEST(Recover, DoesNotGuess) {
  EXPECT_EQ(recover({"ord{_1} and ord{_2}"}, "ord"), "ord");
  EXPECT_EQ(recover({"ord{_1} and ord{_1}"}, "ord"), "ord_1");
}

TEST(Recover, TheLongestQuotationDecides) {
  EXPECT_EQ(recover({"red{-hot} iron, red{dish} hair"}, "red hair, red iron"), "reddish hair, red-hot iron");
}

TEST(Recover, SaysWhatItReplaced) {
  const auto recovered = cut({"none", "order ord{_8f} sent"}).recover("so ord it is");
  ASSERT_EQ(recovered.recoveries.size(), 1u);
  EXPECT_EQ(recovered.recoveries[0].begin, 3u);
  EXPECT_EQ(recovered.recoveries[0].end, 6u);
  EXPECT_EQ(recovered.recoveries[0].source, (KeptRange{1, 6, 12}));
}

/// Whatever was compressed: the original comes back, and what nobody shortened stays as it is.
TEST(Recover, HoldsForRandomPrompts) {
  const Compressor compressor(std::make_shared<test::NgramModel>());
  test::RandomPrompts prompts(11);
  for (int trial = 0; trial < 300; ++trial) {
    const auto prompt = prompts.next();
    Options options;
    options.target = Tokens{10};
    options.instruction_rate = options.question_rate = 0;
    options.unit = trial % 2 == 0 ? Unit::token : Unit::word;
    const auto result = compressor.compress(prompt, options);
    const SourceMap map(result);
    EXPECT_EQ(map.compressed(), result.text);
    auto original = prompt.instruction;
    for (const auto& context : prompt.contexts) original += context;
    EXPECT_EQ(map.original(), original + prompt.question);
    const auto recovered = map.recover(result.text, 0);
    for (const auto& recovery : recovered.recoveries) EXPECT_LT(recovery.begin, recovery.end);
    options.target = Rate{1};
    const auto whole = compressor.compress(prompt, options);
    EXPECT_EQ(SourceMap(whole).recover(whole.text).text, whole.text);
  }
}

}  // namespace
}  // namespace lingua
