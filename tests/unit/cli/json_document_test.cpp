// JSON documents: which strings are found where, and that nothing else changes.
#include "input/json_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <lingua/error.hpp>

#include "input/strict_json.hpp"
#include "support/errors.hpp"
#include "support/random_numbers.hpp"

namespace lingua::cli {
namespace {

using testing::ElementsAre;

std::vector<std::string> found(std::string_view json) {
  std::vector<std::string> shown;
  for (const auto& string : json_strings(json)) {
    std::string path;
    for (const auto& step : string.path) path += "/" + step;
    shown.push_back(path + ": " + string.value);
    EXPECT_EQ(Json::parse(json.substr(string.begin, string.end - string.begin)).get<std::string>(), string.value);
  }
  return shown;
}

TEST(JsonStrings, WhereTheyStand) {
  EXPECT_THAT(found(R"({"a": "one", "b": [1, "two", {"c/d": "\"th\\ree\u00e9"}], "e": {}, "f": [], "g": null})"),
              ElementsAre("/a: one", "/b/1: two", "/b/2/c/d: \"th\\reeé"));
  EXPECT_THAT(found(" \"alone\" "), ElementsAre(": alone"));
  EXPECT_THAT(found("\xEF\xBB\xBF[\"mark\"]"), ElementsAre("/0: mark"));
  EXPECT_THAT(found("[-1.5e3, true,false ,null]"), ElementsAre());
  EXPECT_EQ(test::error_of([] { json_strings("[1,]"); }).code, ErrorCode::input_malformed);
}

TEST(JsonPaths, StepsAndStars) {
  EXPECT_TRUE(matches_path({"a", "0", "b"}, "/a/0/b"));
  EXPECT_TRUE(matches_path({"a", "0", "b"}, "/a/*/b"));
  EXPECT_TRUE(matches_path({"a", "0", "b"}, "/**/b"));
  EXPECT_TRUE(matches_path({"b"}, "/**/b"));
  EXPECT_TRUE(matches_path({"a", "0", "b"}, "/**"));
  EXPECT_TRUE(matches_path({"a/b", "~"}, "/a~1b/~0"));
  EXPECT_TRUE(matches_path({"", "x"}, "//x"));
  EXPECT_FALSE(matches_path({"a", "0", "b"}, "/a/b"));
  EXPECT_FALSE(matches_path({"a", "0", "b"}, "/a/*"));
  EXPECT_FALSE(matches_path({"a"}, "/a/*"));
}

/// A result in which each string lost its first `bytes` bytes.
Result shortened(const JsonDocument& document, std::size_t bytes) {
  Result result;
  for (const auto& section : document.prompt().sections) {
    PartResult part;
    part.text = section.text.substr(std::min(bytes, section.text.size()));
    result.parts.push_back(part);
  }
  return result;
}

TEST(JsonDocuments, OnlyTheStringsChange) {
  const std::string text = "{ \"id\" :1.50,\"short\":\"ab\",\n\t\"long\" : \"a\\u0062cdef\", \"e\": 1E5}\n";
  const JsonDocument document(text, {}, 4);
  EXPECT_EQ(document.prompt().sections.size(), 1u);
  EXPECT_EQ(document.rewrite(shortened(document, 0)), text) << "escapes of a string that stays, too";
  EXPECT_EQ(document.rewrite(shortened(document, 4)),
            "{ \"id\" :1.50,\"short\":\"ab\",\n\t\"long\" : \"ef\", \"e\": 1E5}\n");
}

TEST(JsonDocuments, TheFirstRuleDecides) {
  const std::string text = R"({"a": "text one", "b": ["text two", "text three"], "c": "text four"})";
  const std::vector<PathRule> rules{{"/b/0", 0.5}, {"/b/*", std::nullopt}, {"/a", 0.2}};
  const JsonDocument document(text, rules, 1);
  const auto& prompt = document.prompt();
  ASSERT_EQ(prompt.sections.size(), 3u);
  EXPECT_EQ(prompt.rates.at(prompt.sections[0].group), 0.2);
  EXPECT_EQ(prompt.rates.at(prompt.sections[1].group), 0.5);
  EXPECT_EQ(prompt.sections[2].text, "text three");
  EXPECT_EQ(prompt.sections[2].group, 0u);
  EXPECT_EQ(prompt.rates.at(0), std::nullopt);
}

TEST(JsonDocuments, WithoutStringsThereIsNothingToDo) {
  const auto error = test::error_of([] { JsonDocument(R"({"a": "short", "b": "          "})", {}, 10); });
  EXPECT_EQ(error.code, ErrorCode::input_malformed);
  EXPECT_EQ(error.message, "the document has no string of 10 bytes or more; see --path and --min-string");
}

/// A random JSON value, with all kinds of strings.
Json random_json(test::RandomNumbers& random, int depth) {
  const std::string strings[] = {"", "a", "some longer text, \"quoted\" \\ and \n é 中文 😀", "\u0001", "]}{[,:"};
  switch (random.below(depth > 0 ? 7 : 5)) {
    case 0:
      return nullptr;
    case 1:
      return random.below(1000);
    case 2:
      return 0.5 * random.below(1000);
    case 5: {
      Json object = Json::object();
      for (auto members = random.below(4); members > 0; --members)
        object[strings[random.below(5)] + std::to_string(members)] = random_json(random, depth - 1);
      return object;
    }
    case 6: {
      Json array = Json::array();
      for (auto members = random.below(4); members > 0; --members) array.push_back(random_json(random, depth - 1));
      return array;
    }
    default:
      return strings[random.below(5)];
  }
}

/// The same document with every string of `min` bytes shortened, by the JSON library.
Json shortened_by_library(Json value, std::size_t min) {
  if (value.is_string() && value.get<std::string>().size() >= min) return value.get<std::string>().substr(1);
  if (value.is_structured())
    for (auto& member : value) member = shortened_by_library(member, min);
  return value;
}

TEST(JsonDocuments, RandomOnesStayValid) {
  test::RandomNumbers random(5);
  int documents = 0;
  for (int trial = 0; trial < 1000; ++trial) {
    const Json value = random_json(random, 4);
    const std::string text = value.dump(static_cast<int>(random.below(3)) - 1);
    constexpr std::size_t kMin = 2;
    if (json_strings(text).empty()) continue;
    try {
      const JsonDocument document(text, {}, kMin);
      ++documents;
      EXPECT_EQ(Json::parse(document.rewrite(shortened(document, 1))), shortened_by_library(value, kMin));
    } catch (const Error&) {
      continue;  // only short strings
    }
  }
  EXPECT_GT(documents, 100);
}

}  // namespace
}  // namespace lingua::cli
