// The baselines: an order of units, kept until the budget is spent.
#include "compress/methods/baselines.hpp"

#include <gtest/gtest.h>

#include <lingua/compressor.hpp>
#include <set>

#include "support/ngram_model.hpp"

namespace lingua {
namespace {

Options baseline(Method method, std::uint64_t tokens, Unit unit = Unit::word) {
  Options options;
  options.method = method;
  options.target = Tokens{tokens};
  options.unit = unit;
  return options;
}

Result compress(const Prompt& prompt, const Options& options) {
  return Compressor(std::make_shared<test::NgramModel>()).compress(prompt, options);
}

const Prompt kLetters{.instruction = "Do:", .contexts = {" a b", " c d", " e f"}, .question = " Why?"};

TEST(Baselines, HeadKeepsTheFirstUnitsOfTheContexts) {
  EXPECT_EQ(compress(kLetters, baseline(Method::head, 7)).text, "Do: a b c Why?");
}

TEST(Baselines, TailKeepsTheLastUnitsOfTheContexts) {
  EXPECT_EQ(compress(kLetters, baseline(Method::tail, 7)).text, "Do: d e f Why?");
}

TEST(Baselines, KeepTheSeparatorOfATextThatTheyKeepAnythingOf) {
  const Prompt prompt{.contexts = {"One two three.\n\n", "Four five.\n\n"}, .question = "Why?"};
  const auto tokens = [&](const std::string& text) { return test::NgramModel().tokenize(text).size(); };
  const std::string head = "One two\n\nWhy?";
  EXPECT_EQ(compress(prompt, baseline(Method::head, tokens(head))).text, head);
  for (const auto method : {Method::random, Method::sentence, Method::selective_context})
    EXPECT_TRUE(compress(prompt, baseline(method, tokens(head))).text.ends_with("\n\nWhy?"));
}

TEST(Baselines, SelectiveContextKeepsTheMostSurprisingUnits) {
  // Each context on its own: " b" ln 101 in the first; " a" ln 101/2 in the second; the third is new.
  const Prompt prompt{.contexts = {" a b", " a a", " c d"}};
  EXPECT_EQ(compress(prompt, baseline(Method::selective_context, 2)).text, " b d");
}

TEST(Baselines, SelectiveContextSortsSentencesToo) {
  const Prompt prompt{.contexts = {"One one one. New words come. One one."}};
  EXPECT_EQ(compress(prompt, baseline(Method::selective_context, 4, Unit::sentence)).text, " New words come.");
}

TEST(Baselines, SentenceCutsTheFirstOneThatDoesNotFit) {
  // Mean surprisals: the second sentence is all new, the first repeats itself, the third repeats the first.
  const Prompt prompt{.contexts = {"one one one. New words come! one one."}};
  EXPECT_EQ(compress(prompt, baseline(Method::sentence, 4)).text, " New words come!");
  EXPECT_EQ(compress(prompt, baseline(Method::sentence, 6)).text, "one one New words come!");
}

TEST(Baselines, RandomIsDecidedByTheSeed) {
  auto options = baseline(Method::random, 5);
  std::set<std::string> outcomes;
  for (options.seed = 0; options.seed < 50; ++options.seed) {
    const auto text = compress(kLetters, options).text;
    EXPECT_EQ(text, compress(kLetters, options).text);
    outcomes.insert(text);
  }
  EXPECT_EQ(outcomes.size(), 6u) << "each letter can be the only one";
}

TEST(Baselines, RandomTakesWholeSentencesWhereTheyAreUnits) {
  const Prompt prompt{.contexts = {"One two. Three four. Five six. Seven eight."}};
  auto options = baseline(Method::random, 3, Unit::sentence);
  std::set<std::string> outcomes;
  for (options.seed = 0; options.seed < 50; ++options.seed) outcomes.insert(compress(prompt, options).text);
  EXPECT_EQ(outcomes, (std::set<std::string>{"One two.", " Three four.", " Five six.", " Seven eight."}));
}

TEST(Baselines, KeepWhatThePatternMatchesAndLetProtectedClassesGo) {
  const Prompt prompt{.contexts = {" a 5 b d-e"}};
  auto options = baseline(Method::head, 4);
  options.protect.pattern = "d";
  EXPECT_EQ(compress(prompt, options).text, " a d-e");
  options = baseline(Method::tail, 4);
  EXPECT_EQ(compress(prompt, options).text, " b d-e");
}

TEST(Baselines, StopAtTheFirstUnitThatDoesNotFit) {
  // " b-c" has three tokens; skipping it for " d" would not leave a superset of smaller budgets.
  EXPECT_EQ(compress({.contexts = {" a b-c d"}}, baseline(Method::head, 3)).text, " a");
}

TEST(Baselines, PassLeftoversOnToTheNextRole) {
  auto options = baseline(Method::head, 4);
  options.instruction_rate = 0.5;
  // The instruction may keep two of four tokens, but begins with a word of three.
  EXPECT_EQ(compress({.instruction = " a-b c", .contexts = {" d e f g h"}}, options).text, " d e f g");
}

TEST(Baselines, PassTheLastLeftoversToTheInstruction) {
  auto options = baseline(Method::head, 6);
  options.instruction_rate = 0.75;
  options.question_rate = 0.75;
  // Three tokens each; the question's first word has four, so its three go to the instruction.
  EXPECT_EQ(compress({.instruction = " a b c d", .question = " e-f-"}, options).text, " a b c d");
}

TEST(Baselines, ReportWhatTheyKeptAsBudgets) {
  const auto result = compress(kLetters, baseline(Method::head, 7));
  std::vector<std::size_t> budgets;
  for (const auto& part : result.parts) budgets.push_back(part.budget);
  EXPECT_EQ(budgets, (std::vector<std::size_t>{2, 2, 1, 0, 2}));
}

}  // namespace
}  // namespace lingua
