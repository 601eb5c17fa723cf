// Model::load: options, errors, identity; and that one model serves several threads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

#include <lingua/error.hpp>
#include <lingua/model.hpp>

#include "engine/kernels/kernels.hpp"
#include "support/random_numbers.hpp"
#include "support/tiny_model.hpp"

namespace lingua {
namespace {

using test::GgufWriter;
using test::TempFile;
using testing::HasSubstr;

void expect_error(ErrorCode code, const std::vector<std::string>& parts, const std::filesystem::path& path,
                  const ModelOptions& options = {}) {
  try {
    Model::load(path, options);
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error_info(error.code()).name, error_info(code).name) << error.what();
    for (const std::string& part : parts) EXPECT_THAT(error.what(), HasSubstr(part));
  }
}

std::vector<TokenId> random_ids(std::size_t count, std::uint32_t seed = 1) {
  test::RandomNumbers random(seed);
  std::vector<TokenId> ids(count);
  for (TokenId& id : ids) id = static_cast<TokenId>(random.below(256));
  return ids;
}

std::vector<float> score(const ScoringModel& model, const std::vector<TokenId>& ids) {
  std::vector<float> surprisals(ids.size());
  model.new_scorer()->score(ids, surprisals);
  return surprisals;
}

class TinyModels : public testing::TestWithParam<const char*> {
 protected:
  GgufWriter writer(std::uint32_t seed = 1) const {
    test::TinyModel tiny;
    tiny.architecture = GetParam();
    tiny.seed = seed;
    return test::tiny_model(tiny);
  }
};
INSTANTIATE_TEST_SUITE_P(Architectures, TinyModels, testing::ValuesIn(test::kTinyModels));

TEST_P(TinyModels, Facts) {
  const TempFile file(writer().bytes());
  const auto model = Model::load(file.path(), {.compute = ComputeType::f32, .threads = 2});
  EXPECT_EQ(model->info().name, std::string("Tiny ") + GetParam());
  EXPECT_EQ(model->compute_type(), ComputeType::f32);
  EXPECT_EQ(model->threads(), 2u);
  const auto tokens = model->tokenize("the inn");
  ASSERT_FALSE(tokens.empty());
  EXPECT_EQ(tokens.front().begin, 0u);
  EXPECT_EQ(tokens.back().end, 7u);
}

TEST_P(TinyModels, BytesDoNotDependOnTheNumberOfThreads) {
  const TempFile file(writer().bytes());
  const auto ids = random_ids(300);
  for (const ComputeType compute : {ComputeType::f32, ComputeType::q8_0, ComputeType::automatic}) {
    const auto expected = score(*Model::load(file.path(), {.compute = compute, .threads = 1}), ids);
    for (const unsigned threads : {2u, 3u, 5u}) {
      EXPECT_EQ(score(*Model::load(file.path(), {.compute = compute, .threads = threads}), ids), expected) << threads;
    }
  }
}

TEST_P(TinyModels, SharedByThreads) {
  const TempFile file(writer().bytes());
  const auto model = Model::load(file.path(), {.compute = ComputeType::f32, .threads = 2});
  std::vector<std::vector<float>> expected(4), found(4);
  for (std::uint32_t i = 0; i < 4; ++i) expected[i] = score(*model, random_ids(90, i));
  std::vector<std::thread> threads;
  for (std::uint32_t i = 0; i < 4; ++i) threads.emplace_back([&, i] { found[i] = score(*model, random_ids(90, i)); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(found, expected);
}

TEST_P(TinyModels, IdTellsWeightsComputeTypeAndWindowApart) {
  const TempFile file(writer().bytes()), other(writer(2).bytes());
  const auto id = [](const TempFile& f, const ModelOptions& options) { return Model::load(f.path(), options)->id(); };
  const ModelOptions f32{.compute = ComputeType::f32, .threads = 1};
  EXPECT_EQ(id(file, f32), id(file, {.compute = ComputeType::f32, .threads = 2}));
  EXPECT_NE(id(file, f32), id(other, f32));
  EXPECT_NE(id(file, f32), id(file, {.compute = ComputeType::f32, .window = 32}));
  EXPECT_NE(id(file, f32), id(file, {.compute = ComputeType::q8_0}));
  if (engine::supports(engine::Isa::avx512_bf16)) {
    EXPECT_NE(id(file, f32), id(file, {.compute = ComputeType::bf16}));
  }
}

TEST_P(TinyModels, MissingAndMisshapenTensors) {
  for (const std::string name : {"blk.1.attn_norm.weight", "blk.2.ffn_down.weight", "output_norm.weight"}) {
    const TempFile missing(writer().erase_tensor(name).bytes());
    expect_error(ErrorCode::model_invalid, {missing.path().string(), name}, missing.path());
    const TempFile misshapen(writer().tensor(name, {32, 2}, std::vector<float>(64)).bytes());
    expect_error(ErrorCode::model_invalid, {misshapen.path().string(), name, "32"}, misshapen.path());
  }
}

TEST(Model, RopeFactorsArePositive) {
  GgufWriter writer = test::tiny_model({.architecture = "llama3"});
  std::vector<float> factors(32, 1);
  factors[5] = 0;
  const TempFile zero(writer.tensor("rope_freqs.weight", {32}, factors).bytes());
  expect_error(ErrorCode::model_invalid, {zero.path().string(), "rope_freqs.weight", "found 0"}, zero.path());
  const TempFile few(writer.tensor("rope_freqs.weight", {16}, std::vector<float>(16, 1)).bytes());
  expect_error(ErrorCode::model_invalid, {few.path().string(), "rope_freqs.weight", "32"}, few.path());
}

TEST(Model, LearnedPositionsFillTheWindow) {
  const TempFile file(test::tiny_model({.architecture = "gpt2"})
                          .tensor("position_embd.weight", {128, 63}, std::vector<float>(128 * 63))
                          .bytes());
  expect_error(ErrorCode::model_invalid, {"position_embd.weight", "128 x 64", "128 x 63"}, file.path());
}

TEST(Model, SizesThatTheKernelsDoNotTake) {
  test::TinyModel tiny;
  tiny.head_size = 16;
  const TempFile file(test::tiny_model(tiny).bytes());
  expect_error(ErrorCode::model_unsupported, {file.path().string(), "head size is 16", "multiples of 64"},
               file.path(), {.backend = Backend::engine});
}

TEST(Model, Options) {
  const TempFile file(test::tiny_model().bytes());
  expect_error(ErrorCode::invalid_option, {"window of 1 ", "2 to 64"}, file.path(), {.window = 1});
  expect_error(ErrorCode::invalid_option, {"window of 65 ", "2 to 64"}, file.path(), {.window = 65});
  expect_error(ErrorCode::invalid_option, {"5000 threads", "1024"}, file.path(), {.threads = 5000});
  expect_error(ErrorCode::model_not_found, {"/nowhere/model.gguf"}, "/nowhere/model.gguf");
  const bool bf16 = engine::supports(engine::Isa::avx512_bf16);
  const auto model = Model::load(file.path());
  EXPECT_EQ(model->compute_type(), engine::has_fast_bf16() ? ComputeType::bf16 : ComputeType::f32);
  EXPECT_GE(model->threads(), 1u);
  if (!bf16) expect_error(ErrorCode::invalid_option, {"bf16", "f32"}, file.path(), {.compute = ComputeType::bf16});
}

TEST(Model, Backends) {
  const TempFile file(test::tiny_model().bytes());
  EXPECT_EQ(Model::load(file.path())->info().backend, Backend::engine);
  EXPECT_EQ(Model::load(file.path(), {.backend = Backend::engine})->info().backend, Backend::engine);
  EXPECT_NE(backend_version(Backend::engine), "");
  expect_error(ErrorCode::invalid_option, {"GPU layers", "llama"}, file.path(),
               {.backend = Backend::engine, .gpu_layers = 1});
  test::TinyModel exotic;
  exotic.architecture = "exotic";
  const TempFile unknown(test::tiny_model(exotic).bytes());
  expect_error(ErrorCode::model_unsupported, {"exotic", "llama backend"}, unknown.path(),
               {.backend = Backend::engine});
  if (backend_version(Backend::llama).empty()) {
    expect_error(ErrorCode::invalid_option, {"backend llama", "LINGUA_LLAMA"}, file.path(),
                 {.backend = Backend::llama});
    expect_error(ErrorCode::model_unsupported, {"exotic", "LINGUA_LLAMA"}, unknown.path());
    EXPECT_THAT(inspect_model(unknown.path()).unsupported, HasSubstr("LINGUA_LLAMA"));
  }
}

TEST(Model, NamesOfBackends) {
  EXPECT_STREQ(to_string(Backend::automatic), "automatic");
  EXPECT_STREQ(to_string(Backend::engine), "engine");
  EXPECT_STREQ(to_string(Backend::llama), "llama");
}

TEST(Model, ScorerRejectsWhatCannotBe) {
  const TempFile file(test::tiny_model().bytes());
  const auto model = Model::load(file.path());
  const auto scorer = model->new_scorer();
  EXPECT_THROW(scorer->append(std::vector<TokenId>{261}), Error);
  EXPECT_THROW(scorer->append(std::vector<TokenId>{-1}), Error);
  const std::vector<TokenId> bad = {-1}, good = {1};
  std::vector<float> numbers(scorer->representation_size());
  const TextToRepresent unknown{bad, numbers}, narrow{good, std::span(numbers).first(1)};
  EXPECT_THROW(scorer->represent({&unknown, 1}), Error);
  EXPECT_THROW(scorer->represent({&narrow, 1}), Error);
  EXPECT_THROW(scorer->truncate(1), Error);
  std::vector<float> room(1);
  EXPECT_THROW(scorer->score(std::vector<TokenId>{1, 2}, room), Error);
  EXPECT_EQ(scorer->size(), 0u);
}

TEST(Model, NamesOfComputeTypes) {
  EXPECT_STREQ(to_string(ComputeType::automatic), "automatic");
  EXPECT_STREQ(to_string(ComputeType::f32), "f32");
  EXPECT_STREQ(to_string(ComputeType::bf16), "bf16");
  EXPECT_STREQ(to_string(ComputeType::q8_0), "q8_0");
}

// Sets an environment variable for the time of a test; null removes it.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    set(value);
  }
  ~Environment() { set(before_ ? before_->c_str() : nullptr); }

 private:
  void set(const char* value) { value ? setenv(name_, value, 1) : unsetenv(name_); }
  const char* name_;
  std::optional<std::string> before_;
};

TEST(Model, DefaultPath) {
  const Environment home("HOME", "/home/someone"), none("LINGUA_MODEL", nullptr);
  {
    const Environment cache("XDG_CACHE_HOME", nullptr);
    EXPECT_EQ(default_model_path(), "/home/someone/.cache/lingua/models/SmolLM2-135M-Instruct.Q4_1.gguf");
  }
  const Environment cache("XDG_CACHE_HOME", "/cache");
  EXPECT_EQ(default_model_path(), "/cache/lingua/models/SmolLM2-135M-Instruct.Q4_1.gguf");
  const Environment model("LINGUA_MODEL", "/models/mine.gguf");
  EXPECT_EQ(default_model_path(), "/models/mine.gguf");
}

}  // namespace
}  // namespace lingua
