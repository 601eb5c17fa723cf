// What stays whole in Markdown, programs and logs, by hand. Each text has ⟦…⟧ around what must be found.
#include "text/structure.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/pieces.hpp"
#include "text/segment.hpp"

namespace lingua::text {
namespace {

std::string marked(std::string_view text, const std::vector<ByteRange>& ranges) {
  std::string result;
  std::size_t at = 0;
  for (const ByteRange& range : ranges) {
    result.append(text.substr(at, range.begin - at)).append("⟦");
    result.append(text.substr(range.begin, range.end - range.begin)).append("⟧");
    at = range.end;
  }
  return result.append(text.substr(at));
}

std::string unmarked(std::string text) {
  for (const std::string mark : {"⟦", "⟧"})
    for (std::size_t i = text.find(mark); i != std::string::npos; i = text.find(mark)) text.erase(i, mark.size());
  return text;
}

void expect_whole(TextKind kind, const std::string& expected) {
  const std::string text = unmarked(expected);
  EXPECT_EQ(marked(text, find_whole(text, kind)), expected);
}

TEST(Markdown, HeadingsAndRules) {
  expect_whole(TextKind::markdown,
               "⟦# One\nSome text.⟧ And more.\n⟦## Two ##\n⟧\n⟦Three\n=====\n⟧\nMore.\n\n⟦---⟧\n⟦* * *⟧\n");
  expect_whole(TextKind::markdown, "⟦# 概述\n⟧\n这是正文。\n\n⟦小标题\n---\n这是正文。⟧还有。\n#no heading\n");
}

TEST(Markdown, ListsItemByItem) {
  expect_whole(TextKind::markdown,
               "Intro:\n⟦- one\n  goes on\nlazily⟧\n  ⟦* nested⟧\n⟦10. ten\n⟧\n   ⟦a paragraph of ten\n⟧\n"
               "Text.\n-no item\n⟦+ plus⟧");
  expect_whole(TextKind::markdown, "⟦1. 第一项⟧\n⟦2. 第二项，很长。⟧\n");
}

TEST(Markdown, TablesRowByRow) {
  expect_whole(
      TextKind::markdown,
      "A table:\n⟦| a | b |\n| --- | :-: |⟧\n⟦| 1 | 2 |⟧\n⟦| x \\| y | `z` |\n⟧\nNot a | table.\n| neither |\n");
  expect_whole(TextKind::markdown, "⟦名称 | 价格\n--- | ---⟧\n⟦苹果 | 三元⟧\n");
}

TEST(Markdown, CodeStaysWhole) {
  expect_whole(TextKind::markdown,
               "Run:\n⟦```sh\n# no heading\n\nls | wc\n```\nand so on.⟧ But\n⟦~~~~\n```\n~~~~⟧\n");
  expect_whole(TextKind::markdown,
               "⟦- item\n⟧\n      ⟦```\n      a\n\n      b\n      ```\nText⟧\n⟦``` never closed\nx⟧\n");
  expect_whole(TextKind::markdown, "Text:\n\n    ⟦indented\n\n    code\n⟧\nText.\n    no code\n");
}

TEST(Markdown, OtherBlocks) {
  expect_whole(
      TextKind::markdown,
      "⟦---\ntitle: x\n---\nText⟧\n⟦> quoted\n> on⟧\n⟦>\n> again\n⟧\n⟦<div>\n  a\n</div>\n⟧\n⟦[1]: http://a.b⟧\n");
  expect_whole(TextKind::markdown, "So\n⟦$$\na = b\n\n+ c\n$$\nand⟧\n⟦\\[ x \\]⟧\n⟦$$ never closed\nText.⟧");
}

TEST(Markdown, Inlines) {
  expect_whole(TextKind::markdown,
               "See ⟦[the docs](a.md \"x (y)\")⟧, ⟦![alt text](b.png)⟧ or ⟦[c [d]][e f]⟧; [not one] (x).");
  expect_whole(TextKind::markdown,
               "Call ⟦`f (x)`⟧ or ⟦``a ` b``⟧, ⟦<a href=\"b c\">⟧it⟦</a>⟧, a < b > c, \\[no](x), ⟦[a\nb](c)⟧.");
  expect_whole(TextKind::markdown, "请看⟦[说明 文档](a.md)⟧。");
}

TEST(Code, LinesOfPython) {
  expect_whole(
      TextKind::code,
      "⟦import os⟧\n\n⟦@cache⟧\n⟦def f(a,\n      b={'x': 1}):⟧\n    ⟦\"\"\"One (two\n\n    three.\"\"\"⟧\n"
      "    ⟦s = 'it\\'s (' # don't [⟧\n    ⟦return [\n        a,  # (\n        b,\n    ]⟧\n⟦x = 1 + \\\n    2⟧\n");
}

TEST(Code, StatementsInBraces) {
  expect_whole(
      TextKind::code,
      "⟦#include <a>⟧\n⟦/* It's a\n * comment { */⟧\n⟦int main() {⟧\n  ⟦const int a[] = {\n    1,\n    2};⟧\n"
      "  ⟦if (a[0] &&\n      a[1]) {⟧\n    ⟦f('{', \"(\");  // (⟧\n  ⟦} else {⟧\n    ⟦g();⟧\n  ⟦}⟧\n⟦}⟧\n");
  expect_whole(
      TextKind::code,
      "⟦describe('x', () => {⟧\n  ⟦const y = {\n    a: {\n      b: 1 },\n  };⟧\n  ⟦return `a\n(`;⟧\n⟦});⟧\n");
  expect_whole(TextKind::code, "⟦class A⟧\n⟦{⟧\n    ⟦int x = 1'000;⟧\n    ⟦void f<'a>(&'a self);⟧\n⟦}⟧\n");
  expect_whole(
      TextKind::code,
      "⟦func f() error {⟧\n\t⟦p := Point{\n\t\tX: 1,\n\t}⟧\n\t⟦if v := p.X; v {⟧\n\t\t⟦return nil⟧\n\t⟦}⟧\n⟦}⟧\n");
}

TEST(Code, WhatNothingClosesJoinsNothing) {
  expect_whole(TextKind::code, "⟦case a)⟧\n⟦f((1)⟧\n⟦x = \"⟧\n⟦/* y⟧\n⟦b ] c⟧\n⟦'''⟧\n");
  expect_whole(TextKind::code, "⟦if (a {⟧\n⟦b(⟧\n⟦}⟧\n⟦c⟧\n");
}

TEST(Code, ChineseComments) {
  expect_whole(TextKind::code, "⟦# 计算（总和⟧\n⟦总和 = 求和(\n    甲, 乙)⟧\n⟦print(总和)⟧\n");
}

TEST(Log, Lines) { expect_whole(TextKind::log, "\n  ⟦a (b⟧  \n\n⟦c⟧\r\n\t⟦d⟧"); }

TEST(Prose, HasNothingButTags) { expect_whole(TextKind::prose, "# A\n- b [c](d e)\n```\nf\n```\n"); }

TEST(Prose, TagsAreWhole) {
  expect_whole(TextKind::prose,
               "⟦<p class=\"a b\">⟧One ⟦<a href='x > y' data-z  title = \"T\">⟧two⟦</a >⟧.⟦<br />⟧⟦<x:y.z/>⟧");
  expect_whole(TextKind::prose, "⟦<!DOCTYPE html>⟧⟦<!-- a <b> -- c -->⟧⟦<?xml version=\"1.0\"?>⟧⟦<![CDATA[ <d> ]]>⟧");
  expect_whole(TextKind::prose,
               "⟦<script src=a>if (b < c) d(\"</p>\");</SCRIPT >⟧ ⟦<style>e { f: g }</style>⟧ ⟦<script/>⟧ x");
  expect_whole(TextKind::prose,
               "Write to ⟦<anna@example.org>⟧ or ⟦<https://a.b/c?d=e>⟧. 请看⟦<a href=\"说明\">⟧说明⟦</a>⟧。");
}

TEST(Prose, WhatIsNoTag) {
  expect_whole(TextKind::prose,
               "a < b and c > d, x<y, i <3 u, <- ->, <>, </>, </ a>, 1 <2> 3, List<int, int>, <|end|>");
  expect_whole(TextKind::prose,
               "<a href=\"never closed>, <b c=>, <d e=f\"g>, <h ⟦<i>⟧ <!-- never closed <![CDATA[ <? ⟦<script>⟧");
}

TEST(Code, LinesOfDiffs) {
  expect_whole(
      TextKind::code,
      "⟦Please (look:⟧\n⟦--- a/x.c⟧\n⟦+++ b/x.c⟧\n⟦@@ -1,3 +1,3 @@ f(⟧\n ⟦g(⟧\n⟦-  a,⟧\n⟦+  b,⟧\n \n ⟦c);⟧\n");
}

TEST(Table, RowByRow) {
  expect_whole(TextKind::table, "⟦a,b,c⟧\n⟦1,\"x, y\",2⟧\r\n\n⟦2,\"two\nlines \"\"q\"\"\",3⟧\n⟦3,5\",4⟧");
  expect_whole(TextKind::table, "⟦名称\t价格⟧\n⟦苹果\t三元⟧\n");
}

TEST(Table, HeadsAndRows) {
  EXPECT_TRUE(is_table_head("a,b", TextKind::table, true));
  EXPECT_FALSE(is_table_head("a,b", TextKind::table, false));
  EXPECT_TRUE(is_table_row("1,2", TextKind::table));
  EXPECT_TRUE(is_table_head("\nINSERT INTO t (a, b) VALUES\n", TextKind::code, false));
  EXPECT_TRUE(is_table_head("insert into t values (1, 2),", TextKind::code, false));
  EXPECT_FALSE(is_table_head("INSERT INTO t VALUES (1, 2);", TextKind::code, false));
  EXPECT_TRUE(is_table_row("\n  (1, 'x'),", TextKind::code));
  EXPECT_FALSE(is_table_row("f(1);", TextKind::code));
}

TEST(Structure, TakesCutsAway) {
  const std::string text = "ab  cd ef";
  const std::vector<ByteRange> whole{{4, 9}};
  EXPECT_EQ(cut_around({1, 2, 3, 4, 6, 9}, whole, text), (std::vector<std::uint32_t>{1, 2, 9}));
}

std::string paragraphs(std::string_view text, TextKind kind) {
  return test::join_pieces(text, paragraph_ends(text, kind));
}

TEST(Structure, ParagraphsKeepWhatIsWhole) {
  EXPECT_EQ(paragraphs("# A\n\nb\n\n```\nc\n\nd\n```\n\ne", TextKind::markdown),
            "# A\n\nb\n|\n```\nc\n\nd\n```\n|\ne");
  EXPECT_EQ(paragraphs("f() {\n\n  a\n\n}\n\ng()\n", TextKind::code), "f() {\n\n  a\n\n}\n|\ng()\n");
  EXPECT_EQ(paragraphs("x = [\n1,\n\n2]\n\ny", TextKind::code), "x = [\n1,\n\n2]\n|\ny");
  EXPECT_EQ(paragraphs("x = [\n1,\n\n2]\n\ny", TextKind::automatic), "x = [\n1,\n\n|2]\n\n|y") << "prose";
}

TEST(Structure, KindsOfTexts) {
  EXPECT_EQ(text_kind_of(""), TextKind::prose);
  EXPECT_EQ(text_kind_of("One. Two.\n\nThree (3).\nFour;\n"), TextKind::prose);
  EXPECT_EQ(text_kind_of("User: hi\nAssistant: Here are some:\n1. One\n2. Two\n"), TextKind::prose);
  EXPECT_EQ(text_kind_of("Janet has 16 - 3 = 13 eggs.\nShe sells 13 - 4 = 9.\nSo 9 * 2 = 18.\nThe answer is 18."),
            TextKind::prose);
  EXPECT_EQ(text_kind_of("Look:\n```\nx\n```\n"), TextKind::markdown);
  EXPECT_EQ(text_kind_of("```\nnever closed\n"), TextKind::prose);
  EXPECT_EQ(text_kind_of("a | b\n--- | ---\n1 | 2\n"), TextKind::markdown);
  EXPECT_EQ(text_kind_of("# 标题\n\n正文。\n\n## 又一个\n\n正文。\n"), TextKind::markdown);
  EXPECT_EQ(text_kind_of("import os\n\ndef f(x):\n    # Why.\n    return x\n"), TextKind::code);
  EXPECT_EQ(text_kind_of("int main() {\n  f(1);\n  return 0;\n}\n"), TextKind::code);
  EXPECT_EQ(text_kind_of("2024-05-01 12:00:01 INFO a b\n2024-05-01 12:00:02 WARN c\n2024-05-01 12:00:02 INFO d\n"
                         "2024-05-01 12:00:09 INFO e\n"),
            TextKind::log);
  EXPECT_EQ(text_kind_of("May 1 12:00:01 host sshd[1]: a\nMay 1 12:00:02 host b\nMay 1 12:00:02 host c\n"
                         "May 2 12:00:09 host d\n"),
            TextKind::log);
  EXPECT_EQ(text_kind_of("Look:\n\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n x\n-y\n+z\n"), TextKind::code);
  EXPECT_EQ(text_kind_of("id,name,note\n1,Anna,\"late, again\"\n2,Bo,\n"), TextKind::table);
  EXPECT_EQ(text_kind_of("id\tname\n1\tAnna, Bo\n2\tCara\n"), TextKind::table);
  EXPECT_EQ(text_kind_of("名称;价格;数量\n苹果;三元;5\n梨;四元;6\n"), TextKind::table);
  EXPECT_EQ(text_kind_of("NAME      READY   AGE\nweb-1     1/1     3d\ndb-0      0/1     2h 5m\n"), TextKind::table);
  EXPECT_EQ(text_kind_of("Apples, pears, plums.\nBread, milk, eggs.\nSalt, oil, tea.\n"), TextKind::prose);
  EXPECT_EQ(text_kind_of("One.  Two.  Three.\nFour.  Five!  Six.\nSeven?  Eight.  Nine.\n"), TextKind::prose);
  EXPECT_EQ(text_kind_of("id,name,note\n1,Anna,late\n"), TextKind::prose) << "two lines say little";
  EXPECT_EQ(text_kind_of("May 1 was warm.\nMay 2 was not.\nMay 3, 12:00, rain.\nMay 4.\n"), TextKind::prose);
}

}  // namespace
}  // namespace lingua::text
