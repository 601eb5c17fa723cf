// Why units were kept and dropped: worked out by hand, and what must hold of every explanation.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <lingua/compressor.hpp>
#include <lingua/error.hpp>
#include <map>

#include "support/ngram_model.hpp"
#include "support/random_prompts.hpp"

namespace lingua {
namespace {

const Compressor& compressor() {
  static const Compressor shared(std::make_shared<test::NgramModel>());
  return shared;
}

/// "word:reason ..." of the only part.
std::string reasons(const std::string& text, const Options& options) {
  const auto result = compressor().compress({.contexts = {text}}, options);
  std::string shown;
  for (const auto& unit : result.parts.at(0).units)
    shown.append(text, unit.begin, unit.end - unit.begin).append(":").append(to_string(unit.reason));
  return shown;
}

TEST(Explain, TheWholeTextIsThinned) {
  Options options;
  options.granularity = INFINITY;
  options.target = Tokens{4};
  // "b" and " b" are different tokens: the second and third " b" are predictable.
  EXPECT_EQ(reasons("a b b b 7 c", options),
            "a:surprising b:surprising b:predictable b:predictable 7:protected c:surprising");
  options.protect.pattern = "c";
  EXPECT_EQ(reasons("a b b b 7 c", options),
            "a:surprising b:surprising b:predictable b:predictable 7:protected c:always kept");
}

TEST(Explain, SentencesThatWereNotChosen) {
  Options options;
  options.target = Tokens{4};
  EXPECT_EQ(reasons("A a a. B c d.", options),
            "A:not chosen a:not chosen a:not chosen.:not chosen"
            " B:chosen c:chosen d:chosen.:chosen");
}

TEST(Explain, BaselinesHaveAnOrderOnly) {
  Options options;
  options.method = Method::head;
  options.target = Tokens{2};
  EXPECT_EQ(reasons("a b c", options), "a:chosen b:chosen c:not chosen");
}

TEST(Explain, HoldsForRandomPrompts) {
  test::RandomPrompts prompts(21);
  std::map<Reason, int> seen;
  for (int trial = 0; trial < 400; ++trial) {
    const auto prompt = prompts.next();
    auto& random = prompts.numbers();
    Options options;
    options.target = Rate{0.3};
    options.instruction_rate = options.question_rate = 0;
    options.unit = random.below(2) == 0 ? Unit::word : Unit::token;
    options.granularity = 1 + random.below(3);
    options.segment = 1 + random.below(50);
    options.protect.names = Guard::always;
    Result result;
    try {
      result = compressor().compress(prompt, options);
    } catch (const Error&) {
      continue;  // names alone exceed the target
    }
    for (const auto& part : result.parts) {
      std::size_t end = 0, token = 0;
      for (const auto& unit : part.units) {
        EXPECT_EQ(unit.begin, end);
        end = unit.end;
        for (; token < part.tokens.size() && part.tokens[token].end <= unit.end; ++token)
          EXPECT_EQ(part.tokens[token].kept, unit.kept);
        ++seen[unit.reason];
        const bool drops =
            unit.reason == Reason::not_chosen || unit.reason == Reason::predictable || unit.reason == Reason::no_room;
        EXPECT_EQ(unit.kept, !drops);
        if (unit.reason == Reason::surprising) {
          EXPECT_GE(unit.surprisal, unit.threshold);
        }
        if (unit.reason == Reason::predictable) {
          EXPECT_LT(unit.surprisal, unit.threshold);
        }
      }
      EXPECT_EQ(end, part.original.size());
      EXPECT_EQ(token, part.tokens.size());
    }
  }
  EXPECT_EQ(seen.size(), 7u) << "every reason occurs";
}

}  // namespace
}  // namespace lingua
