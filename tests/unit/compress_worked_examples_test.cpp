// Worked examples: recognised by their labels, the shortest kept whole, the next one by both ends.
#include <array>

#include <gmock/gmock.h>

#include <lingua/compressor.hpp>

#include "compress/budget/ends.hpp"
#include "compress/budget/outline.hpp"
#include "compress/budget/stretch.hpp"
#include "compress/prompt/label.hpp"
#include "compress/relevance/worked_examples.hpp"
#include "support/ngram_model.hpp"
#include "support/random_numbers.hpp"

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

TEST(WorkedExamples, WhatStaysOfAnAnswerKeepsItsLabel) {
  const std::string question = "Q: How many fruits are there in all?\n";
  const std::string steps = "A: Anna has seven apples, and of them Ben has two less.\nNote: So Ben has five.\n";
  const std::string conclusion = "Together they have twelve.\nThe answer is twelve.\n\n";
  const std::string other = "Q: What is two and two?\nA: The answer is four.\n\n";
  const auto result = compress_to(count(other) + count(question + "A:\n" + conclusion),
                                  {.contexts = {question + steps + conclusion, other}});
  EXPECT_EQ(result.text, question + "A:\n" + conclusion + other);
  // what only one example has is no label
  const std::string torn = "Q: How many fruits are\n";
  const auto with_note = compress_to(count(other) + count(torn + "A:\nNote: So Ben has five.\n" + conclusion),
                                     {.contexts = {question + steps + conclusion, other}});
  EXPECT_EQ(with_note.text, torn + "A:\nNote: So Ben has five.\n" + conclusion + other);
}

TEST(WorkedExamples, OutlinesAreWhatAllHaveInCommon) {
  const std::string shared = "Think step by step";
  const Prompt prompt{
      .contexts = {"Q: One. Two?\n" + shared + "\nNote: three.\nA: Four.", "Q: Five?\n" + shared + "\nA: Six."}};
  const auto tokenized = compress::tokenize(prompt, *model(), {});
  const auto& part = tokenized.parts[0];
  const auto outline = compress::outline_of(tokenized, 0);
  ASSERT_EQ(outline.labels.size(), 2u);
  EXPECT_EQ(part.text_of(outline.labels[0]), "Q:");
  EXPECT_EQ(part.text_of(outline.labels[1]), "\nA:");
  EXPECT_EQ(part.text_of({0, outline.solution}), "Q: One. Two?");

  const Prompt alone{.contexts = {"Q: One?\nTwo.", "Q: Three?\nFour."}};
  EXPECT_EQ(compress::outline_of(compress::tokenize(alone, *model(), {}), 0).solution, 0u);
}

TEST(WorkedExamples, AProblemIsTornRatherThanAStepOfItsSolution) {
  const std::string problem =
      "Question: Anna picks seven apples in the garden of her aunt. How many are there in all?\n";
  const std::string steps =
      "Think step by step\nBen picks as many of them as she does.\nSo they have seven and seven apples.\n";
  const std::string answer = "The answer is fourteen.\n\n",
                    other = "Question: What is it?\nThink step by step\nIt is.\n\n";
  const Prompt prompt{.contexts = {problem + steps + answer, other}};
  const std::string solution = "\n" + steps + answer;
  const auto whole = count(problem + steps + answer);
  for (std::size_t less = 1; less < 6; ++less) {
    const auto text = compress_to(whole + count(other) - less, prompt).text;
    EXPECT_THAT(text, testing::HasSubstr(solution)) << less;
    EXPECT_THAT(text, testing::StartsWith("Question: Anna picks")) << less;
  }
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
    const auto ends = compress::cut_to_ends(part, {}, room);
    auto used = ends.front.size() + ends.back.size();
    for (const auto& range : ends.between) {
      used += range.size();
      EXPECT_LE(ends.front.end, range.begin);
      EXPECT_LE(range.end, ends.back.begin);
    }
    EXPECT_LE(used, room);
    const auto stretch = text_of(part, ends.between);
    const bool has_nine = stretch.find('9') != std::string::npos;
    EXPECT_FALSE(ends.loses_protected && has_nine) << stretch;
    EXPECT_TRUE(ends.loses_protected || has_nine || stretch.find("eleven") == std::string::npos) << stretch;
    if (used == 0) continue;
    std::size_t longest = 0;
    for (const auto& unit : part.units) longest = std::max(longest, unit.tokens.size());
    EXPECT_LT(room - used, longest) << "more than a unit's room is left over";
  }
  const auto whole = compress::cut_to_ends(part, {}, count("One two three. Twelve.\n\n") + 1);
  EXPECT_EQ(part.text_of(whole.front), "One two three.");
  EXPECT_EQ(part.text_of(whole.back), " Twelve.\n\n");
}

/// Sentences of words and numbers, rich in numbers.
std::string random_example(test::RandomNumbers& random) {
  std::string text = "Q: What is it?";
  for (auto sentences = 2 + random.below(6); sentences > 0; --sentences) {
    text += " So";
    for (auto words = 1 + random.below(9); words > 0; --words)
      text += random.below(2) == 0 ? " " + std::to_string(random.below(100)) : " word";
    text += ".";
  }
  return text + "\n\n";
}

/// Whether all that is protected stays in every sentence of which a word does.
bool keeps_protected(const compress::Part& part, const std::vector<TokenRange>& kept) {
  const auto stays = [&](const compress::TextUnit& unit) {
    return std::ranges::any_of(kept, [&](const TokenRange& range) {
      return range.begin <= unit.tokens.begin && unit.tokens.end <= range.end;
    });
  };
  return std::ranges::all_of(part.sentences, [&](const TokenRange& sentence) {
    const auto units = part.units_in(sentence);
    return std::ranges::none_of(units, stays) || std::ranges::all_of(units, [&](const compress::TextUnit& unit) {
             return unit.guard == Guard::none || stays(unit);
           });
  });
}

TEST(Ends, OfRandomTextsFillTheRoomAndKeepWhatIsProtectedUnlessTheySayNo) {
  std::size_t cut = 0, lost = 0;
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    test::RandomNumbers random(seed);
    const Prompt prompt{.contexts = {random_example(random)}};
    const auto tokenized = compress::tokenize(prompt, *model(), {});
    const auto& part = tokenized.parts[0];
    const std::array outlines{compress::Outline{},
                              compress::Outline{.labels = {}, .solution = part.sentences[2].begin}};
    for (std::size_t i = 2 * count("Q: What is it?\n\n"); i < 2 * part.tokens.size(); ++i) {
      const auto room = i / 2;
      const auto ends = compress::cut_to_ends(part, outlines[i % 2], room);
      std::vector<TokenRange> kept{ends.front};
      kept.insert(kept.end(), ends.between.begin(), ends.between.end());
      kept.push_back(ends.back);
      std::size_t used = 0;
      for (std::size_t i = 0; i < kept.size(); ++i) {
        used += kept[i].size();
        if (i > 0) {
          EXPECT_LE(kept[i - 1].end, kept[i].begin);
        }
      }
      EXPECT_EQ(used, room) << prompt.contexts[0];  // here every unit is a token
      EXPECT_NE(keeps_protected(part, kept), ends.loses_protected) << prompt.contexts[0] << room;
      ++cut;
      lost += ends.loses_protected ? 1 : 0;
    }
  }
  EXPECT_LT(10 * lost, cut);  // and they seldom do
}

std::size_t overlap(TokenRange one, TokenRange other) {
  const auto begin = std::max(one.begin, other.begin), end = std::min(one.end, other.end);
  return begin < end ? end - begin : 0;
}

TEST(Ends, OfRandomTextsBringLabelsOnlyForWhatStaysAfterThem) {
  const std::string question = "Q: What is it?\n";
  std::size_t brought = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    test::RandomNumbers random(seed);
    auto answer = random_example(random);
    answer[0] = 'A';
    const Prompt prompt{.contexts = {question + answer}};
    const auto tokenized = compress::tokenize(prompt, *model(), {});
    const auto& part = tokenized.parts[0];
    const auto begin = static_cast<std::uint32_t>(count(question));
    const std::vector<TokenRange> labels{{0, 2}, {begin, begin + 2}};
    const compress::Outline outline{.labels = labels, .solution = begin};
    ASSERT_EQ(part.text_of(labels[0]), "Q:");
    ASSERT_EQ(part.text_of(labels[1]), "A:");
    for (std::size_t room = 0; room < part.tokens.size(); ++room) {
      const auto ends = compress::cut_to_ends(part, outline, room);
      auto kept = ends.between;
      kept.insert(kept.end(), {ends.front, {ends.back.begin, std::max(ends.back.begin, part.separator.begin)}});
      for (const auto& label : ends.labels) {
        const auto next = label.end == labels[0].end ? begin : part.all().end;
        std::size_t after = 0;
        for (const auto& range : kept) {
          EXPECT_EQ(overlap(range, label), 0u);
          after += overlap(range, {label.end, next});
        }
        EXPECT_GT(after, 0u) << part.text_of(label) << " alone in " << room << " of " << prompt.contexts[0];
        ++brought;
      }
    }
  }
  EXPECT_GT(brought, 0u);
}

TEST(Ends, WhereNoSentenceHasRoomForWhatIsProtectedInItOneOfTheEndIsCutForIt) {
  const std::string first = "We need to add up what both of them have.", numbers = " Of 200,000, 300,000.";
  const std::string second = " This you may of course do.", conclusion = " It is the answer.";
  const Prompt prompt{.contexts = {first + numbers + second + conclusion}};
  const auto tokenized = compress::tokenize(prompt, *model(), {});
  const auto& part = tokenized.parts[0];
  const auto ends = compress::cut_to_ends(part, {}, count(prompt.contexts[0]) - count(" This you may of"));
  EXPECT_EQ(part.text_of(ends.front), first);
  EXPECT_EQ(text_of(part, ends.between), numbers + " course do.");
  EXPECT_EQ(part.text_of(ends.back), conclusion);
  EXPECT_FALSE(ends.loses_protected);
}

TEST(Ends, WhereNoSentenceHasRoomForWhatIsProtectedInItThePieceIsOfTheLastOne) {
  const Prompt prompt{
      .contexts = {"One. You must not ride up 200,000 or 300,000 hills. But 400,000 or 500,000 others you may."}};
  const auto tokenized = compress::tokenize(prompt, *model(), {});
  const auto& part = tokenized.parts[0];
  const auto ends = compress::cut_to_ends(part, {}, count("One. you may."));
  EXPECT_EQ(part.text_of(ends.front), "One.");
  EXPECT_EQ(text_of(part, ends.between), " you may.");
  EXPECT_TRUE(ends.loses_protected);

  const auto begin = compress::piece_of(part, part.sentences[1], compress::Side::front, count(" You must not"));
  EXPECT_EQ(part.text_of(begin), " You must not");
}

}  // namespace
}  // namespace lingua
