// Questions about contexts that were read before: the result is that of a compressor that has seen nothing, to the
// last byte, whatever was remembered, forgotten, or read by another thread. Run under the thread sanitizer by
// .ci/run.
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include <lingua/compressor.hpp>
#include <lingua/model.hpp>

#include "support/random_prompts.hpp"
#include "support/tiny_model.hpp"

namespace lingua {
namespace {

/// Questions about two documents of several blocks each, in turns; some come again.
std::vector<Prompt> random_prompts(std::uint32_t seed, std::size_t count) {
  test::RandomPrompts random(seed);
  const std::vector<std::string> documents[] = {{random.text(40), random.text(50)}, {random.text(80)}};
  const std::string questions[] = {random.text(5), random.text(9), random.text(7)};
  std::vector<Prompt> prompts;
  while (prompts.size() < count)
    prompts.push_back(
        {.contexts = documents[random.numbers().below(2)], .question = questions[random.numbers().below(3)]});
  return prompts;
}

std::shared_ptr<const Model> tiny(const char* architecture, ComputeType compute, unsigned threads) {
  test::TinyModel tiny;
  tiny.architecture = architecture;
  tiny.window = 256;
  const test::TempFile file(test::tiny_model(tiny).bytes());
  return Model::load(file.path(), {.compute = compute, .threads = threads});
}

class QuestionReuse : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Architectures, QuestionReuse, testing::ValuesIn(test::kTinyModels));

TEST_P(QuestionReuse, ChangesNoByte) {
  const auto prompts = random_prompts(3, 8);
  const Options options{.target = Rate{0.6}};
  for (const auto compute : {ComputeType::f32, ComputeType::q8_0}) {
    const auto model = tiny(GetParam(), compute, 2), single = tiny(GetParam(), compute, 1);
    std::vector<Result> fresh;
    for (const Prompt& prompt : prompts) fresh.push_back(Compressor(single).compress(prompt, options));
    for (const std::size_t readings : {std::size_t{0}, std::size_t{1} << 21, std::size_t{1} << 30}) {
      const Compressor compressor(model, {.scores = 5000, .readings = readings});
      std::size_t forwarded = 0, forwarded_fresh = 0;
      for (std::size_t i = 0; i < prompts.size(); ++i) {
        const auto result = compressor.compress(prompts[i], options);
        EXPECT_EQ(result.kept, fresh[i].kept) << "question " << i << ", " << readings << " bytes";
        forwarded += result.forwarded_tokens, forwarded_fresh += fresh[i].forwarded_tokens;
      }
      if (readings > 0) {
        EXPECT_LT(forwarded, forwarded_fresh) << readings << " bytes";
      }
    }
  }
}

TEST(QuestionReuseByThreads, ChangesNoByte) {
  const auto prompts = random_prompts(4, 8);
  const Options options{.target = Rate{0.6}};
  const auto model = tiny("llama", ComputeType::f32, 2);
  std::vector<Result> fresh;
  for (const Prompt& prompt : prompts) fresh.push_back(Compressor(model).compress(prompt, options));
  const Compressor compressor(model, {.readings = 2u << 20});
  const auto ask = [&](std::size_t first) {
    for (std::size_t i = 0; i < prompts.size(); ++i) {
      const auto question = (first + i) % prompts.size();
      EXPECT_EQ(compressor.compress(prompts[question], options).kept, fresh[question].kept);
    }
  };
  std::thread other(ask, 5);
  ask(0);
  other.join();
}

}  // namespace
}  // namespace lingua
