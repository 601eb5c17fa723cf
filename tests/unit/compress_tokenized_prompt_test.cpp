// The prompt in tokens: units, sentences and guards, and what is wrong with inputs.
#include "compress/prompt/tokenized_prompt.hpp"

#include <gmock/gmock.h>

#include "support/errors.hpp"
#include "support/ngram_model.hpp"

namespace lingua::compress {
namespace {

using testing::ElementsAre;

Options units_of(Unit unit) {
  Options options;
  options.unit = unit;
  return options;
}

/// The only part of a prompt that is `text`.
Part part_of(const std::string& text, const Options& options) {
  static std::vector<std::unique_ptr<Prompt>> prompts;  // parts point into them
  prompts.push_back(std::make_unique<Prompt>(Prompt{.contexts = {text}}));
  return tokenize(*prompts.back(), test::NgramModel(), options).parts.at(0);
}

std::vector<std::string> units(const Part& part) {
  std::vector<std::string> texts;
  for (const auto& unit : part.units) texts.emplace_back(part.text_of(unit.tokens));
  return texts;
}

std::vector<std::string> sentences(const Part& part) {
  std::vector<std::string> texts;
  for (const auto& range : part.sentences) texts.emplace_back(part.text_of(range));
  return texts;
}

std::vector<std::string> guarded(const Part& part, Guard guard) {
  std::vector<std::string> texts;
  for (const auto& unit : part.units)
    if (unit.guard == guard) texts.emplace_back(part.text_of(unit.tokens));
  return texts;
}

TEST(Tokenize, LeavesOutEmptyParts) {
  const Prompt prompt{.instruction = "", .contexts = {"one", "", "two words"}, .question = "three short words"};
  const auto tokenized = tokenize(prompt, test::NgramModel(), {});
  ASSERT_EQ(tokenized.parts.size(), 3u);
  EXPECT_EQ(tokenized.parts[0].text, "one");
  EXPECT_EQ(tokenized.parts[1].text, "two words");
  EXPECT_EQ(tokenized.parts[2].role, Role::question);
  EXPECT_EQ(tokenized.tokens(), 6u);
  EXPECT_EQ(tokenized.tokens(Role::instruction), 0u);
  EXPECT_EQ(tokenized.tokens(Role::context), 3u);
}

TEST(Tokenize, CutsIntoWords) {
  EXPECT_THAT(units(part_of("It costs 3.50, not ord_8f3a.\n", units_of(Unit::word))),
              ElementsAre("It", " costs", " 3.50", ",", " not", " ord_8f3a", ".", "\n"));
}

TEST(Tokenize, CutsNoCharacter) {
  const std::string text = "ne\u0301e 👍🏽👨‍👩‍👧 नि\r\n.";
  EXPECT_THAT(units(part_of(text, units_of(Unit::token))),
              ElementsAre("ne\u0301", "e", " ", "👍🏽", "👨‍👩‍👧", " ", "नि", "\r\n", "."));
}

/// Tokens of three bytes, whatever they are.
class ThreeByteModel final : public ScoringModel {
 public:
  std::vector<Token> tokenize(std::string_view text) const override {
    std::vector<Token> tokens;
    for (std::uint32_t begin = 0; begin < text.size(); begin += 3)
      tokens.push_back({7, begin, std::min(begin + 3, static_cast<std::uint32_t>(text.size()))});
    return tokens;
  }
  std::unique_ptr<Scorer> new_scorer() const override { return std::make_unique<test::NgramScorer>(); }
  const std::string& id() const noexcept override { return id_; }

 private:
  std::string id_ = "three bytes";
};

TEST(Tokenize, TokensAcrossWordsJoinThem) {
  const Prompt prompt{.contexts = {"ab cde. Now"}};
  const auto part = tokenize(prompt, ThreeByteModel(), units_of(Unit::word)).parts.at(0);
  EXPECT_THAT(units(part), ElementsAre("ab ", "cde", ". Now")) << "white space alone joins nothing";
  EXPECT_THAT(sentences(part), ElementsAre("ab cde. Now"));
}

TEST(Tokenize, TagsAreUnits) {
  const std::string text = "See <a href=\"x y\" title='1 2'>it</a> now. 看<b c=\"d e\">。";
  EXPECT_THAT(units(part_of(text, units_of(Unit::word))),
              ElementsAre("See", " <a href=\"x y\" title='1 2'>it</a>", " now", ".", " 看", "<b c=\"d e\">", "。"));
  EXPECT_THAT(units(part_of("a<b c=\"d e\">f", units_of(Unit::token))), ElementsAre("a", "<b c=\"d e\">", "f"));
  auto reference = units_of(Unit::token);
  reference.decision = Decision::reference;
  EXPECT_THAT(units(part_of("<b>", reference)), ElementsAre("<", "b", ">")) << "as llmlingua 0.2.2 does";
}

TEST(Tokenize, CutsIntoTokens) {
  EXPECT_THAT(units(part_of("It costs 3.50,", units_of(Unit::token))),
              ElementsAre("It", " costs", " 3", ".", "50", ","));
}

TEST(Tokenize, NeverSplitsACodePoint) {
  // The test tokenizer makes a token of every byte that is not a letter or digit of ASCII.
  EXPECT_THAT(units(part_of("né 你😀", units_of(Unit::token))), ElementsAre("n", "é", " ", "你", "😀"));
}

TEST(Tokenize, CutsIntoSentencesOfWholeUnits) {
  for (const auto unit : {Unit::token, Unit::word}) {
    const auto part = part_of("Dr. No came. Why?\n\nNobody knows", units_of(unit));
    EXPECT_THAT(sentences(part), ElementsAre("Dr. No came.", " Why?", "\n\nNobody knows"));
    for (const auto& range : part.sentences) {
      const auto inside = part.units_in(range);
      EXPECT_EQ(inside.front().tokens.begin, range.begin);
      EXPECT_EQ(inside.back().tokens.end, range.end);
    }
  }
}

TEST(Tokenize, GuardsNumbersAndNegations) {
  const auto part = part_of("It does not cost 3.50 euro.", units_of(Unit::word));
  EXPECT_THAT(guarded(part, Guard::in_kept_text), ElementsAre(" not", " 3.50"));
  EXPECT_EQ(part.guarded_tokens(part.all(), Guard::in_kept_text), 4u) << "of \" not\", \" 3\", \".\" and \"50\"";
  EXPECT_EQ(part.guarded_tokens({0, 2}, Guard::in_kept_text), 0u);
}

TEST(Tokenize, GuardsEveryTokenOfANumber) {
  EXPECT_THAT(guarded(part_of("costs 3.50 euro", units_of(Unit::token)), Guard::in_kept_text),
              ElementsAre(" 3", ".", "50"));
}

TEST(Tokenize, GuardsNothingUnasked) {
  auto options = units_of(Unit::word);
  options.protect = {.numbers = Guard::none, .negations = Guard::none, .identifiers = Guard::none};
  EXPECT_THAT(guarded(part_of("not 3.50", options), Guard::in_kept_text), ElementsAre());
}

TEST(Tokenize, GuardsWhatThePatternMatchesMoreFirmly) {
  auto options = units_of(Unit::word);
  options.protect.pattern = "cost \\d";
  const auto part = part_of("They cost 35, not 40.", options);
  EXPECT_THAT(guarded(part, Guard::always), ElementsAre(" cost", " 35")) << "units that it touches, whole";
  EXPECT_THAT(guarded(part, Guard::in_kept_text), ElementsAre(" not", " 40"));
}

TEST(Tokenize, GuardsClassesAsFirmlyAsAsked) {
  auto options = units_of(Unit::word);
  options.protect.names = Guard::in_kept_text;
  options.protect.negations = Guard::always;
  const auto part = part_of("It did not please Anna.", options);
  EXPECT_THAT(guarded(part, Guard::always), ElementsAre(" not"));
  EXPECT_THAT(guarded(part, Guard::in_kept_text), ElementsAre(" Anna"));
}

TEST(Tokenize, GuardsTheBytesThatTheCallerNames) {
  const Prompt prompt{.contexts = {"", "one two three four"},
                      .question = "why now",
                      .keep = {{Role::context, 1, 15, 17},
                               {Role::context, 1, 1, 5},
                               {Role::context, 1, 2, 3},
                               {Role::context, 1, 9, 9},
                               {Role::question, 0, 0, 1}}};
  const auto parts = tokenize(prompt, test::NgramModel(), units_of(Unit::word)).parts;
  EXPECT_THAT(guarded(parts[0], Guard::always), ElementsAre("one", " two", " four"));
  EXPECT_THAT(guarded(parts[1], Guard::always), ElementsAre("why"));
}

TEST(Tokenize, GuardsTheSeparatorOfAContextThatKeepsSomething) {
  const Prompt prompt{.instruction = "one\n\n", .contexts = {"two three\n\n", "four\n\n"}, .question = "five\n"};
  auto options = units_of(Unit::word);
  options.protect.pattern = "one|three|five";
  const auto parts = tokenize(prompt, test::NgramModel(), options).parts;
  EXPECT_THAT(guarded(parts[0], Guard::always), ElementsAre("one"));
  EXPECT_THAT(guarded(parts[1], Guard::always), ElementsAre(" three", "\n\n"));
  EXPECT_THAT(guarded(parts[2], Guard::always), ElementsAre());
  EXPECT_THAT(guarded(parts[3], Guard::always), ElementsAre("five"));
}

TEST(Tokenize, RejectsSpansOutsideTheirText) {
  const auto message = [](const Span& span) {
    const Prompt prompt{.contexts = {"four"}, .keep = {span}};
    const auto error = test::error_of([&] { tokenize(prompt, test::NgramModel(), {}); });
    EXPECT_EQ(error.code, ErrorCode::input_malformed);
    return error.message;
  };
  EXPECT_EQ(message({Role::context, 0, 2, 5}), "the bytes 2 to 5 to keep of context 0: the text ends at byte 4");
  EXPECT_EQ(message({Role::context, 0, 2, 1}),
            "the bytes 2 to 1 to keep of context 0: the end stands before the beginning");
  EXPECT_EQ(message({Role::context, 1, 0, 1}), "the bytes 0 to 1 to keep of context 1: there are 1 such texts");
  EXPECT_EQ(message({Role::instruction, 0, 0, 1}),
            "the bytes 0 to 1 to keep of instruction 0: the text ends at byte 0");
}

TEST(Tokenize, RejectsAnEmptyPrompt) {
  const auto error = test::error_of([] { tokenize({.contexts = {"", ""}}, test::NgramModel(), {}); });
  EXPECT_EQ(error.code, ErrorCode::input_malformed);
  EXPECT_EQ(error.message, "the prompt is empty: there is nothing to compress");
}

TEST(Tokenize, RejectsWhatIsNotUtf8) {
  const Prompt prompt{.contexts = {"fine", "bad \xC3("}};
  const auto error = test::error_of([&] { tokenize(prompt, test::NgramModel(), {}); });
  EXPECT_EQ(error.code, ErrorCode::input_malformed);
  EXPECT_EQ(error.message, "context 2: byte 4 (0xc3) is not UTF-8; convert the text first");
}

TEST(Tokenize, RejectsMoreBytesThanTheLimit) {
  const Prompt prompt{.instruction = "12345", .contexts = {"123"}, .question = "123"};
  Options options;
  options.max_bytes = 11;
  EXPECT_NO_THROW(tokenize(prompt, test::NgramModel(), options));
  options.max_bytes = 10;
  const auto error = test::error_of([&] { tokenize(prompt, test::NgramModel(), options); });
  EXPECT_EQ(error.code, ErrorCode::input_too_large);
  EXPECT_EQ(error.message, "the prompt has 11 bytes, the limit is 10 (option max_bytes)");
}

TEST(Tokenize, RejectsAnInvalidPattern) {
  Options options;
  options.protect.pattern = "(";
  EXPECT_EQ(test::error_of([&] { tokenize({.question = "x"}, test::NgramModel(), options); }).code,
            ErrorCode::invalid_pattern);
}

}  // namespace
}  // namespace lingua::compress
