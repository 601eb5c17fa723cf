// The two backends are each other's oracle: on small random models llama.cpp and the engine agree, whatever is read,
// cut off and scored. Built with the option LINGUA_LLAMA only.
#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden/llama_backend.hpp"
#include "support/errors.hpp"
#include "support/tiny_model.hpp"

namespace lingua {
namespace {

using namespace test;
using testing::HasSubstr;

std::string tiny_bytes(const std::string& architecture) {
  TinyModel tiny;
  tiny.architecture = architecture;
  tiny.embedding = 128, tiny.heads = 2, tiny.kv_heads = 1;  // llama.cpp's qwen2 has heads as wide as the embedding
  return tiny_model(tiny).bytes();
}

class TinyLlama : public testing::TestWithParam<const char*> {
 protected:
  TempFile file_{tiny_bytes(GetParam())};
};
INSTANTIATE_TEST_SUITE_P(Architectures, TinyLlama, testing::Values("llama", "qwen2", "gemma3"));

// Keys and values are 16-bit floats in llama.cpp's cache, hence the tolerance.
TEST_P(TinyLlama, AnySequenceOfCallsAgreesWithTheEngine) {
  constexpr std::size_t window = 16;  // the texts below are longer
  RandomNumbers random(7);
  const ModelPtr engine = load(file_.path(), Backend::engine, window),
                 llama = load(file_.path(), Backend::llama, window);
  const auto expected = engine->new_scorer(), found = llama->new_scorer();
  for (int step = 0; step < 80; ++step) {
    const auto ids = random_ids(random, random.below(12));
    const std::uint32_t action = random.below(3);
    if (action == 0) {
      const std::size_t size = expected->size() - std::min<std::size_t>(expected->size(), random.below(20));
      expected->truncate(size), found->truncate(size);
    } else if (action == 1) {
      expected->append(ids), found->append(ids);
    } else {
      const auto a = scores(*expected, ids), b = scores(*found, ids);
      for (std::size_t i = 0; i < ids.size(); ++i)
        ASSERT_NEAR(a[i], b[i], 0.03) << "step " << step << ", token " << i;
    }
    ASSERT_EQ(found->size(), expected->size());
  }
}

TEST_P(TinyLlama, ScoresDoNotDependOnThreads) {
  RandomNumbers random(8);
  const auto ids = random_ids(random, 200);
  const auto expected = scores(*load(file_.path(), Backend::llama, 0, 1)->new_scorer(), ids);
  for (const unsigned threads : {2u, 3u}) {
    const ModelPtr model = load(file_.path(), Backend::llama, 0, threads);
    EXPECT_EQ(model->threads(), threads);
    EXPECT_EQ(scores(*model->new_scorer(), ids), expected) << threads;
  }
}

TEST_P(TinyLlama, NothingIsForwardedTwiceForNothing) {
  RandomNumbers random(9);
  const ModelPtr model = load(file_.path(), Backend::llama);
  const auto scorer = model->new_scorer();
  std::size_t kept = 0, scored = 0;
  for (int segment = 0; segment < 5; ++segment) {
    const auto ids = random_ids(random, 10);
    scores(*scorer, ids);
    scorer->truncate(kept);
    scorer->append(std::span(ids).first(3));
    kept += 3, scored += 10;
    EXPECT_LE(scorer->forwarded_tokens(), scored + kept);
  }
}

TEST_P(TinyLlama, FactsAndIdentity) {
  const ModelPtr engine = load(file_.path(), Backend::engine), llama = load(file_.path(), Backend::llama);
  EXPECT_EQ(engine->info().backend, Backend::engine);
  EXPECT_EQ(llama->info().backend, Backend::llama);
  EXPECT_EQ(llama->info().architecture, GetParam());
  EXPECT_EQ(llama->compute_type(), ComputeType::f32);
  EXPECT_NE(llama->id(), engine->id());
  EXPECT_EQ(load(file_.path(), Backend::automatic)->info().backend, Backend::engine);
}

TEST_P(TinyLlama, AScorerRefusesWhatTheEnginesRefuses) {
  const ModelPtr model = load(file_.path(), Backend::llama);
  const auto scorer = model->new_scorer();
  EXPECT_THROW(scorer->append(std::vector<TokenId>{261}), Error);
  EXPECT_THROW(scorer->append(std::vector<TokenId>{-1}), Error);
  EXPECT_THROW(scorer->truncate(1), Error);
  EXPECT_THROW(load(file_.path(), Backend::llama, 65), Error);
  EXPECT_EQ(scorer->size(), 0u);
}

// Granite is llama with factors here and there: with all of them 1, the same weights give the same surprisals. The
// engine does not know it, and its graph ends in a scaled product, so that libllama's own logits are read.
TEST(LlamaBackend, TakesModelsThatTheEngineDoesNotKnow) {
  TinyModel tiny;
  const TempFile llama_file(tiny_model(tiny).bytes());
  tiny.architecture = "granite";
  auto writer = tiny_model(tiny);
  writer.set("granite.logit_scale", 1.0f).set("granite.rope.dimension_count", tiny.head_size);
  const TempFile file(writer.bytes());
  const auto error = error_of([&] { load(file.path(), Backend::engine); });
  EXPECT_EQ(error.code, ErrorCode::model_unsupported);
  EXPECT_THAT(error.message, HasSubstr("llama backend"));
  EXPECT_EQ(inspect_model(file.path()).backend, Backend::llama);
  EXPECT_EQ(inspect_model(file.path()).unsupported, "");

  RandomNumbers random(3);
  const auto ids = random_ids(random, 60);
  const ModelPtr model = load(file.path(), Backend::automatic);
  EXPECT_EQ(model->info().backend, Backend::llama);
  const auto expected = scores(*load(llama_file.path(), Backend::engine)->new_scorer(), ids);
  EXPECT_LE(mean_difference(scores(*model->new_scorer(), ids), expected), 0.01);
}

TEST(LlamaBackend, RefusesWhatCannotScore) {
  TinyModel tiny;
  tiny.architecture = "nonsense";
  const TempFile unknown(tiny_model(tiny).bytes());
  for (const Backend backend : {Backend::automatic, Backend::llama}) {
    const auto error = error_of([&] { load(unknown.path(), backend); });
    EXPECT_EQ(error.code, ErrorCode::model_unsupported);
    EXPECT_THAT(error.message, HasSubstr("nonsense"));
  }
  EXPECT_THAT(inspect_model(unknown.path()).unsupported, HasSubstr("nonsense"));
  const auto bidirectional = tiny_model().set("llama.attention.causal", false).bytes();
  EXPECT_EQ(error_of([&] { load(TempFile(bidirectional).path(), Backend::llama); }).code,
            ErrorCode::model_unsupported);
  EXPECT_EQ(error_of([&] { load("/nowhere.gguf", Backend::llama); }).code, ErrorCode::model_not_found);
  EXPECT_NE(backend_version(Backend::llama), "");
}

}  // namespace
}  // namespace lingua
