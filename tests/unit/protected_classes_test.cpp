// Identifiers, quotations, code and names, by hand. Each line is a text with ⟦…⟧ around what must be found.
#include <gtest/gtest.h>

#include <string>

#include "text/protect.hpp"

namespace lingua::text {
namespace {

using Find = std::vector<ByteRange> (*)(std::string_view);

void expect_found(Find find, const std::string& expected) {
  std::string text, marked;
  for (std::size_t i = 0; i < expected.size();) {
    const bool mark = expected.compare(i, 3, "⟦") == 0 || expected.compare(i, 3, "⟧") == 0;
    if (!mark) text += expected[i];
    i += mark ? 3 : 1;
  }
  std::size_t at = 0;
  for (const ByteRange& range : find(text)) {
    marked += text.substr(at, range.begin - at) + "⟦" + text.substr(range.begin, range.end - range.begin) + "⟧";
    at = range.end;
  }
  EXPECT_EQ(marked + text.substr(at), expected);
}

TEST(Identifiers, LinksAndAddresses) {
  expect_found(find_identifiers, "See ⟦https://a.b/c_(d)?x=1,2#e⟧, (⟦http://x.org/⟧). Or ⟦www.example.com⟧!");
  expect_found(find_identifiers, "Write to ⟦anna.lee+x@mail.example.org⟧; <⟦mailto:bob@b.de⟧>, at 5 @ noon");
  expect_found(find_identifiers, "请看⟦https://a.cn/b?c=d⟧，谢谢。网址是⟦https://a.cn⟧请看");
}

TEST(Identifiers, Paths) {
  expect_found(find_identifiers, "In ⟦/etc/hosts⟧, ⟦./run⟧, ⟦../a⟧ b ⟦~/notes.txt⟧ ⟦src/⟧ ⟦docs/cli.md⟧ ⟦C:\\Temp⟧.");
  expect_found(find_identifiers, "and/or, km/h, either / or, his/her");
}

TEST(Identifiers, NamesInPrograms) {
  expect_found(find_identifiers,
               "⟦ord_8f3a2c91⟧ ⟦snake_case⟧ ⟦__init__⟧ ⟦camelCase⟧ ⟦x86⟧ ⟦8f3a2c91⟧ ⟦GPT-4⟧ ⟦v1.2⟧");
  expect_found(find_identifiers, "⟦std::vector⟧, ⟦foo.bar⟧(x), ⟦main⟧(), ⟦--dry-run⟧ ⟦$HOME⟧ ⟦@anna⟧ ⟦#123⟧ ⟦k=v⟧");
  expect_found(find_identifiers, "订单⟦ord_8f3a⟧已发货");
}

TEST(Identifiers, ProseHasNone) {
  expect_found(find_identifiers,
               "It's well-known, e.g. in the U.S.A., that 3rd and 10x cost $5 -- or 50%. _Really_? a = b");
  expect_found(find_identifiers, "我们昨天去了北京。3月5日，二十人。");
}

TEST(Quotations, OfManyLanguages) {
  expect_found(find_quotations,
               "He said ⟦\"no way\"⟧, ⟦“never”⟧, ⟦‘not now’⟧, ⟦'x'⟧; ⟦„nein“⟧ ⟦«non»⟧ ⟦「嫌」⟧ 读⟦《红楼梦》⟧。");
}

TEST(Quotations, ApostrophesAndInchesAreNone) {
  expect_found(find_quotations, "It's the dogs' bone, 5'10\" tall, rock 'n roll, don’t, a \" b \" c");
  expect_found(find_quotations, "⟦\"It's mine\"⟧ and ⟦'so it's'⟧");
}

TEST(Quotations, EndWithTheParagraph) {
  expect_found(find_quotations, "An \"open one\n\nand ⟦\"a\nclosed\"⟧ one, “open");
}

TEST(Quotations, ManyOpenOnesCostNoMoreThanTheirLength) {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += " \"a 'b “c «d";
  EXPECT_TRUE(find_quotations(text).empty());  // quadratic, this would take minutes
}

TEST(Code, SpansAndFences) {
  expect_found(find_code, "Call ⟦`f(x)`⟧ or ⟦``a ` b``⟧, not ` alone.\n");
  expect_found(find_code, "Text\n⟦```cpp\nint x;\n\n```\n⟧more\n⟦~~~\n```\n~~~\n⟧");
  expect_found(find_code, "⟦````\n```\n````⟧");
  expect_found(find_code, "⟦```\nnever closed\n⟧");
  expect_found(find_code, "a ` b\n\nc ` d");
  expect_found(find_code, "    ``` indented too far\n");
}

TEST(Names, CapitalsInMidSentence) {
  expect_found(find_names,
               "Yesterday old ⟦Anna Smith⟧ met ⟦Bob⟧ at the ⟦Bank of England⟧. They like ⟦NATO⟧ and I do.");
  expect_found(find_names, "The old man saw ⟦J. Smith⟧ and ⟦Ludwig van Beethoven⟧ in ⟦Köln⟧, ⟦O’Brien⟧ too. Ⅳ");
  expect_found(find_names, "Потом умная ⟦Анна Каренина⟧ уехала.");
}

TEST(Names, AtTheBeginningOfASentence) {
  expect_found(find_names,
               "⟦Anna⟧ left. Then came ⟦Anna⟧ back. ⟦Today Bob⟧ is here. Nobody knew. ⟦Angela Merkel⟧ spoke.");
  expect_found(find_names, "The ⟦United Nations⟧ met. Cats sleep. This ⟦Monday⟧.");
}

TEST(Names, Chinese) { expect_found(find_names, "昨天⟦王小明先生⟧和⟦李教授⟧来了，读⟦尔·马⟧克思。王国很大。"); }

}  // namespace
}  // namespace lingua::text
