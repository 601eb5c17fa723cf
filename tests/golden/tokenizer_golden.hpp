// Our tokens against those of llama.cpp: hashes and examples from tests/data/golden/tokenizer.json, which
// tokenizer_golden.py makes. Both write random strings and texts of code points by the same rules.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "model/gguf.hpp"
#include "model/tokenizer.hpp"
#include "model/tokenizer_vocabulary.hpp"
#include "support/models.hpp"

namespace lingua::test {

using Json = nlohmann::ordered_json;

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline const Json& golden() {
  static const Json json = Json::parse(read_file(std::filesystem::path(LINGUA_TEST_DATA) / "golden/tokenizer.json"));
  return json;
}

/// FNV-1a, 64 bits, over numbers instead of bytes.
class Fnv {
 public:
  void add(std::uint64_t number) { value_ = (value_ ^ number) * 0x100000001B3; }

  std::string text() const {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(value_));
    return text;
  }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325;
};

/// A tokenizer of the goldens. Missing when its model is not in the cache folder.
inline std::unique_ptr<model::Tokenizer> golden_tokenizer(const std::string& name) {
  const std::string file = golden()["vocabularies"][name]["model"];
  const std::filesystem::path path = cached_model(file);
  if (!std::filesystem::exists(path)) return nullptr;
  const auto gguf = model::Gguf::open(path);
  model::Vocabulary vocabulary = model::read_vocabulary(*gguf);
  if (file == kSmolLM2) vocabulary.pre_tokenizer = name;
  return model::make_tokenizer(vocabulary);
}

/// The hash of the token ids of `texts`, one after another.
inline std::string hash_of(const model::Tokenizer& tokenizer, const std::vector<std::string>& texts) {
  Fnv hash;
  for (const std::string& text : texts) {
    for (const Token& token : tokenizer.tokenize(text)) hash.add(static_cast<std::uint64_t>(token.id));
    hash.add(0xFFFFFFFF);
  }
  return hash.text();
}

/// Where the texts are that tests and measurements share.
inline std::filesystem::path data_folder() {
  const char* folder = std::getenv("LINGUA_DATA");
  return folder && *folder ? std::filesystem::path(folder)
                           : std::filesystem::path(LINGUA_SOURCE_DIR) / "../shared/data";
}

inline void add_strings(const Json& value, std::vector<std::string>& strings) {
  if (value.is_string()) strings.push_back(value);
  if (!value.is_structured()) return;
  for (const Json& element : value) add_strings(element, strings);
}

/// The strings in a JSON file; other files are one text.
inline std::vector<std::string> texts_of(const std::filesystem::path& path, const std::string& content) {
  std::vector<std::string> texts;
  if (path.extension() == ".json") {
    add_strings(Json::parse(content), texts);
  } else if (path.extension() == ".jsonl") {
    std::istringstream lines(content);
    for (std::string line; std::getline(lines, line);) add_strings(Json::parse(line), texts);
  } else {
    texts.push_back(content);
  }
  return texts;
}

/// Compares every `step`-th text of each file below the data folder with the hashes of kind `kind`. Skips the test
/// when the folder is missing; a file that is not the one of the goldens fails it.
inline void compare_data(const model::Tokenizer& tokenizer, const Json& expected, const char* kind,
                         std::size_t step) {
  const std::filesystem::path folder = data_folder();
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "no folder " << folder << "; LINGUA_DATA names another";
  for (const auto& [name, hashes] : expected.items()) {
    const std::string content = read_file(folder / name);
    Fnv content_hash;
    for (const char byte : content) content_hash.add(static_cast<unsigned char>(byte));
    ASSERT_EQ(content_hash.text(), golden()["files"][name]) << name << " has changed: run tokenizer_golden.py again";
    std::vector<std::string> texts;
    const std::vector<std::string> all = texts_of(name, content);
    for (std::size_t i = 0; i < all.size(); i += step) texts.push_back(all[i]);
    EXPECT_EQ(hash_of(tokenizer, texts), hashes[kind]) << name;
  }
}

inline void append_utf8(std::string& text, std::uint64_t c) {
  const auto put = [&](std::uint64_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) return put(0xC0 | c >> 6), put(0x80 | (c & 63));
  if (c < 0x10000) return put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 63)), put(0x80 | (c & 63));
  put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 63)), put(0x80 | (c >> 6 & 63)), put(0x80 | (c & 63));
}

/// The generator SplitMix64.
class SplitMix {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}

  std::uint64_t operator()() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
  }

 private:
  std::uint64_t state_;
};

/// As random_string in tokenizer_golden.py.
inline std::string random_string(std::uint64_t seed) {
  const Json& pieces = golden()["pieces"];
  SplitMix random(seed);
  std::string text;
  for (std::uint64_t n = random() % 48; n > 0; --n) {
    const std::uint64_t kind = random() % 8, r = random();
    if (kind < 3) {
      text += pieces[r % pieces.size()].get_ref<const std::string&>();
    } else if (kind < 5) {
      append_utf8(text, 0x20 + r % 0x5F);
    } else if (kind == 5) {
      append_utf8(text, 0x80 + r % 0x780);
    } else {
      append_utf8(text, kind == 6 ? 0x800 + r % 0xD000 : 0xE000 + r % 0x102000);
    }
  }
  return text;
}

/// As code_point_texts in tokenizer_golden.py: the texts of each block of 0x1000 code points.
inline std::map<std::string, std::vector<std::string>> code_point_texts() {
  std::map<std::string, std::vector<std::string>> blocks;
  for (const Json& range : golden()["assigned"]) {
    for (std::uint64_t c = range[0]; c <= range[1]; ++c) {
      std::string it;
      append_utf8(it, c);
      char block[4];
      std::snprintf(block, sizeof block, "%03x", static_cast<unsigned>(c >> 12));
      blocks[block].push_back(it + "\n x" + it + "y " + it + it + " " + it + "7" + it);
    }
  }
  return blocks;
}

}  // namespace lingua::test
