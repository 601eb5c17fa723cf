// Reports of a result made by hand.
#include "report/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "report/html_parts.hpp"

namespace lingua::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

/// "<b>Hi</b> 😀 there\nyou": kept are "<b>Hi</b>" and " there\n". A token ends inside the emoji.
Result sample() {
  PartResult part{Role::context, "<b>Hi</b> 😀 there\nyou", "<b>Hi</b> there\n", 7, 5, 5, {}, {}};
  part.tokens = {{0, 3, 1.5f, true},    {3, 5, 2.5f, true},   {5, 9, NAN, true},    {9, 12, 0.5f, false},
                 {12, 14, 9.5f, false}, {14, 21, 4.0f, true}, {21, 24, 7.0f, false}};
  Result result;
  result.text = part.text;
  result.kept = {{0, 0, 9}, {0, 14, 21}};
  result.tokens_before = 7;
  result.tokens_after = 5;
  result.budget = 5;
  result.parts = {part};
  result.notes = {"a <note>"};
  return result;
}

Report report_of(const Result& result, const Options& options) {
  return {result, options, {{"path", "m.gguf"}, {"name", ""}, {"compute", "f32"}}, 0.5, std::nullopt};
}

TEST(JsonReport, HoldsEverything) {
  const Result result = sample();
  Options options;
  options.granularity = std::numeric_limits<double>::infinity();
  options.target = Tokens{5};
  const Json json = json_report(report_of(result, options));
  EXPECT_EQ(json["version"], 1);
  EXPECT_EQ(json["text"], result.text);
  EXPECT_EQ(json["kept"].dump(), R"([{"part":0,"begin":0,"end":9},{"part":0,"begin":14,"end":21}])");
  EXPECT_EQ(json["parts"][0]["role"], "context");
  EXPECT_EQ(json["parts"][0]["original"], result.parts[0].original);
  EXPECT_EQ(json["options"]["target"].dump(), R"({"tokens":5})");
  EXPECT_EQ(json["options"]["granularity"], "inf");
  EXPECT_EQ(json["seconds"]["load"], 0.5);
  EXPECT_EQ(json["notes"][0], "a <note>");
  EXPECT_FALSE(json.contains("messages"));
}

TEST(JsonLines, AreTheSameDocument) {
  const Json document = {{"a", 1}, {"b", {{{"x", 1}}, {{"x", 2}}}}, {"c", Json::array()}, {"d", {1, 2}}};
  EXPECT_EQ(Json::parse(json_lines(document)), document);
  EXPECT_EQ(json_lines({{"a", {{{"x", 1}}, {{"x", 2}}}}}), "{\n  \"a\": [\n    {\"x\":1},\n    {\"x\":2}\n  ]\n}\n");
}

TEST(Diff, MarksWithoutColour) { EXPECT_EQ(diff_report(sample(), false), "<b>Hi</b>[- 😀-] there\n[-you-]"); }

TEST(Diff, ColoursEndWithTheLine) {
  Result result;
  result.parts.push_back({Role::context, "a\nb c", " c", 0, 0, 0, {}, {}});
  result.kept = {{0, 3, 5}};
  EXPECT_EQ(diff_report(result, true), "\x1b[2;9;31ma\x1b[0m\n\x1b[2;9;31mb\x1b[0m c");
}

TEST(Diff, ControlCharactersAreShownNotSent) {
  Result result;
  result.parts.push_back({Role::context, "\x1b[2J\x7f", "", 0, 0, 0, {}, {}});
  EXPECT_EQ(diff_report(result, false), "[-␛[2J␡-]");
}

TEST(Html, EscapesEverythingThatCouldBeMarkup) {
  EXPECT_EQ(html_escaped("<a href='x' title=\"y\">&"), "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;");
  EXPECT_EQ(html_escaped(std::string_view("\0\x1b\t\n", 4)), "&#9216;&#9243;\t\n");
  const Result result = sample();
  const std::string page = html_report(report_of(result, {}));
  EXPECT_THAT(page, Not(HasSubstr("<b>Hi")));
  EXPECT_THAT(page, HasSubstr("a &lt;note&gt;"));
  EXPECT_THAT(page, Not(HasSubstr("http")));  // nothing from outside
}

TEST(Html, WordsEndBetweenCharactersAndTileTheText) {
  const PartResult part = sample().parts[0];
  const auto words = shown_words(part);
  std::size_t position = 0;
  for (const ShownWord& word : words) {
    EXPECT_EQ(word.begin, position);
    position = word.end;
    EXPECT_NE(part.original[word.begin] & 0xC0, 0x80);
  }
  EXPECT_EQ(position, part.original.size());
  ASSERT_EQ(words.size(), 6u);  // the emoji's two tokens are one word
  EXPECT_DOUBLE_EQ(words[3].surprisal, 5.0);
  EXPECT_EQ(words[3].tokens, 2u);
  EXPECT_TRUE(std::isnan(words[2].surprisal));
}

TEST(Html, MapShowsKeptRuns) {
  const PartResult part = sample().parts[0];
  const PartResult parts[] = {part, part};
  const std::string map = map_svg(parts, parts + 2);
  EXPECT_THAT(map, HasSubstr("viewBox=\"0 0 14 1\""));
  EXPECT_THAT(map, HasSubstr("M0 0h3v1h-3zM5 0h1v1h-1zM7 0h3v1h-3z"));
  EXPECT_THAT(map, HasSubstr("<line x1=\"7\""));
}

}  // namespace
}  // namespace lingua::cli
