// Worked examples: recognised by their labels, the shortest kept whole, the next one by both ends.
#include <gmock/gmock.h>

#include <lingua/compressor.hpp>

#include "compress/ends.hpp"
#include "compress/label.hpp"
#include "compress/worked_examples.hpp"
#include "support/ngram_model.hpp"

namespace lingua {
namespace {

using compress::TokenRange;

const auto& model() {
  static const auto shared = std::make_shared<test::NgramModel>();
  return shared;
}

const std::string kLong =
    "Question: How many fruits are there in all? Anna has seven apples and Ben has two of them less. So Ben has five "
    "of "
    "them in his basket. Together they have twelve. The answer is twelve.\n\n";
const std::string kShort = "Question: What is two and two? The answer is four.\n\n";

std::size_t count(const std::string& text) { return model()->tokenize(text).size(); }

Result compress_to(std::size_t tokens, const Prompt& prompt, RankBy rank_by = RankBy::automatic) {
  Options options;
  options.target = Tokens{tokens};
  options.rank_by = rank_by;
  return Compressor(model()).compress(prompt, options);
}

TEST(Labels, AreShortNamesBeforeAColon) {
  EXPECT_EQ(compress::label_of("Question: why?"), "Question:");
  EXPECT_EQ(compress::label_of("问题：为什么"), "问题：");
  EXPECT_EQ(compress::label_of("问: why"), "问:");
  EXPECT_EQ(compress::label_of(": why"), "");
  EXPECT_EQ(compress::label_of("Speaker 1: text"), "Speaker 1:");
  EXPECT_EQ(compress::label_of("Dr. Rowe: text"), "Dr. Rowe:");
  EXPECT_EQ(compress::label_of("12: text"), "");
  EXPECT_EQ(compress::label_of("https://x.org"), "");
  EXPECT_EQ(compress::label_of("Related Work ::: Data"), "");
  EXPECT_EQ(compress::label_of("std::vector"), "");
  EXPECT_EQ(compress::label_of("A name that is much too long to be one: no"), "");
}

TEST(WorkedExamples, BeginAlikeAndSoDoesTheQuestion) {
  const auto are_examples = [](const Prompt& prompt) {
    return compress::are_worked_examples(compress::tokenize(prompt, *model(), {}));
  };
  EXPECT_TRUE(are_examples({.contexts = {kLong, kShort}}));
  EXPECT_TRUE(are_examples({.instruction = "Answer.", .contexts = {kLong, kShort}, .question = "Question: Who?"}));
  EXPECT_FALSE(are_examples({.contexts = {kLong, kShort}, .question = "Who?"}));
  EXPECT_FALSE(are_examples({.contexts = {kLong}}));
  EXPECT_FALSE(are_examples({.contexts = {kLong, "Note: nothing."}}));
  EXPECT_FALSE(are_examples({.contexts = {"One.", "Two."}}));
}

TEST(WorkedExamples, TheShortestStaysWholeAndNoModelIsAsked) {
  const auto result = compress_to(count(kShort), {.contexts = {kLong, kShort, kLong}});
  EXPECT_EQ(result.text, kShort);
  EXPECT_EQ(result.forwarded_tokens, 0u);
}

TEST(WorkedExamples, OfTheNextOneBothEndsStay) {
  const std::string question = "Question: How many fruits are there in all?", answer = " The answer is twelve.\n\n";
  const auto result = compress_to(count(kShort) + count(question + answer), {.contexts = {kLong, kShort}});
  EXPECT_EQ(result.text, question + answer + kShort);
}

TEST(WorkedExamples, AreLeftAloneWhereAnotherRankingIsAskedFor) {
  const Prompt prompt{.contexts = {kShort, kLong}};
  EXPECT_GT(compress_to(count(kShort), prompt, RankBy::surprisal).forwarded_tokens, 0u);
}

std::string text_of(const compress::Part& part, const std::vector<TokenRange>& ranges) {
  std::string text;
  for (const auto& range : ranges) text += part.text_of(range);
  return text;
}

TEST(Ends, OfASentenceProtectedWordsStayAndOthersInOnePiece) {
  const Prompt prompt{.contexts = {"You must not ride up that hill."}};
  const auto tokenized = compress::tokenize(prompt, *model(), Options{});
  const auto& part = tokenized.parts[0];
  const auto stretch_from = [&](compress::Side side) {
    return [&, side](const std::string& words) {
      const auto found = compress::stretch_of(part, part.sentences[0], side, count(words), compress::Shape::any);
      return found ? text_of(part, *found) : "none";
    };
  };
  const auto last = stretch_from(compress::Side::back), first = stretch_from(compress::Side::front);
  EXPECT_EQ(last(" not ride up that hill."), " not ride up that hill.");
  EXPECT_EQ(last(" not that hill."), " not that hill.");
  EXPECT_EQ(last(" not"), " not");
  EXPECT_EQ(last(""), "none");
  EXPECT_EQ(first("You must not ride"), "You must not ride");
  EXPECT_EQ(first("You not"), "You not");
  EXPECT_EQ(first(""), "none");

  const Prompt two{.contexts = {"Never go there, and not alone."}};
  const auto both = compress::tokenize(two, *model(), Options{});
  const auto& sentence = both.parts[0].sentences[0];
  const auto stretch_by = [&](const std::string& words, compress::Shape shape) {
    const auto found = compress::stretch_of(both.parts[0], sentence, compress::Side::back, count(words), shape);
    return found ? text_of(both.parts[0], *found) : "none";
  };
  EXPECT_EQ(stretch_by("Never not alone.", compress::Shape::mostly_one_piece), "Never not alone.");
  EXPECT_EQ(stretch_by("Never not.", compress::Shape::mostly_one_piece), "none");
  EXPECT_EQ(stretch_by("Never not.", compress::Shape::any), "Never not.");
}

TEST(Ends, FillTheRoomFromBothSidesAndLoseNothingProtectedUnsaid) {
  const Prompt prompt{.contexts = {"One two three. Four five six seven. Eight 9 ten eleven. Twelve.\n\n"}};
  const auto tokenized = compress::tokenize(prompt, *model(), {});
  const auto& part = tokenized.parts[0];
  for (std::size_t room = 0; room < part.tokens.size(); ++room) {
    const auto ends = compress::cut_to_ends(part, room);
    auto used = ends.front.size() + ends.back.size();
    for (const auto& range : ends.stretch) {
      used += range.size();
      EXPECT_LE(ends.front.end, range.begin);
      EXPECT_LE(range.end, ends.back.begin);
    }
    EXPECT_LE(used, room);
    const auto stretch = text_of(part, ends.stretch);
    const bool has_nine = stretch.find('9') != std::string::npos;
    EXPECT_FALSE(ends.loses_protected && has_nine) << stretch;
    EXPECT_TRUE(ends.loses_protected || has_nine || stretch.find("eleven") == std::string::npos) << stretch;
    if (used == 0) continue;
    std::size_t longest = 0;
    for (const auto& unit : part.units) longest = std::max(longest, unit.tokens.size());
    EXPECT_LT(room - used, longest) << "more than a unit's room is left over";
  }
  const auto whole = compress::cut_to_ends(part, count("One two three. Twelve.\n\n") + 1);
  EXPECT_EQ(part.text_of(whole.front), "One two three.");
  EXPECT_EQ(part.text_of(whole.back), " Twelve.\n\n");
}

TEST(Ends, WhereNoSentenceHasRoomForWhatIsProtectedInItThePieceIsOfTheLastOne) {
  const Prompt prompt{
      .contexts = {"One. You must not ride up 200,000 or 300,000 hills. But 400,000 or 500,000 others you may."}};
  const auto tokenized = compress::tokenize(prompt, *model(), {});
  const auto& part = tokenized.parts[0];
  const auto ends = compress::cut_to_ends(part, count("One. you may."));
  EXPECT_EQ(part.text_of(ends.front), "One.");
  EXPECT_EQ(text_of(part, ends.stretch), " you may.");
  EXPECT_TRUE(ends.loses_protected);

  const auto begin = compress::piece_of(part, part.sentences[1], compress::Side::front, count(" You must not"));
  EXPECT_EQ(part.text_of(begin), " You must not");
}

}  // namespace
}  // namespace lingua
