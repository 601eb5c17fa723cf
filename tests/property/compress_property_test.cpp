// What must always hold of a compression, on random prompts of all kinds.
#include <gtest/gtest.h>

#include <algorithm>
#include <lingua/compressor.hpp>
#include <lingua/error.hpp>
#include <lingua/model.hpp>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <thread>

#include "compress/prompt/tokenized_prompt.hpp"
#include "support/errors.hpp"
#include "support/ngram_model.hpp"
#include "support/random_prompts.hpp"
#include "support/tiny_model.hpp"
#include "text/graphemes.hpp"
#include "text/utf8.hpp"

namespace lingua {
namespace {

using compress::TokenizedPrompt;

const auto& model() {
  static const auto shared = std::make_shared<test::NgramModel>();
  return shared;
}

const Compressor& compressor() {
  static const Compressor shared(model());
  return shared;
}

std::string describe(const Options& options) {
  std::string text("method ");
  text.append(std::to_string(static_cast<int>(options.method)));
  text.append(", unit ").append(std::to_string(static_cast<int>(options.unit)));
  text.append(", k ").append(std::to_string(options.granularity));
  text.append(", rates ").append(std::to_string(options.instruction_rate));
  text.append(" ").append(std::to_string(options.question_rate));
  text.append(", target ").append(std::to_string(std::get<Tokens>(options.target).value));
  return text;
}

/// Calls `check(prompt, tokenized, random)` on random prompts of at least two tokens.
template <typename Check>
void for_random_prompts(std::uint32_t seed, int count, Check check) {
  test::RandomPrompts prompts(seed);
  for (int trial = 0; trial < count; ++trial) {
    SCOPED_TRACE(testing::Message() << "seed " << seed << ", trial " << trial);
    const auto prompt = prompts.next();
    const auto tokenized = compress::tokenize(prompt, *model(), {});
    if (tokenized.tokens() > 1) check(prompt, tokenized, prompts.numbers());
    if (testing::Test::HasFatalFailure()) return;
  }
}

Target random_target(const TokenizedPrompt& prompt, test::RandomNumbers& random) {
  return Tokens{1 + random.below(static_cast<std::uint32_t>(prompt.tokens()) - 1)};
}

/// What depends on the question, but for the order of the contexts.
void randomise_question_aware(Options& options, test::RandomNumbers& random) {
  const bool plans = options.method == Method::llmlingua || options.method == Method::single_pass;
  if (!plans || random.below(2) == 0) return;
  constexpr RankBy kRankings[] = {RankBy::surprisal, RankBy::question, RankBy::words,
                                  RankBy::recency,   RankBy::lead,     RankBy::brevity};
  options.rank_by = kRankings[random.below(std::size(kRankings))];
  options.question_surprisal.sentences = 1 + 2 * random.below(2);
  options.coarsest = random.below(2) == 0 ? Level::context : Level::sentence;
  options.rate_spread = random.below(3) * 0.3;
  options.contrast = options.method == Method::llmlingua && random.below(2) == 0;
}

constexpr Method kAllMethods[] = {
    Method::llmlingua, Method::llmlingua, Method::llmlingua, Method::single_pass, Method::selective_context,
    Method::sentence,  Method::head,      Method::tail,      Method::random};
constexpr Method kPlanning[] = {Method::llmlingua, Method::llmlingua, Method::single_pass};
constexpr Method kBaselines[] = {Method::head, Method::tail, Method::random, Method::selective_context,
                                 Method::sentence};

/// One of `methods`, any unit, granularity and protection.
Options random_options(const TokenizedPrompt& prompt, test::RandomNumbers& random,
                       std::span<const Method> methods = kAllMethods) {
  constexpr double kGranularities[] = {1, 1, 1.5, 2, std::numeric_limits<double>::infinity()};
  constexpr double kRates[] = {1, 1, 0.85, 0.5, 0};
  Options options;
  options.target = random_target(prompt, random);
  options.method = methods[random.below(static_cast<std::uint32_t>(methods.size()))];
  options.unit = random.below(2) == 0 ? Unit::token : Unit::word;
  options.granularity = kGranularities[random.below(5)];
  options.instruction_rate = kRates[random.below(5)];
  options.question_rate = kRates[random.below(5)];
  options.segment = 1 + random.below(40);
  for (const auto guard : {&Protection::numbers, &Protection::negations, &Protection::identifiers,
                           &Protection::quotations, &Protection::code, &Protection::names})
    options.protect.*guard = random.below(2) == 0 ? Guard::in_kept_text : Guard::none;
  options.seed = random.below(100);
  randomise_question_aware(options, random);
  return options;
}

/// Nothing where the target is out of reach.
std::optional<Result> try_compress(const Prompt& prompt, const Options& options) {
  try {
    return compressor().compress(prompt, options);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::target_unreachable) << error.what();
    return std::nullopt;
  }
}

/// The longest unit that was dropped, in tokens.
std::size_t longest_dropped_unit(const Prompt& prompt, const Options& options, const Result& result) {
  const auto tokenized = compress::tokenize(prompt, *model(), options);
  std::size_t longest = 0;
  for (std::size_t p = 0; p < result.parts.size(); ++p)
    for (const auto& unit : tokenized.parts[p].units)
      if (!result.parts[p].tokens[unit.tokens.begin].kept) longest = std::max(longest, unit.tokens.size());
  return longest;
}

TEST(CompressProperty, KeepsOnlyRangesOfTheInput) {
  for_random_prompts(1, 1500, [](const Prompt& prompt, const TokenizedPrompt& tokenized, auto& random) {
    const auto options = random_options(tokenized, random);
    const auto result = try_compress(prompt, options);
    if (!result) return;
    SCOPED_TRACE(describe(options));

    std::string text;
    const KeptRange* last = nullptr;
    for (const auto& range : result->kept) {
      ASSERT_LT(range.begin, range.end);
      const std::string& original = result->parts.at(range.part).original;
      ASSERT_LE(range.end, original.size());
      if (last != nullptr) {
        ASSERT_LE(last->part, range.part);
        ASSERT_TRUE(last->part < range.part || last->end < range.begin) << "touching ranges are joined";
      }
      const auto joints = text::grapheme_joints(original);
      for (const auto cut : {range.begin, range.end}) {
        EXPECT_TRUE(text::is_code_point_boundary(original, cut));
        EXPECT_FALSE(std::ranges::binary_search(joints, cut)) << "a character is cut";
      }
      text.append(original, range.begin, range.end - range.begin);
      last = &range;
    }
    EXPECT_EQ(text, result->text);
    EXPECT_EQ(text::find_invalid_utf8(result->text), std::nullopt);
  });
}

TEST(CompressProperty, AddsUp) {
  for_random_prompts(2, 1500, [](const Prompt& prompt, const TokenizedPrompt& tokenized, auto& random) {
    const auto options = random_options(tokenized, random);
    const auto result = try_compress(prompt, options);
    if (!result) return;
    SCOPED_TRACE(describe(options));

    std::size_t before = 0, after = 0, budget = 0;
    std::string text;
    for (const auto& part : result->parts) {
      std::size_t kept = 0, end = 0;
      std::string part_text;
      for (const auto& token : part.tokens) {
        ASSERT_EQ(token.begin, end);
        end = token.end;
        if (!token.kept) continue;
        ++kept;
        part_text.append(part.original, token.begin, token.end - token.begin);
      }
      EXPECT_EQ(end, part.original.size());
      EXPECT_EQ(part.text, part_text);
      EXPECT_EQ(part.tokens_after, kept);
      EXPECT_EQ(part.tokens_before, part.tokens.size());
      before += part.tokens_before;
      after += part.tokens_after;
      budget += part.budget;
      text += part.text;
    }
    EXPECT_EQ(result->tokens_before, before);
    EXPECT_EQ(result->tokens_before, tokenized.tokens());
    EXPECT_EQ(result->tokens_after, after);
    EXPECT_EQ(result->text, text);
    const bool plans = options.method == Method::llmlingua || options.method == Method::single_pass;
    const bool cuts =
        options.rank_by == RankBy::brevity || options.rank_by == RankBy::recency || options.rank_by == RankBy::lead;
    if (cuts) {
      EXPECT_LE(budget, result->budget) << "what is left over behind a cut is given to nobody";
      EXPECT_LE(result->tokens_after, budget);
    } else {
      EXPECT_EQ(budget, plans ? result->budget : result->tokens_after);
    }
  });
}

TEST(CompressProperty, MeetsTheBudget) {
  for_random_prompts(3, 3000, [](const Prompt& prompt, const TokenizedPrompt& tokenized, auto& random) {
    const auto options = random_options(tokenized, random);
    const auto result = try_compress(prompt, options);
    if (!result) return;
    SCOPED_TRACE(describe(options));
    // Exactly, unless every dropped unit that it could have gone to is too long for what is left over. With token
    // units that takes code points of several tokens; with words, less than one word is left.
    EXPECT_LE(result->tokens_after, result->budget);
    const auto left_over = result->budget - result->tokens_after;
    EXPECT_LT(left_over, std::max<std::size_t>(1, longest_dropped_unit(prompt, options, *result)));
  });
}

TEST(CompressProperty, ReturnsTheInputAtRateOne) {
  for_random_prompts(4, 200, [](const Prompt& prompt, const TokenizedPrompt& tokenized, auto& random) {
    auto options = random_options(tokenized, random);
    options.target = random.below(2) == 0 ? Target{Rate{1}} : Target{Tokens{tokenized.tokens()}};
    const auto result = compressor().compress(prompt, options);
    auto all = prompt.instruction;
    for (const auto& context : prompt.contexts) all += context;
    EXPECT_EQ(result.text, all + prompt.question);
    EXPECT_EQ(result.notes.size(), 1u);
  });
}

TEST(CompressProperty, BaselinesKeepASupersetForABiggerBudget) {
  for_random_prompts(5, 600, [](const Prompt& prompt, const TokenizedPrompt& tokenized, auto& random) {
    auto options = random_options(tokenized, random, kBaselines);
    options.instruction_rate = options.question_rate = 1;
    if (random.below(3) == 0) options.protect.pattern = "a";
    auto other = options;
    other.target = random_target(tokenized, random);
    auto smaller = try_compress(prompt, options), bigger = try_compress(prompt, other);
    if (!smaller || !bigger) return;
    SCOPED_TRACE(describe(options));
    if (smaller->budget > bigger->budget) std::swap(smaller, bigger);
    for (std::size_t p = 0; p < smaller->parts.size(); ++p)
      for (std::size_t t = 0; t < smaller->parts[p].tokens.size(); ++t)
        ASSERT_LE(smaller->parts[p].tokens[t].kept, bigger->parts[p].tokens[t].kept)
            << "part " << p << ", token " << t;
  });
}

TEST(CompressProperty, KeepsProtectedUnitsOfEverySentenceInPlay) {
  int protected_units = 0;
  for_random_prompts(6, 1000, [&](const Prompt& prompt, const TokenizedPrompt& plain, auto& random) {
    const auto options = random_options(plain, random, kPlanning);
    const auto result = try_compress(prompt, options);
    if (!result || !result->notes.empty()) return;
    SCOPED_TRACE(describe(options));
    const auto tokenized = compress::tokenize(prompt, *model(), options);
    for (std::size_t p = 0; p < tokenized.parts.size(); ++p) {
      const auto& part = tokenized.parts[p];
      const auto is_kept = [&](const compress::TextUnit& unit) {
        return result->parts[p].tokens[unit.tokens.begin].kept;
      };
      for (const auto& sentence : part.sentences) {
        const auto units = part.units_in(sentence);
        if (std::none_of(units.begin(), units.end(), is_kept)) continue;
        for (const auto& unit : units) {
          if (unit.guard != Guard::in_kept_text) continue;
          ++protected_units;
          EXPECT_TRUE(is_kept(unit)) << "token " << unit.tokens.begin << " of " << part.text;
        }
      }
    }
  });
  EXPECT_GT(protected_units, 1000);
}

/// The number that ends "... the smallest possible target is 33 tokens ...".
std::uint64_t smallest_target(const std::string& message) {
  const std::string before = "the smallest possible target is ";
  const auto found = message.find(before);
  EXPECT_NE(found, std::string::npos) << message;
  return std::stoull(message.substr(found + before.size()));
}

/// Asks for something that is kept at any rate: a pattern, a class, or bytes anywhere.
void add_firm_protection(Options& options, Prompt& prompt, test::RandomNumbers& random) {
  constexpr const char* kPatterns[] = {"a", "\\bcat\\b", "[。.]", "\\s+", "苹果|😀", "."};
  constexpr Guard Protection::*kClasses[] = {&Protection::numbers,     &Protection::negations,
                                             &Protection::identifiers, &Protection::quotations,
                                             &Protection::code,        &Protection::names};
  if (random.below(2) == 0) options.protect.pattern = kPatterns[random.below(6)];
  if (random.below(2) == 0) options.protect.*kClasses[random.below(6)] = Guard::always;
  for (auto spans = random.below(4); spans > 0; --spans) {
    const auto context = random.below(static_cast<std::uint32_t>(prompt.contexts.size()));
    const auto size = static_cast<std::uint32_t>(prompt.contexts[context].size());
    const auto begin = random.below(size + 1);
    prompt.keep.push_back({Role::context, context, begin, begin + random.below(std::min(size - begin, 20u) + 1)});
  }
}

TEST(CompressProperty, KeepsWhatIsKeptAtAnyRateOrNamesTheSmallestTarget) {
  int unreachable = 0, guarded = 0;
  for_random_prompts(7, 1000, [&](Prompt prompt, const TokenizedPrompt& plain, auto& random) {
    auto options = random_options(plain, random);
    add_firm_protection(options, prompt, random);
    std::optional<Result> result;
    try {
      result = compressor().compress(prompt, options);
    } catch (const Error& error) {
      ASSERT_EQ(error.code(), ErrorCode::target_unreachable);
      ++unreachable;
      const auto smallest = smallest_target(error.what());
      ASSERT_GT(smallest, std::get<Tokens>(options.target).value);
      options.target = Tokens{smallest};
      ASSERT_NO_THROW(result = compressor().compress(prompt, options)) << describe(options);
      if (smallest > 1 && smallest < plain.tokens()) {
        auto less = options;
        less.target = Tokens{smallest - 1};
        EXPECT_EQ(test::error_of([&] { compressor().compress(prompt, less); }).code, ErrorCode::target_unreachable);
      }
    }
    SCOPED_TRACE(describe(options));
    const auto tokenized = compress::tokenize(prompt, *model(), options);
    for (std::size_t p = 0; p < tokenized.parts.size(); ++p)
      for (const auto& unit : tokenized.parts[p].units) {
        if (unit.guard != Guard::always) continue;
        ++guarded;
        EXPECT_TRUE(result->parts[p].tokens[unit.tokens.begin].kept);
      }
  });
  EXPECT_GT(unreachable, 100);
  EXPECT_GT(guarded, 1000);
}

/// Everything but the times.
void expect_same(const Result& a, const Result& b) {
  EXPECT_EQ(a.text, b.text);
  EXPECT_EQ(a.kept, b.kept);
  EXPECT_EQ(a.notes, b.notes);
  ASSERT_EQ(a.parts.size(), b.parts.size());
  for (std::size_t p = 0; p < a.parts.size(); ++p) {
    EXPECT_EQ(a.parts[p].budget, b.parts[p].budget);
    ASSERT_EQ(a.parts[p].tokens.size(), b.parts[p].tokens.size());
    for (std::size_t t = 0; t < a.parts[p].tokens.size(); ++t) {
      const auto x = a.parts[p].tokens[t].surprisal, y = b.parts[p].tokens[t].surprisal;
      EXPECT_TRUE(x == y || (x != x && y != y));
    }
  }
}

TEST(CompressProperty, DoesNotDependOnTheScoreCache) {
  const Compressor warm(model()), cold(model(), {.scores = 0});
  for_random_prompts(8, 300, [&](const Prompt& prompt, const TokenizedPrompt& tokenized, auto& random) {
    auto options = random_options(tokenized, random);
    options.instruction_rate = options.question_rate = 0;
    const auto first = warm.compress(prompt, options);
    const auto second = warm.compress(prompt, options);
    const auto third = cold.compress(prompt, options);
    expect_same(first, second);
    expect_same(first, third);
    EXPECT_LE(second.forwarded_tokens, third.forwarded_tokens);
  });
}

TEST(CompressProperty, ReorderingMovesWholeContexts) {
  int moved = 0;
  for_random_prompts(13, 500, [&](const Prompt& prompt, const TokenizedPrompt& tokenized, auto& random) {
    auto options = options_for(Preset::longllmlingua);
    options.unit = random.below(2) == 0 ? Unit::token : Unit::word;
    options.target = random_target(tokenized, random);
    const auto result = try_compress(prompt, options);
    if (!result) return;
    std::vector<std::string> of_part(result->parts.size());
    std::vector<std::size_t> order;
    std::string text;
    for (const auto& range : result->kept) {
      const auto bytes = result->parts[range.part].original.substr(range.begin, range.end - range.begin);
      of_part[range.part] += bytes;
      text += bytes;
      if (order.empty() || order.back() != range.part) order.push_back(range.part);
    }
    EXPECT_EQ(text, result->text);
    for (std::size_t p = 0; p < of_part.size(); ++p) EXPECT_EQ(of_part[p], result->parts[p].text);
    moved += !std::is_sorted(order.begin(), order.end());
    const auto role = [&](std::size_t p) { return result->parts[p].role; };
    EXPECT_TRUE(std::ranges::is_sorted(order, {}, role)) << "instruction and question stay where they are";
    std::ranges::sort(order);
    EXPECT_EQ(std::ranges::adjacent_find(order), order.end()) << "no part is torn apart";
    EXPECT_LE(result->tokens_after, result->budget);
  });
  EXPECT_GT(moved, 50);
}

// Once for the coarse pass, k times the budget to be thinned, and what is kept: L (1 + 3 tau) for k = 2. A sentence
// that is longer than k times the budget is read whole. One more: the separator.
void expect_few_forwarded(std::shared_ptr<const ScoringModel> scorer, const Prompt& prompt,
                          test::RandomNumbers& random) {
  const auto tokenized = compress::tokenize(prompt, *scorer, {});
  if (tokenized.tokens() < 2) return;
  auto options = options_for(Preset::paper);
  options.target = random_target(tokenized, random);
  options.segment = 1 + random.below(100);
  std::optional<Result> result;
  try {
    result = Compressor(scorer).compress(prompt, options);
  } catch (const Error&) {
    return;
  }
  std::size_t longest_sentence = 0;
  for (const auto& part : tokenized.parts)
    for (const auto& range : part.sentences) longest_sentence = std::max(longest_sentence, range.size());
  EXPECT_LE(result->forwarded_tokens, tokenized.tokens() + 3 * result->budget + longest_sentence + 1);
}

TEST(CompressProperty, ForwardsNothingTwiceForNothing) {
  for_random_prompts(9, 500, [](const Prompt& prompt, const TokenizedPrompt&, auto& random) {
    expect_few_forwarded(model(), prompt, random);
  });
}

TEST(CompressProperty, TheEngineForwardsNothingTwiceForNothing) {
  test::TinyModel tiny;
  tiny.window = 4096;
  const test::TempFile file(test::tiny_model(tiny).bytes());
  const auto engine = Model::load(file.path(), {.compute = ComputeType::f32, .threads = 1});
  for_random_prompts(12, 40, [&](const Prompt& prompt, const TokenizedPrompt&, auto& random) {
    expect_few_forwarded(engine, prompt, random);
  });
}

TEST(CompressProperty, ReferenceKeepsRangesOfTheInputToo) {
  for_random_prompts(10, 500, [](const Prompt& prompt, const TokenizedPrompt& tokenized, auto& random) {
    auto options = options_for(Preset::reference);
    options.target = random_target(tokenized, random);
    options.segment = 1 + random.below(40);
    const auto result = try_compress(prompt, options);
    if (!result) return;
    EXPECT_EQ(text::find_invalid_utf8(result->text), std::nullopt);
    std::size_t budget = 0;
    for (const auto& part : result->parts) {
      budget += part.budget;
      EXPECT_TRUE(part.role == Role::context || part.text == part.original);
    }
    EXPECT_EQ(budget, result->budget);
  });
}

TEST(CompressProperty, SeveralThreadsGetWhatOneGets) {
  struct Job {
    Prompt prompt;
    Options options;
    Result expected;
  };
  std::vector<Job> jobs;
  for_random_prompts(11, 60, [&](const Prompt& prompt, const TokenizedPrompt& tokenized, auto& random) {
    const auto options = random_options(tokenized, random);
    if (auto result = try_compress(prompt, options)) jobs.push_back({prompt, options, *std::move(result)});
  });
  const Compressor shared(model(), {.scores = 20000});  // a cache so small that it is always forgetting
  std::vector<std::thread> threads;
  for (std::size_t offset = 0; offset < 4; ++offset)
    threads.emplace_back([&, offset] {
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        const auto& job = jobs[(i + offset) % jobs.size()];
        expect_same(shared.compress(job.prompt, job.options), job.expected);
      }
    });
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace lingua
