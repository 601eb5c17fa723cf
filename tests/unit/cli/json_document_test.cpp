// JSON documents: which strings are found where, and that nothing else changes.
#include "input/json_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <lingua/error.hpp>

#include "input/json_cuts.hpp"
#include "input/json_places.hpp"
#include "input/strict_json.hpp"
#include "random_json.hpp"
#include "support/errors.hpp"

namespace lingua::cli {
namespace {

using testing::ElementsAre;

/// "/path: value" of every value, of strings without their quotes.
std::vector<std::string> found(std::string_view json) {
  std::vector<std::string> shown;
  visit_json(json, [&](const JsonPath& path, ByteSpan place) {
    std::string line;
    for (const auto& step : path) line += "/" + step;
    const auto value = Json::parse(json.substr(place.begin, place.end - place.begin));
    shown.push_back(line + ": " + (value.is_string() ? value.get<std::string>() : value.dump()));
  });
  return shown;
}

TEST(JsonPlaces, OfAllValues) {
  EXPECT_THAT(found(R"({"a": "one", "b": [1, "two", {"c/d": "\"th\\ree\u00e9"}], "e": {}, "f": [ ], "g": null})"),
              ElementsAre("/a: one", "/b/0: 1", "/b/1: two", "/b/2/c/d: \"th\\reeé", R"(/b/2: {"c/d":"\"th\\reeé"})",
                          R"(/b: [1,"two",{"c/d":"\"th\\reeé"}])", "/e: {}", "/f: []", "/g: null",
                          testing::StartsWith(": {\"a\":\"one\"")));
  EXPECT_THAT(found(" \"alone\" "), ElementsAre(": alone"));
  EXPECT_THAT(found("\xEF\xBB\xBF[\"mark\"]"), ElementsAre("/0: mark", R"(: ["mark"])"));
  EXPECT_THAT(found("[-1.5e3, true,false ,null]"),
              ElementsAre("/0: -1500.0", "/1: true", "/2: false", "/3: null", ": [-1500.0,true,false,null]"));
}

TEST(JsonChecks, SayWhatReadingSays) {
  std::string deep(102, '[');
  for (const std::string& text :
       {std::string("[1,]"), std::string("{\"a\" 1}"), std::string("[1e999]"), std::string(""),
        std::string("\"\xFF\""), deep + "1" + std::string(102, ']'), deep}) {
    const auto checked = test::error_of([&] { check_json(text); }), read = test::error_of([&] { parse_json(text); });
    EXPECT_EQ(checked.code, ErrorCode::input_malformed);
    EXPECT_EQ(checked.message, read.message);
  }
  EXPECT_NO_THROW(check_json(std::string(100, '[') + "1" + std::string(100, ']')));
}

TEST(JsonCuts, KeepSpellingAndLayout) {
  const std::string json = R"([ "a\u00e9\ud83d\ude00\n中b" , 1.50, {"x": 1E5} ,"t" ])";
  const ByteSpan string{2, json.find(" ,")}, number{json.find("1.50"), json.find(", {")},
      object{json.find('{'), json.find('}') + 1}, last{json.find("\"t\""), json.size() - 2};
  const auto shortened = [&](std::vector<ByteSpan> kept) {
    JsonCuts cuts(json);
    cuts.shorten_string(string, kept);
    return std::move(cuts).apply();
  };
  const std::string rest = json.substr(string.end);
  EXPECT_EQ(shortened({{0, 12}}), json);
  EXPECT_EQ(shortened({}), R"([ "")" + rest);
  EXPECT_EQ(shortened({{1, 3}, {7, 8}}), R"([ "\u00e9\n")" + rest);
  EXPECT_EQ(shortened({{3, 7}, {8, 12}}), R"([ "\ud83d\ude00中b")" + rest);
  const auto left = [&](std::vector<bool> removed) {
    JsonCuts cuts(json);
    cuts.shorten_string(string, {});
    cuts.remove_elements(std::vector{string, number, object, last}, removed);
    return std::move(cuts).apply();
  };
  EXPECT_EQ(left({true, true, false, true}), R"([ {"x": 1E5} ])");
  EXPECT_EQ(left({false, true, true, false}), R"([ "" ,"t" ])");
  EXPECT_EQ(left({true, true, true, true}), "[  ]");
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
    if (bytes < section.text.size()) result.kept.push_back({result.parts.size(), bytes, section.text.size()});
    result.parts.emplace_back().original = section.text;
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

TEST(JsonDocuments, ShortAndBlankStringsAreNone) {
  EXPECT_THAT(JsonDocument(R"({"a": "short", "b": "          "})", {}, 10).prompt().sections, testing::IsEmpty());
}

TEST(JsonDocuments, RandomOnesStayValid) {
  test::RandomNumbers random(5);
  for (int trial = 0; trial < 1000; ++trial) {
    const Json value = test::random_json(random, 4);
    const std::string text = value.dump(static_cast<int>(random.below(3)) - 1);
    constexpr std::size_t kMin = 2;
    const JsonDocument document(text, {}, kMin);
    EXPECT_EQ(Json::parse(document.rewrite(shortened(document, 1))), test::shortened(value, kMin));
  }
}

}  // namespace
}  // namespace lingua::cli
