// The reference preset against microsoft/LLMLingua 0.2.2 itself (reference_golden.py): the sets of tokens that its
// token-level stage keeps of real prompts. LINGUA_GOLDEN_PROMPTS says how many of them this program compares.
//
// What remains different is that our scorers stand after the document separator and the original's do not: with the
// separator put before everything the original scores, the sets are the same, but for halves of characters: ours keep
// whole ones.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <lingua/lingua.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "support/models.hpp"
#include "text/utf8.hpp"

namespace lingua {
namespace {

using Json = nlohmann::json;

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::filesystem::path data_folder() {
  const char* folder = std::getenv("LINGUA_DATA");
  return folder && *folder ? folder : LINGUA_SOURCE_DIR "/../shared/data";
}

/// The excerpt that `golden` describes.
std::string excerpt(const Json& golden) {
  auto text = read(data_folder() / golden.at("file").get<std::string>());
  if (!golden.at("line").is_null()) {
    std::istringstream lines(text);
    for (int line = 0; line <= golden.at("line"); ++line) std::getline(lines, text);
    text = Json::parse(text).at(Json::json_pointer(golden.at("pointer").get<std::string>())).get<std::string>();
  }
  const std::size_t begin = golden.at("begin"), end = golden.at("end");
  return text.substr(begin, end - begin);
}

/// 64-bit FNV-1a over token ids.
std::uint64_t hash(const std::vector<Token>& tokens) {
  std::uint64_t value = 14695981039346656037u;
  for (const auto& token : tokens) value = (value ^ static_cast<std::uint64_t>(token.id)) * 1099511628211u;
  return value;
}

/// How many tokens there are, and how many of them had another fate in the original.
struct Comparison {
  std::size_t tokens = 0, different = 0;
  double agreement() const { return 1 - static_cast<double>(different) / static_cast<double>(tokens); }
};

/// Compares with the bit set `hex`: four tokens a digit, the first in the highest bit.
template <typename Counts>
Comparison compare(const std::vector<TokenResult>& tokens, const std::string& hex, Counts counts) {
  Comparison comparison;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!counts(tokens[i])) continue;
    const auto digit = std::stoi(hex.substr(i / 4, 1), nullptr, 16);
    ++comparison.tokens;
    comparison.different += tokens[i].kept != ((digit >> (3 - i % 4)) % 2 == 1);
  }
  return comparison;
}

TEST(ReferenceGolden, KeepsWhatTheOriginalKeeps) {
  const auto model_path = test::cached_model(test::kSmolLM2);
  if (!std::filesystem::exists(model_path)) GTEST_SKIP() << "no model at " << model_path;
  if (!std::filesystem::exists(data_folder())) GTEST_SKIP() << "no data at " << data_folder();
  const auto model = Model::load(model_path, {.compute = ComputeType::f32});
  const Compressor compressor(model);

  const auto golden = Json::parse(read(LINGUA_TEST_DATA "/golden/reference.json"));
  int prompts = LINGUA_GOLDEN_PROMPTS;
  for (const auto& prompt : golden.at("prompts")) {
    if (prompts-- == 0) break;
    const auto text = excerpt(prompt);
    SCOPED_TRACE(prompt.at("file").get<std::string>() + " " + prompt.at("line").dump());
    ASSERT_EQ(hash(model->tokenize(text)), std::stoull(prompt.at("ids_hash").get<std::string>(), nullptr, 16))
        << "the excerpt or its tokens are not those of the golden values";

    auto options = options_for(Preset::reference);
    options.target = Tokens{prompt.at("target")};
    options.segment = prompt.at("segment");
    const auto result = compressor.compress({.contexts = {text}}, options);
    const auto& tokens = result.parts[0].tokens;
    const auto all = [](const TokenResult&) { return true; };
    const auto whole_characters = [&](const TokenResult& token) {
      return text::is_code_point_boundary(text, token.begin) && text::is_code_point_boundary(text, token.end);
    };
    const auto as_it_is = compare(tokens, prompt.at("kept"), all);
    const auto after_separator = compare(tokens, prompt.at("kept_after_separator"), whole_characters);
    EXPECT_GE(as_it_is.agreement(), 0.95);
    EXPECT_GE(after_separator.agreement(), 0.998) << "but for rounding";
    std::cout << prompt.at("file").get<std::string>() << ' ' << prompt.at("line") << ": " << tokens.size()
              << " tokens, target " << prompt.at("target") << ", kept " << result.tokens_after << "; different "
              << as_it_is.different << ", after the separator " << after_separator.different << std::endl;
  }
}

}  // namespace
}  // namespace lingua
