// What goes in: a prompt in the paper's three roles.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <lingua/export.hpp>

namespace lingua {

/// The role of a part of the prompt (arXiv 2310.05736, section 3).
enum class Role {
  instruction,  ///< what to do
  context,      ///< demonstrations, documents, turns: where most of the length is
  question,     ///< what is asked in the end
};

/// Bytes [begin, end) of one text of a prompt.
struct Span {
  Role role = Role::context;
  std::size_t context = 0;  ///< index into the contexts; 0 for the other roles
  std::size_t begin = 0, end = 0;
};

/// A prompt: UTF-8 texts that, concatenated in the order instruction, contexts, question, are the whole prompt.
/// Nothing is put between them: a separator belongs to the text that it ends.
struct Prompt {
  std::string instruction = {};
  std::vector<std::string> contexts = {};
  std::string question = {};
  bool conversation = false;    ///< contexts and question are turns, oldest first; else found out (RankBy::automatic)
  bool one_text = false;        ///< contexts are pieces of one text, in its order; of a single context that is known
  std::vector<Span> keep = {};  ///< never dropped, at any rate: all units that share a byte with one of these
};

/// "instruction", "context" or "question".
LINGUA_API std::string_view to_string(Role role) noexcept;

/// Checks what every text of a prompt has to be.
/// Throws Error: input_malformed, with `name` and the first byte that is wrong, when `text` is not UTF-8.
LINGUA_API void require_utf8(std::string_view name, std::string_view text);

/// What a text is, which decides where it may be cut. docs/structure.md has the rules.
enum class TextKind {
  automatic,  ///< found out for each text by `text_kind_of`
  prose,      ///< words and sentences
  markdown,   ///< headings, list items, rows of tables, blocks of code and links stay whole, the rest is prose
  code,       ///< statements stay whole: lines, joined where brackets, strings or comments span several
  log,        ///< lines stay whole
  table,      ///< rows of CSV, TSV and the like stay whole, and no row without the first one
};

/// The kind of `text`, judged by its lines; prose unless most of them say something else. Never `automatic`.
LINGUA_API TextKind text_kind_of(std::string_view text);

/// Where `split` cuts a text.
enum class Split { none, paragraph, sentence };

/// Cuts `text` into contexts at blank lines or sentence ends. Joined, the pieces are `text` again: blank lines stay
/// at the end of the paragraph before them, white space between sentences at the beginning of the later one.
/// What a text of `kind` has to keep whole is never cut; a heading stays with the paragraph after it, and paragraphs
/// of code begin with lines that are not indented. But in prose, blank lines stand at the beginning of the later one.
/// Throws Error: input_malformed when `text` is not UTF-8.
LINGUA_API std::vector<std::string> split(std::string_view text, Split where, TextKind kind = TextKind::prose);

}  // namespace lingua
