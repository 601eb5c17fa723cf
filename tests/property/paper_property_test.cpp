// The method against the slow transcription of the paper's algorithms, on random prompts and options.
#include <gtest/gtest.h>

#include <limits>
#include <lingua/compressor.hpp>
#include <lingua/error.hpp>

#include "compress/prompt/tokenized_prompt.hpp"
#include "support/ngram_model.hpp"
#include "support/paper_transcription.hpp"
#include "support/random_prompts.hpp"
#include "text/script.hpp"

namespace lingua {
namespace {

using test::PaperTranscription;

std::vector<PaperTranscription::Part> parts_of(const compress::TokenizedPrompt& prompt) {
  std::vector<PaperTranscription::Part> parts;
  for (const auto& part : prompt.parts) {
    auto& out = parts.emplace_back();
    out.role = part.role;
    for (const auto& token : part.tokens) out.ids.push_back(token.id);
    for (const auto& unit : part.units) out.units.push_back({parts.size() - 1, unit.tokens.begin, unit.tokens.end});
    for (const auto& range : part.sentences) out.sentences.push_back({parts.size() - 1, range.begin, range.end});
    for (const auto& token : part.tokens)
      out.white_end.push_back(std::string_view(" \t\r\n").find(part.text[token.end - 1]) != std::string_view::npos);
    out.separator = {parts.size() - 1, part.separator.begin, part.separator.end};
  }
  return parts;
}

const std::string kRestriction = "It is known.";

PaperTranscription::Question question_of(const Prompt& prompt, const ScoringModel& model) {
  const auto begin = prompt.question.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  const auto question = prompt.question.substr(begin, prompt.question.find_last_not_of(" \t\r\n") + 1 - begin);
  const auto script = text::script_of(question);
  const bool spaced = script != text::Script::han && script != text::Script::kana;
  return {compress::ids_of(model.tokenize(question)),
          compress::ids_of(model.tokenize(question + (spaced ? " " : "") + kRestriction)),
          compress::ids_of(model.tokenize("\n\n"))};
}

/// A random part of what LongLLMLingua adds.
void randomise_question_aware(Options& options, test::RandomNumbers& random) {
  constexpr double kSpreads[] = {0, 0.1, 0.3, 1};
  if (random.below(4) > 0) options.rank_by = RankBy::question;
  options.question_surprisal = {
      .restriction = kRestriction, .sentences = 1 + 2 * random.below(3), .surprisal_weight = 0.5 * random.below(3)};
  if (random.below(2) == 0) options.coarsest = Level::sentence;
  options.rate_spread = kSpreads[random.below(4)];
  options.contrast = random.below(2) == 0;
  options.reorder = random.below(2) == 0;
}

Options random_options(test::RandomNumbers& random) {
  constexpr double kGranularities[] = {1, 1, 1.3, 2, 2, 3, std::numeric_limits<double>::infinity()};
  constexpr double kRates[] = {1, 1, 0.9, 0.85, 0.5, 0};
  constexpr std::size_t kSegments[] = {1, 3, 10, 25, 100};
  constexpr UnitScore kScores[] = {UnitScore::mean, UnitScore::sum, UnitScore::max};
  Options options;
  options.unit = random.below(2) == 0 ? Unit::token : Unit::word;
  options.unit_score = kScores[random.below(3)];
  options.granularity = kGranularities[random.below(7)];
  options.instruction_rate = kRates[random.below(6)];
  options.question_rate = kRates[random.below(6)];
  options.dynamic_rates = random.below(4) > 0;
  options.segment = kSegments[random.below(5)];
  options.protect = {.numbers = Guard::none, .negations = Guard::none, .identifiers = Guard::none};
  return options;
}

/// Compares with the transcription on random prompts; returns how often.
int compare(std::uint32_t seed, int trials, bool question_aware) {
  const auto model = std::make_shared<test::NgramModel>();
  const Compressor compressor(model);
  test::RandomPrompts prompts(seed);
  int compared = 0;
  for (int trial = 0; trial < trials && !testing::Test::HasFatalFailure(); ++trial) {
    SCOPED_TRACE(trial);

    const auto prompt = prompts.next();
    const auto question = question_of(prompt, *model);
    auto options = random_options(prompts.numbers());
    if (question_aware && !question.alone.empty()) randomise_question_aware(options, prompts.numbers());
    const auto tokenized = compress::tokenize(prompt, *model, options);
    if (tokenized.tokens() < 2) continue;
    const auto budget = 1 + prompts.numbers().below(static_cast<std::uint32_t>(tokenized.tokens()) - 1);
    options.target = Tokens{budget};
    Result result;
    try {
      result = compressor.compress(prompt, options);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::target_unreachable);
      continue;
    }
    const auto expected = PaperTranscription(parts_of(tokenized), question, *model, options, budget).run();
    ++compared;
    for (std::size_t p = 0; p < result.parts.size(); ++p) {
      std::vector<bool> kept;
      for (const auto& token : result.parts[p].tokens) kept.push_back(token.kept);
      EXPECT_EQ(kept, expected[p]) << "part " << p << ": " << result.parts[p].original;
    }
    if (testing::Test::HasFailure()) return compared;
  }
  return compared;
}

TEST(PaperProperty, TheMethodDoesWhatThePaperSays) { EXPECT_GT(compare(2310, 1500, false), 1000); }

TEST(PaperProperty, TheQuestionAwareMethodDoesWhatItsPaperSays) { EXPECT_GT(compare(6839, 1000, true), 600); }

}  // namespace
}  // namespace lingua
