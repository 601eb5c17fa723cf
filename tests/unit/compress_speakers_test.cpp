// Transcripts: nothing that somebody says is kept without the name before it.
#include <gmock/gmock.h>

#include <lingua/compressor.hpp>
#include <sstream>

#include "compress/budget/speakers.hpp"
#include "support/ngram_model.hpp"

namespace lingua {
namespace {

using compress::Place;
using compress::Speakers;

const auto& model() {
  static const auto shared = std::make_shared<test::NgramModel>();
  return shared;
}

compress::TokenizedPrompt tokenized(const Prompt& prompt) { return compress::tokenize(prompt, *model(), {}); }

/// Every word but the labels says whose it is.
const std::string kTranscript =
    "Anna: anna1 is here. Then anna2 went, and anna3 too. How is anna4?\n"
    "Ben: ben1 knows. Why does ben2 ask?\n"
    "Anna: Since anna5 came back. It is anna6 again.\n"
    "Speaker 3: speaker1 came late. Sorry says speaker2, and speaker3 as well.\n";

/// A context for each turn.
std::vector<std::string> split(const std::string& transcript) {
  std::vector<std::string> turns;
  for (std::size_t begin = 0; begin < transcript.size();) {
    const auto end = transcript.find("\n", begin) + 1;
    turns.push_back(transcript.substr(begin, end - begin) + "\n");
    begin = end;
  }
  return turns;
}

/// The label of each sentence of `text`, where one stands before it.
std::vector<std::string> labels_of(const std::string& text) {
  const Prompt prompt{.contexts = {text}};
  const auto parts = tokenized(prompt);
  const Speakers speakers(parts);
  std::vector<std::string> labels;
  for (const auto& sentence : parts.parts.front().sentences)
    labels.emplace_back(parts.parts.front().text_of(speakers.label_of({0, sentence}).tokens));
  return labels;
}

TEST(Speakers, SayWhatFollowsTheirNamesUpToTheNextName) {
  EXPECT_THAT(labels_of("Anna: One. Two.\nBen: Three.\nFour.\n\nAnna: Five."),
              testing::ElementsAre("Anna:", "Anna:", "\nBen:", "\nBen:", "\n\nAnna:"));
}

TEST(Speakers, AreSeveralAndOneSpeaksAgain) {
  const auto nobody = testing::Each(testing::IsEmpty());
  EXPECT_THAT(labels_of("Anna: One.\nAnna: Two.\nAnna: Three."), nobody);
  EXPECT_THAT(labels_of("From: Anna.\nTo: Ben.\nSubject: three."), nobody);
  EXPECT_THAT(labels_of("One.\nTwo. Three."), nobody);
  EXPECT_THAT(labels_of("Data: One.\nTwo.\nThree.\nFour.\nModel: Five.\nSix.\nData: Seven."), nobody) << "headings";
  EXPECT_THAT(labels_of("A: One.\nTwo.\nThree.\nFour.\nB: Five.\nSix.\nA: Seven.\nB: Eight."),
              testing::Contains("A:"));
  EXPECT_THAT(labels_of("张三：一。二。\n李四：三。\n张三：四。"),
              testing::ElementsAre("张三：", "张三：", "\n李四：", "\n张三："));
}

/// A word of `text` that seems to be another's, if there is one: all words in it that end in a digit begin with the
/// name of the last label, in lower case.
std::string misattributed(const std::string& text) {
  std::istringstream words(text);
  std::string word, speaker;
  for (bool line_begins = true; words >> word; line_begins = words.peek() == '\n') {
    if (line_begins && word == "Anna:") speaker = "anna";
    if (line_begins && word == "Ben:") speaker = "ben";
    if (line_begins && word == "Speaker") speaker = "speaker";
    const auto name = word.substr(0, word.find_first_of("123456"));
    if (name.size() < word.size() && (name == "anna" || name == "ben" || name == "speaker") && name != speaker)
      return word;
  }
  return "";
}

TEST(Speakers, AreNamedWhateverIsKept) {
  EXPECT_EQ(misattributed(kTranscript), "");
  EXPECT_EQ(misattributed("Anna: anna1 is here. ben1 knows."), "ben1") << "the test can fail";
  for (const auto& prompt : {Prompt{.contexts = {kTranscript}}, Prompt{.contexts = split(kTranscript)}}) {
    const auto all = tokenized(prompt).tokens();
    for (std::size_t tokens = 1; tokens < all; ++tokens) {
      Options options;
      options.target = Tokens{tokens};
      options.rank_by = RankBy::surprisal;
      const auto result = Compressor(model()).compress(prompt, options);
      EXPECT_EQ(misattributed(result.text), "") << tokens << '\n' << result.text;
      constexpr std::size_t kWord = 2;  // a word's tokens, with the full stop behind it
      EXPECT_LE(result.tokens_after, tokens);
      EXPECT_GT(result.tokens_after + kWord, tokens);
    }
  }
}

}  // namespace
}  // namespace lingua
