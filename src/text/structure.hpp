// Texts that are more than prose: what must not be cut apart in Markdown, programs and logs. Everything else follows
// from these ranges: words, sentences and paragraphs are those of prose, less the cuts inside them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <lingua/prompt.hpp>

#include "text/range.hpp"

namespace lingua::text {

/// What stays in one piece in a text of `kind`, ascending and disjoint, without white space around it but for a line
/// end that belongs to it; of prose only tags.
std::vector<ByteRange> find_whole(std::string_view text, TextKind kind);

/// Markdown (CommonMark 0.30 and the tables of GitHub): headings, list items, rows of tables (the head with the line
/// below it), quotations, fenced and indented code, HTML, front matter; inside paragraphs links, code spans and tags.
/// A block has the line end before a blank line, and the first sentence of text right below it: nothing that is kept
/// of the text after it comes to stand on its last line.
std::vector<ByteRange> find_markdown_blocks(std::string_view text);

/// "| --- | :-: |", the line below the head of a table.
bool is_delimiter_row(std::string_view line);

/// Whether `piece`, what stays whole in a text of `kind`, is the head of a table: that of Markdown with its
/// delimiters, the first row of a table, "INSERT INTO ... VALUES" of SQL with its rows below.
bool is_table_head(std::string_view piece, TextKind kind, bool is_first);

/// Whether `piece`, below a head, is a row of its table.
bool is_table_row(std::string_view piece, TextKind kind);

/// Links with their texts, code spans and HTML tags inside one paragraph.
std::vector<ByteRange> find_markdown_inlines(std::string_view paragraph);

/// "@@ -1,5 +1,6 @@", the line above a piece of a diff.
bool is_hunk(std::string_view line);

/// Statements of a program in any language: lines, joined where brackets, strings, comments or a backslash span line
/// ends. Braces around blocks of statements do not join; those around values do.
/// In a diff, and in what stands around it, every line is one.
std::vector<ByteRange> find_statements(std::string_view text);

/// Lines that are not blank.
std::vector<ByteRange> find_lines(std::string_view text);

/// Cuts a text elsewhere: `ends` without those inside one of `whole`, or in the white space before it, and with those
/// behind line ends that belong to it.
std::vector<std::uint32_t> cut_around(std::vector<std::uint32_t> ends, std::span<const ByteRange> whole,
                                      std::string_view text);

}  // namespace lingua::text
