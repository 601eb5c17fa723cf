// One model and one compressor serve several threads at once, and each gets what it would have got alone. Run under
// the thread sanitizer by .ci/run.
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include <lingua/compressor.hpp>
#include <lingua/model.hpp>

#include "support/random_numbers.hpp"
#include "support/tiny_model.hpp"

namespace lingua {
namespace {

constexpr std::size_t kThreads = 4, kPrompts = 6;

std::string random_text(test::RandomNumbers& random, int sentences) {
  static const char* const kWords[] = {" the", " bridge", " was", " not", " closed", " in", " 1987", " 桥", " again"};
  std::string text;
  for (int sentence = 0; sentence < sentences; ++sentence) {
    text += "So";
    for (std::uint32_t words = 3 + random.below(9); words > 0; --words) text += kWords[random.below(9)];
    text += ". ";
  }
  return text;
}

std::vector<Prompt> random_prompts() {
  test::RandomNumbers random(7);
  std::vector<Prompt> prompts(kPrompts);
  const std::string shared = random_text(random, 3);  // scored by all of them, and so found in the cache by most
  for (Prompt& prompt : prompts) {
    prompt = {.instruction = "Read.\n", .contexts = {random_text(random, 4), shared}, .question = "What?"};
  }
  return prompts;
}

class Concurrency : public testing::TestWithParam<Method> {};
INSTANTIATE_TEST_SUITE_P(Methods, Concurrency, testing::Values(Method::llmlingua, Method::selective_context));

TEST_P(Concurrency, ThreadsShareOneCompressor) {
  const test::TempFile file(test::tiny_model().bytes());
  const auto model = Model::load(file.path(), {.threads = 2});
  const Options options{.target = Rate{0.5}, .method = GetParam(), .granularity = 2};
  const std::vector<Prompt> prompts = random_prompts();

  std::vector<Result> alone;
  for (const Prompt& prompt : prompts) alone.push_back(Compressor(model).compress(prompt, options));

  const Compressor compressor(model, {.scores = 2048});  // so little that threads push out one another's scores
  std::vector<std::vector<Result>> together(kThreads);
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::size_t i = 0; i < kPrompts; ++i) {
        together[thread].push_back(compressor.compress(prompts[(i + thread) % kPrompts], options));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  for (std::size_t thread = 0; thread < kThreads; ++thread) {
    for (std::size_t i = 0; i < kPrompts; ++i) {
      EXPECT_EQ(together[thread][i].text, alone[(i + thread) % kPrompts].text);
      EXPECT_EQ(together[thread][i].kept, alone[(i + thread) % kPrompts].kept);
    }
  }
}

}  // namespace
}  // namespace lingua
