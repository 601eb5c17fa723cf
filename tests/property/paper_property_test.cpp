// The method against the slow transcription of the paper's algorithms, on random prompts and options.
#include <gtest/gtest.h>

#include <limits>
#include <lingua/compressor.hpp>
#include <lingua/error.hpp>

#include "compress/tokenized_prompt.hpp"
#include "support/ngram_model.hpp"
#include "support/paper_transcription.hpp"
#include "support/random_prompts.hpp"

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
    out.separator = {parts.size() - 1, part.separator.begin, part.separator.end};
  }
  return parts;
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
  options.protect = {.numbers = Guard::none, .negations = Guard::none};
  return options;
}

TEST(PaperProperty, TheMethodDoesWhatThePaperSays) {
  const auto model = std::make_shared<test::NgramModel>();
  const Compressor compressor(model);
  test::RandomPrompts prompts(2310);
  int compared = 0;
  for (int trial = 0; trial < 1500; ++trial) {
    SCOPED_TRACE(trial);

    const auto prompt = prompts.next();
    auto options = random_options(prompts.numbers());
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
    const auto expected = PaperTranscription(parts_of(tokenized), *model, options, budget).run();
    ++compared;
    for (std::size_t p = 0; p < result.parts.size(); ++p) {
      std::vector<bool> kept;
      for (const auto& token : result.parts[p].tokens) kept.push_back(token.kept);
      ASSERT_EQ(kept, expected[p]) << "part " << p << ": " << result.parts[p].original;
    }
  }
  EXPECT_GT(compared, 1000);
}

}  // namespace
}  // namespace lingua
