// Surprisals of the real models against llama.cpp with everything in F32 (surprisal_golden.py), on English, Chinese
// and code. LINGUA_GOLDEN_MODELS lists the models of this program; models that are not installed are skipped.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <iterator>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <lingua/lingua.hpp>

#include "support/models.hpp"

namespace lingua {
namespace {

struct Golden {
  std::vector<TokenId> ids;
  std::vector<float> surprisals;
};

std::string golden_path(const std::string& name) { return LINGUA_TEST_DATA "/golden/" + name; }

Golden read_golden(const std::string& name) {
  Golden golden;
  std::ifstream file(golden_path(name));
  file.ignore(std::numeric_limits<std::streamsize>::max(), '\n');  // which model it was
  TokenId id;
  float surprisal;
  while (file >> id >> surprisal) {
    golden.ids.push_back(id);
    golden.surprisals.push_back(surprisal);
  }
  return golden;
}

std::string read_text(const std::string& name) {
  std::ifstream file(golden_path(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Difference {
  double mean = 0, max = 0;
};

/// Over the tokens of all three texts, in nats.
Difference difference_from_golden(const std::string& name, const Model& model) {
  Difference difference;
  std::size_t tokens = 0;
  for (const std::string text : {"english", "chinese", "code"}) {
    const Golden golden = read_golden(name + "." + text + ".tsv");
    std::vector<TokenId> ids;
    for (const Token& token : model.tokenize(read_text(text + ".txt"))) ids.push_back(token.id);
    EXPECT_EQ(ids, golden.ids) << text;
    std::vector<float> surprisals(golden.ids.size());
    model.new_scorer()->score(golden.ids, surprisals);
    for (std::size_t i = 0; i < surprisals.size(); ++i) {
      const double delta = std::abs(double{surprisals[i]} - golden.surprisals[i]);
      difference.mean += delta;
      difference.max = std::max(difference.max, delta);
      EXPECT_TRUE(std::isfinite(surprisals[i])) << text << ", token " << i;
    }
    tokens += surprisals.size();
  }
  EXPECT_GE(tokens, 2000u);
  difference.mean /= static_cast<double>(tokens);
  std::cout << name << ", " << to_string(model.compute_type()) << ": |difference| mean " << difference.mean
            << ", max " << difference.max << " nats over " << tokens << " tokens\n";
  return difference;
}

class Surprisal : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const std::string name = GetParam();
    path_ = test::cached_model(name == "smollm2" ? test::kSmolLM2 : name == "gemma3" ? test::kGemma3 : test::kQwen2);
    if (!std::filesystem::exists(path_)) GTEST_SKIP() << "no file " << path_;
  }
  std::filesystem::path path_;
};

TEST_P(Surprisal, F32) {
  const auto model = Model::load(path_, {.compute = ComputeType::f32});
  const Difference difference = difference_from_golden(GetParam(), *model);
  EXPECT_LE(difference.mean, 0.01);
  EXPECT_LE(difference.max, 0.1);
}

TEST_P(Surprisal, Bf16) {
  std::shared_ptr<const Model> model;
  try {
    model = Model::load(path_, {.compute = ComputeType::bf16});
  } catch (const Error& error) {
    if (error.code() != ErrorCode::invalid_option) throw;
    GTEST_SKIP() << error.what();
  }
  EXPECT_LE(difference_from_golden(GetParam(), *model).mean, 0.02);
}

// About as exact as llama.cpp's own Q8_0 (surprisal_golden.py q8_0).
TEST_P(Surprisal, Q8_0) {
  const std::map<std::string, double> llama_cpp{{"smollm2", 0.0705}, {"gemma3", 0.0667}, {"qwen2", 0.0225}};
  const auto model = Model::load(path_, {.compute = ComputeType::q8_0});
  EXPECT_LE(difference_from_golden(GetParam(), *model).mean, 1.1 * llama_cpp.at(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Models, Surprisal, testing::Values(LINGUA_GOLDEN_MODELS),
                         [](const auto& model) { return std::string(model.param); });

}  // namespace
}  // namespace lingua
