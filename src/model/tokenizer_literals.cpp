// A prefix tree finds the literals; those that overlap are settled in rounds from the longest length to the shortest.
#include "model/tokenizer_literals.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

namespace lingua::model {
namespace {

constexpr TokenId kNone = -1;

/// Markers that end a turn or a text. Some vocabularies list them as user-defined, yet in a prompt they are plain
/// text like all special tokens. (llama.cpp has the same list; in Gemma it concerns the HTML tag "</s>".)
constexpr std::array<std::string_view, 13> kEndMarkers{
    "<|eot_id|>",    "<|eom_id|>",      "<|im_end|>", "<|end|>", "<|return|>", "<|call|>",          "<end_of_turn>",
    "<|endoftext|>", "<|end_of_text|>", "</s>",       "<EOT>",   "_<EOT>",     "<end_of_utterance>"};

}  // namespace

Literals::Literals(const Vocabulary& vocabulary) : nodes_{{.byte = 0, .id = kNone, .child = 0, .sibling = 0}} {
  for (std::size_t id = 0; id < vocabulary.tokens.size(); ++id) {
    if (vocabulary.kind(id) != TokenKind::user_defined) continue;
    if (std::ranges::find(kEndMarkers, vocabulary.tokens[id]) != kEndMarkers.end()) continue;
    if (!vocabulary.tokens[id].empty()) insert(vocabulary.tokens[id], static_cast<TokenId>(id));
  }
}

void Literals::insert(std::string_view text, TokenId id) {
  std::uint32_t node = 0;
  for (const char byte : text) {
    std::uint32_t next = child(node, byte);
    if (next == 0) {
      next = static_cast<std::uint32_t>(nodes_.size());
      nodes_.push_back({.byte = byte, .id = kNone, .child = 0, .sibling = nodes_[node].child});
      nodes_[node].child = next;
    }
    node = next;
  }
  if (nodes_[node].id == kNone) nodes_[node].id = id;
}

std::uint32_t Literals::child(std::uint32_t node, char byte) const {
  std::uint32_t next = nodes_[node].child;
  while (next != 0 && nodes_[next].byte != byte) next = nodes_[next].sibling;
  return next;
}

Literals::Match Literals::longest_prefix(std::string_view text) const {
  Match longest{.size = 0, .id = kNone};
  std::uint32_t node = 0;
  for (std::uint32_t i = 0; i < text.size() && (node = child(node, text[i])) != 0; ++i) {
    if (nodes_[node].id != kNone) longest = {.size = i + 1, .id = nodes_[node].id};
  }
  return longest;
}

std::vector<Token> Literals::find(std::string_view text) const {
  std::vector<Token> found;
  if (nodes_[0].child == 0) return found;

  std::map<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> begins_by_size;
  for (std::uint32_t begin = 0; begin < text.size(); ++begin) {
    const Match match = longest_prefix(text.substr(begin));
    if (match.size != 0) begins_by_size[match.size].push_back(begin);
  }

  std::vector<bool> taken(begins_by_size.empty() ? 0 : text.size());
  while (!begins_by_size.empty()) {
    auto round = begins_by_size.extract(begins_by_size.begin());
    const std::uint32_t size = round.key();
    std::ranges::sort(round.mapped());
    for (const std::uint32_t begin : round.mapped()) {
      if (taken[begin]) continue;
      // What is taken already is at least as long, so it would cover an end of this one.
      const bool free = !taken[begin + size - 1];
      const Match match = longest_prefix(text.substr(begin, free ? size : size - 1));
      if (!free && match.size != 0) begins_by_size[match.size].push_back(begin);
      if (!free) continue;
      found.push_back({.id = match.id, .begin = begin, .end = begin + size});
      std::fill_n(taken.begin() + begin, size, true);
    }
  }
  std::ranges::sort(found, {}, &Token::begin);
  return found;
}

}  // namespace lingua::model
