// Tokenises a prompt and maps words, sentences and protected spans from bytes to tokens.
#include "compress/prompt/tokenized_prompt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <lingua/error.hpp>
#include <optional>
#include <span>

#include "text/graphemes.hpp"
#include "text/lines.hpp"
#include "text/protect.hpp"
#include "text/segment.hpp"
#include "text/structure.hpp"
#include "text/utf8.hpp"

namespace lingua::compress {
namespace {

/// Units: token ranges that end where some of the byte offsets `ends` do. A token that reaches across one into the
/// next word joins the two; white space it may take with it. None splits a character, whose code points meet at
/// `joints`.
std::vector<TokenRange> unit_ranges_at(std::span<const std::uint32_t> ends, std::string_view text,
                                       std::span<const std::uint32_t> joints, std::span<const Token> tokens) {
  const auto splits = [&](std::uint32_t offset) {
    return !text::is_code_point_boundary(text, offset) || std::ranges::binary_search(joints, offset);
  };
  std::vector<TokenRange> ranges;
  std::uint32_t begin = 0;
  auto end = ends.begin();  // the first one behind the unit so far
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const auto token_end = tokens[i].end;
    if (end == ends.end() || token_end < *end || splits(token_end)) continue;
    const auto next = std::upper_bound(end, ends.end(), token_end);
    const auto last = *std::prev(next);
    if (!text::is_blank(text.substr(last, token_end - last))) continue;
    ranges.push_back({begin, i + 1});
    begin = i + 1;
    end = next;
  }
  return ranges;
}

/// Sentences: runs of `units`, each up to the first one that ends where one of the byte offsets `ends` is, or behind
/// it.
std::vector<TokenRange> sentences_of_units(std::span<const std::uint32_t> ends, std::span<const TextUnit> units,
                                           std::span<const Token> tokens) {
  std::vector<TokenRange> ranges;
  std::uint32_t begin = 0;
  auto end = ends.begin();
  for (const auto& unit : units) {
    const auto byte = tokens[unit.tokens.end - 1].end;
    if (end == ends.end() || byte < *end) continue;
    ranges.push_back({begin, unit.tokens.end});
    begin = unit.tokens.end;
    end = std::upper_bound(end, ends.end(), byte);
  }
  return ranges;
}

std::vector<std::uint32_t> token_ends(std::span<const Token> tokens) {
  std::vector<std::uint32_t> ends(tokens.size());
  std::ranges::transform(tokens, ends.begin(), &Token::end);
  return ends;
}

/// Raises the guard of every unit that shares a byte with one of `spans`.
void guard_units(Part& part, std::span<const text::ByteRange> spans, Guard guard) {
  auto span = spans.begin();
  for (auto& unit : part.units) {
    const auto begin = part.tokens[unit.tokens.begin].begin;
    const auto end = part.tokens[unit.tokens.end - 1].end;
    while (span != spans.end() && span->end <= begin) ++span;
    if (span != spans.end() && span->begin < end) unit.guard = std::max(unit.guard, guard);
  }
}

/// The units at the end of `part` that are nothing but white space, unless all are.
TokenRange trailing_white_space(const Part& part) {
  auto range = TokenRange{part.all().end, part.all().end};
  const auto last = part.text.find_last_not_of(text::kBlanks);
  if (last == std::string_view::npos) return range;
  for (auto unit = part.units.rbegin(); unit != part.units.rend(); ++unit) {
    if (part.tokens[unit->tokens.begin].begin <= last) break;
    range.begin = unit->tokens.begin;
  }
  return range;
}

/// What stays of a context at any rate is not glued to the next one.
void guard_separator(Part& part) {
  const auto is_pinned = [](const TextUnit& unit) { return unit.guard == Guard::always; };
  if (part.role != Role::context || std::ranges::none_of(part.units, is_pinned)) return;
  for (auto& unit : part.units)
    if (unit.tokens.begin >= part.separator.begin) unit.guard = Guard::always;
}

/// What is kept or dropped in one piece cannot lose a protected word while it stays.
void release_whole_sentences(Part& part) {
  for (const auto& sentence : part.sentences) {
    if (!part.stays_whole(sentence)) continue;
    auto& guard = part.units[static_cast<std::size_t>(&part.units_in(sentence).front() - part.units.data())].guard;
    if (guard == Guard::in_kept_text) guard = Guard::none;
  }
}

/// Takes the tokens of `tail` off the end of `ranges`.
void cut_before(TokenRange tail, std::vector<TokenRange>& ranges) {
  while (!ranges.empty() && ranges.back().begin >= tail.begin) ranges.pop_back();
  if (!ranges.empty()) ranges.back().end = std::min(ranges.back().end, tail.begin);
}

/// The classes of protected text, and what finds them.
struct ProtectedClass {
  Guard Protection::*guard;
  std::vector<text::ByteRange> (*find)(std::string_view);
};
constexpr ProtectedClass kClasses[] = {{&Protection::numbers, text::find_numbers},
                                       {&Protection::negations, text::find_negations},
                                       {&Protection::identifiers, text::find_identifiers},
                                       {&Protection::quotations, text::find_quotations},
                                       {&Protection::code, text::find_code},
                                       {&Protection::names, text::find_names}};

class PartBuilder {
 public:
  PartBuilder(const ScoringModel& model, const Options& options) : model_(model), options_(options) {
    if (!options.protect.pattern.empty()) pattern_.emplace(options.protect.pattern);
  }

  /// `kept_spans`: ascending and disjoint.
  Part build(Role role, std::string_view text, std::span<const text::ByteRange> kept_spans) const {
    Part part{.role = role,
              .kind = kind_of_part(role, text),
              .text = text,
              .tokens = {},
              .units = {},
              .sentences = {},
              .separator = {}};
    const auto joints = text::grapheme_joints(text);
    const auto whole = whole_of(part);
    const auto sentences = text::cut_around(text::sentence_ends(text), whole, text);
    part.tokens = part.kind == TextKind::prose ? model_.tokenize(text) : tokenize_each(sentences, text);
    for (const auto range : unit_ranges(part, whole, joints)) part.units.push_back({range});
    part.separator = trailing_white_space(part);
    part.sentences = sentences_of_units(sentences, part.units, part.tokens);
    cut_before(part.separator, part.sentences);
    for (const auto& [guard, find] : kClasses)
      if (options_.protect.*guard != Guard::none) guard_units(part, find(text), options_.protect.*guard);
    release_whole_sentences(part);
    if (pattern_) guard_units(part, pattern_->find_all(text), Guard::always);
    guard_units(part, kept_spans, Guard::always);
    guard_separator(part);
    return part;
  }

 private:
  TextKind kind_of_part(Role role, std::string_view text) const {
    if (role != Role::context || options_.decision == Decision::reference) return TextKind::prose;
    return options_.text_kind == TextKind::automatic ? text_kind_of(text) : options_.text_kind;
  }

  /// llmlingua 0.2.2 cuts anything.
  std::vector<text::ByteRange> whole_of(const Part& part) const {
    if (options_.decision == Decision::reference) return {};
    return text::find_whole(part.text, part.kind);
  }

  /// The tokens of `text`, none of which crosses one of `ends`: many tokenizers join brackets with the line break
  /// behind them, which belong to different lines.
  std::vector<Token> tokenize_each(std::span<const std::uint32_t> ends, std::string_view text) const {
    std::vector<Token> tokens;
    std::uint32_t begin = 0;
    for (const auto end : ends) {
      for (const auto& token : model_.tokenize(text.substr(begin, end - begin)))
        tokens.push_back({token.id, begin + token.begin, begin + token.end});
      begin = end;
    }
    return tokens;
  }

  std::vector<TokenRange> unit_ranges(const Part& part, std::span<const text::ByteRange> whole,
                                      std::span<const std::uint32_t> joints) const {
    auto ends = options_.unit == Unit::token ? token_ends(part.tokens) : text::word_ends(part.text);
    return unit_ranges_at(text::cut_around(std::move(ends), whole, part.text), part.text, joints, part.tokens);
  }

  const ScoringModel& model_;
  const Options& options_;
  std::optional<text::Pattern> pattern_;
};

[[noreturn]] void refuse_span(const Span& span, const std::string& why) {
  throw Error(ErrorCode::input_malformed, fmt::format("the bytes {} to {} to keep of {} {}: {}", span.begin, span.end,
                                                      to_string(span.role), span.context, why));
}

/// What `prompt` wants kept of one of its texts, ascending and disjoint.
std::vector<text::ByteRange> kept_spans_of(const Prompt& prompt, Role role, std::size_t context) {
  std::vector<text::ByteRange> spans;
  for (const auto& span : prompt.keep)
    if (span.role == role && span.context == context && span.begin < span.end)
      spans.push_back({static_cast<std::uint32_t>(span.begin), static_cast<std::uint32_t>(span.end)});
  std::ranges::sort(spans, {}, &text::ByteRange::begin);
  std::vector<text::ByteRange> joined;
  for (const auto& span : spans) {
    if (joined.empty() || joined.back().end < span.begin) joined.push_back(span);
    joined.back().end = std::max(joined.back().end, span.end);
  }
  return joined;
}

void check_spans(const Prompt& prompt) {
  for (const auto& span : prompt.keep) {
    const auto texts = span.role == Role::context ? prompt.contexts.size() : 1;
    if (span.context >= texts) refuse_span(span, fmt::format("there are {} such texts", texts));
    const auto& text = span.role == Role::instruction ? prompt.instruction
                       : span.role == Role::question  ? prompt.question
                                                      : prompt.contexts[span.context];
    if (span.begin > span.end) refuse_span(span, "the end stands before the beginning");
    if (span.end > text.size()) refuse_span(span, fmt::format("the text ends at byte {}", text.size()));
  }
}

void check_size(const Prompt& prompt, std::uint64_t limit) {
  if (text::is_blank(prompt.instruction) && text::is_blank(prompt.question) &&
      std::ranges::all_of(prompt.contexts, text::is_blank))
    throw Error(ErrorCode::input_malformed, "the prompt is empty: there is nothing to compress");
  std::uint64_t bytes = prompt.instruction.size() + prompt.question.size();
  for (const auto& context : prompt.contexts) bytes += context.size();
  limit = std::min<std::uint64_t>(limit, std::numeric_limits<std::uint32_t>::max());
  if (bytes > limit)
    throw Error(ErrorCode::input_too_large,
                fmt::format("the prompt has {} bytes, the limit is {} (option max_bytes)", bytes, limit));
}

}  // namespace

std::vector<TokenId> ids_of(std::span<const Token> tokens) {
  std::vector<TokenId> ids(tokens.size());
  std::ranges::transform(tokens, ids.begin(), &Token::id);
  return ids;
}

std::string_view Part::text_of(TokenRange range) const {
  if (range.size() == 0) return {};
  const auto begin = tokens[range.begin].begin;
  return text.substr(begin, tokens[range.end - 1].end - begin);
}

std::span<const TextUnit> Part::units_in(TokenRange range) const {
  const auto begins_before = [](const TextUnit& unit, std::uint32_t token) { return unit.tokens.begin < token; };
  const auto first = std::lower_bound(units.begin(), units.end(), range.begin, begins_before);
  const auto last = std::lower_bound(first, units.end(), range.end, begins_before);
  return {first, last};
}

std::size_t Part::cost(std::span<const TokenRange> ranges) const {
  std::size_t sum = 0;
  for (const auto& range : ranges) sum += cost(range);
  return sum;
}

std::size_t Part::guarded_tokens(TokenRange range, Guard guard) const {
  std::size_t count = 0;
  for (const auto& unit : units_in(range))
    if (unit.guard == guard) count += unit.tokens.size();
  return count;
}

std::size_t TokenizedPrompt::tokens() const {
  std::size_t count = 0;
  for (const auto& part : parts) count += part.tokens.size();
  return count;
}

std::size_t TokenizedPrompt::tokens(Role role) const {
  std::size_t count = 0;
  for (const auto& part : parts)
    if (part.role == role) count += part.tokens.size();
  return count;
}

TokenizedPrompt tokenize(const Prompt& prompt, const ScoringModel& model, const Options& options) {
  check_size(prompt, options.max_bytes);
  check_spans(prompt);
  const PartBuilder builder(model, options);
  TokenizedPrompt result;
  const auto add = [&](Role role, std::string_view name, std::string_view text, std::size_t context = 0) {
    if (text.empty()) return;
    text::require_utf8(name, text);
    result.parts.push_back(builder.build(role, text, kept_spans_of(prompt, role, context)));
  };
  add(Role::instruction, "the instruction", prompt.instruction);
  for (std::size_t i = 0; i < prompt.contexts.size(); ++i)
    add(Role::context, fmt::format("context {}", i + 1), prompt.contexts[i], i);
  add(Role::question, "the question", prompt.question);
  return result;
}

}  // namespace lingua::compress
