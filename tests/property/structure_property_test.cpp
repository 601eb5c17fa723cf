// What has to stay whole does, whatever the options: random Markdown, programs and logs whose makers know what
// belongs together.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <lingua/compressor.hpp>
#include <lingua/error.hpp>
#include <string>
#include <vector>

#include "support/ngram_model.hpp"
#include "support/random_numbers.hpp"
#include "support/random_prompts.hpp"
#include "text/structure.hpp"
#include "text/utf8.hpp"

namespace lingua {
namespace {

/// A text, and the bytes [begin, end) of each piece that must not be cut.
struct Document {
  std::string text;
  std::vector<std::pair<std::size_t, std::size_t>> pieces;

  void add(const std::string& before, const std::string& piece, const std::string& behind) {
    text += before;
    pieces.emplace_back(text.size(), text.size() + piece.size());
    text += piece + behind;
  }
};

class Documents {
 public:
  explicit Documents(std::uint32_t seed) : random_(seed) {}

  test::RandomNumbers& numbers() { return random_; }

  Document markdown() {
    Document document;
    for (auto blocks = 3 + random_.below(12); blocks > 0; --blocks) {
      switch (random_.below(6)) {
        case 0:
          document.add("", std::string(1 + random_.below(6), '#') + " " + words(4), "\n\n");
          break;
        case 1:
          add_list(document);
          break;
        case 2:
          add_table(document);
          break;
        case 3:
          document.add("", "```py\n" + words(3) + "\n\n# " + words(2) + "\n| x |\n```", "\n\n");
          break;
        default:
          add_paragraph(document);
      }
    }
    return document;
  }

  /// Statements of one or several lines, blocks of them included.
  Document code() {
    Document document;
    std::string indent;
    for (auto statements = 4 + random_.below(25); statements > 0; --statements) {
      const auto name = word(), in = "\n" + indent + "  ";
      const std::array<std::string, 9> kinds{name + " = 1;",
                                             name + "(a," + in + "\"(\", b)",
                                             "x = [" + in + "1,\n" + in + "'[']",
                                             "/* " + name + in + "it's { */",
                                             "s = \"\"\"" + name + in + "((\n\"\"\"",
                                             "y = 1 + \\" + in + name,
                                             "// " + name + " don't (",
                                             "const z = {" + in + "a: 1};",
                                             "if (" + name + " &&" + in + "b) {"};
      const auto kind = random_.below(kinds.size());
      document.add(indent, kinds[kind], random_.below(4) == 0 ? "\n\n" : "\n");
      if (kind == 8) indent += "  ";
      if (indent.size() > 0 && random_.below(4) == 0) {
        indent.resize(indent.size() - 2);
        document.add(indent, "}", "\n");
      }
    }
    for (; indent.size() > 0; indent.resize(indent.size() - 2)) document.add("", "}", "\n");
    return document;
  }

  Document log() {
    Document document;
    for (auto lines = 3 + random_.below(20); lines > 0; --lines)
      document.add(random_.below(5) == 0 ? "  " : "", "12:00:" + std::to_string(random_.below(60)) + " " + words(6),
                   "\n");
    return document;
  }

  /// Prose with tags of HTML.
  Document page() {
    Document document;
    for (auto sentences = 3 + random_.below(12); sentences > 0; --sentences) {
      const auto name = word();
      const std::array<std::string, 6> kTags{"<p>",
                                             "<a href=\"http://a.b/" + name + "\" title='" + words(3) + "'>",
                                             "</a>",
                                             "<br />",
                                             "<!-- " + words(4) + " -->",
                                             "<script>if (a < b) " + words(3) + ";</script>"};
      for (auto more = random_.below(3); more > 0; --more) {
        document.text += words(3) + (random_.below(2) == 0 ? " " : "");
        document.add("", kTags[random_.below(kTags.size())], random_.below(2) == 0 ? " " : "");
      }
      document.text += words(5) + (random_.below(4) == 0 ? ".\n\n" : ". ");
    }
    return document;
  }

  /// Comma-separated values.
  Document table() {
    Document document;
    document.add("", "id,name,note", "\n");
    for (auto rows = 3 + random_.below(15); rows > 0; --rows)
      document.add(
          "", word() + "," + words(2) + ",\"" + words(4) + (random_.below(5) == 0 ? ",\n" : ", ") + words(2) + "\"",
          "\n");
    return document;
  }

 private:
  std::string word() {
    static const std::array<std::string, 10> kWords{"alpha", "beta",  "gamma", "not",  "7",
                                                    "3.5",   "delta", "苹果",  "北京", "x"};
    return kWords[random_.below(kWords.size())];
  }

  std::string words(std::uint32_t most) {
    std::string text = word();
    for (auto more = random_.below(most); more > 0; --more) text += " " + word();
    return text;
  }

  void add_list(Document& document) {
    for (auto items = 1 + random_.below(4); items > 0; --items)
      document.add(random_.below(3) == 0 ? "  " : "",
                   "- " + words(6) + (random_.below(3) == 0 ? ".\n  " + words(3) : ""), "\n");
    document.text += "\n";
  }

  void add_table(Document& document) {
    document.add("", "| a | b |\n| --- | --- |", "\n");
    for (auto rows = random_.below(5); rows > 0; --rows)
      document.add("", "| " + words(3) + " | " + words(3) + " |", "\n");
    document.text += "\n";
  }

  void add_paragraph(Document& document) {
    for (auto sentences = 1 + random_.below(4); sentences > 0; --sentences) {
      document.text += words(8);
      if (random_.below(2) == 0) document.add(" ", "[" + words(4) + "](http://a.b/" + word() + ")", "");
      if (random_.below(3) == 0) document.add(" ", "`" + words(3) + "`", "");
      document.text += ". ";
    }
    document.text += "\n\n";
  }

  test::RandomNumbers random_;
};

Options random_options(TextKind kind, std::size_t tokens, test::RandomNumbers& random) {
  constexpr std::array<Method, 8> kMethods{
      Method::llmlingua,         Method::llmlingua, Method::llmlingua, Method::single_pass,
      Method::selective_context, Method::sentence,  Method::head,      Method::random};
  constexpr std::array<double, 4> kGranularities{1, 1, 2, std::numeric_limits<double>::infinity()};
  Options options;
  options.text_kind = kind;
  options.target = Tokens{1 + random.below(static_cast<std::uint32_t>(tokens))};
  options.method = kMethods[random.below(kMethods.size())];
  options.unit = random.below(3) == 0 ? Unit::token : Unit::word;
  options.granularity = kGranularities[random.below(kGranularities.size())];
  options.segment = 1 + random.below(60);
  options.seed = random.below(100);
  return options;
}

/// By byte of the whole text: whether it was kept.
std::vector<bool> kept_bytes(const Result& result) {
  std::vector<bool> kept;
  for (const auto& part : result.parts)
    for (const auto& token : part.tokens) kept.insert(kept.end(), token.end - token.begin, token.kept);
  return kept;
}

void expect_pieces_whole(const Document& document, const Result& result) {
  const auto kept = kept_bytes(result);
  ASSERT_EQ(kept.size(), document.text.size());
  for (const auto& [begin, end] : document.pieces)
    for (auto byte = begin + 1; byte < end; ++byte)
      ASSERT_EQ(kept[byte], kept[begin]) << document.text.substr(begin, end - begin) << "\n-- torn in --\n"
                                         << result.text;
}

void expect_budget_kept(const Result& result) {
  std::size_t longest = 1;  // tokens of a dropped unit
  for (const auto& part : result.parts)
    for (const auto& unit : part.units) {
      const auto inside = [&](const TokenResult& token) {
        return token.begin >= unit.begin && token.end <= unit.end;
      };
      if (!unit.kept)
        longest = std::max(longest, static_cast<std::size_t>(std::ranges::count_if(part.tokens, inside)));
    }
  EXPECT_LE(result.tokens_after, result.budget);
  EXPECT_LE(result.budget - result.tokens_after, longest)
      << result.text;  // it may cost its context's white space too
}

template <typename Make>
void check_kind(TextKind kind, std::uint32_t seed, Make make) {
  const Compressor compressor(std::make_shared<test::NgramModel>());
  Documents documents(seed);
  int compressed = 0;
  for (int trial = 0; trial < 400; ++trial) {
    SCOPED_TRACE(testing::Message() << "seed " << seed << ", trial " << trial);
    const Document document = (documents.*make)();
    const auto where = documents.numbers().below(3) == 0 ? Split::none : Split::paragraph;
    const Prompt prompt{.contexts = split(document.text, where, kind)};
    const auto tokens = test::NgramModel().tokenize(document.text).size();
    const auto options = random_options(kind, tokens, documents.numbers());
    const auto result = compressor.compress(prompt, options);
    compressed += !result.text.empty() && result.text.size() < document.text.size();
    expect_pieces_whole(document, result);
    expect_budget_kept(result);
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(compressed, 200);
}

TEST(StructureProperty, MarkdownStaysWhole) { check_kind(TextKind::markdown, 21, &Documents::markdown); }
TEST(StructureProperty, CodeStaysWhole) { check_kind(TextKind::code, 22, &Documents::code); }
TEST(StructureProperty, LogsStayWhole) { check_kind(TextKind::log, 23, &Documents::log); }

TEST(StructureProperty, TagsStayWhole) { check_kind(TextKind::prose, 26, &Documents::page); }
TEST(StructureProperty, RowsStayWhole) { check_kind(TextKind::table, 27, &Documents::table); }

TEST(StructureProperty, EveryTableKeepsItsCellsAndEveryFenceItsOther) {
  const Compressor compressor(std::make_shared<test::NgramModel>());
  Documents documents(24);
  for (int trial = 0; trial < 200; ++trial) {
    const Document document = documents.markdown();
    const Prompt prompt{.contexts = split(document.text, Split::paragraph, TextKind::markdown)};
    auto options = random_options(TextKind::markdown, document.text.size() / 6, documents.numbers());
    options.method = Method::llmlingua;
    options.granularity = 1;
    const auto text = compressor.compress(prompt, options).text + "\n";
    std::size_t fences = 0;
    for (std::size_t begin = 0, end; begin < text.size(); begin = end + 1) {
      end = text.find('\n', begin);
      const auto line = text.substr(begin, end - begin);
      fences += line.starts_with("```");
      const bool row = line.starts_with("|") && fences % 2 == 0;
      EXPECT_EQ(row ? std::ranges::count(line, '|') : 3, 3) << line;
    }
    EXPECT_EQ(fences % 2, 0u) << text;
  }
}

TEST(StructureProperty, RangesOfAnyTextAreSound) {
  test::RandomPrompts prompts(25);
  auto& random = prompts.numbers();
  const std::array<std::string, 31> kMarks{"\n", "\n",      "\n\n", " ",    "    ", "# ",       "- ",       "1. ",
                                           "|",  "|--|--|", "```",  "~~~",  "`",    "[",        "](",       ")",
                                           "> ", "<b",      ">",    "$$",   "---",  "\"",       "'",        "/*",
                                           "*/", "\\",      "</b>", "<!--", "-->",  "<script>", "</script>"};
  for (int trial = 0; trial < 3000; ++trial) {
    std::string text;
    for (auto pieces = random.below(30); pieces > 0; --pieces)
      text += random.below(3) == 0 ? prompts.text(random.below(4)) : kMarks[random.below(kMarks.size())];
    for (const auto kind :
         {TextKind::automatic, TextKind::prose, TextKind::markdown, TextKind::code, TextKind::log, TextKind::table}) {
      std::uint32_t before = 0;
      for (const auto& range : text::find_whole(text, kind)) {
        ASSERT_LE(before, range.begin) << text;
        ASSERT_LT(range.begin, range.end) << text;
        ASSERT_LE(range.end, text.size()) << text;
        ASSERT_TRUE(text::is_code_point_boundary(text, range.begin) && text::is_code_point_boundary(text, range.end));
        before = range.end;
      }
      for (const auto where : {Split::paragraph, Split::sentence}) {
        std::string joined;
        for (const auto& piece : split(text, where, kind)) joined += piece;
        ASSERT_EQ(joined, text);
      }
    }
  }
}

}  // namespace
}  // namespace lingua
