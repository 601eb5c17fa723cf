// The separator belongs to the piece that it ends: so joined parts are the prompt, byte for byte.
#include "input/pieces.hpp"

#include <algorithm>
#include <numeric>

namespace lingua::cli {
namespace {

/// What `text` lacks to end with `separator`.
std::string_view missing_end(std::string_view text, std::string_view separator) {
  std::size_t present = std::min(text.size(), separator.size());
  while (!text.ends_with(separator.substr(0, present))) --present;
  return separator.substr(present);
}

/// Indices of the non-empty pieces in the order of the prompt: instruction, contexts, question.
std::vector<std::size_t> prompt_order(const std::vector<Piece>& pieces) {
  std::vector<std::size_t> order(pieces.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::erase_if(order, [&](std::size_t i) { return pieces[i].text.empty(); });
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return pieces[a].role < pieces[b].role; });
  return order;
}

/// Whether every context but the last one continues in the next.
bool are_one_text(const std::vector<Piece>& pieces) {
  bool ended = false;
  for (const Piece& piece : pieces) {
    if (piece.role != Role::context || piece.text.empty()) continue;
    if (ended) return false;
    ended = !piece.continues;
  }
  return true;
}

std::vector<std::vector<ByteSpan>> ranges_by_part(const Result& result) {
  std::vector<std::vector<ByteSpan>> parts(result.parts.size());
  for (const KeptRange& range : result.kept) parts[range.part].push_back({range.begin, range.end});
  return parts;
}

/// Takes white space from the front of `kept`, bytes of `text`, unless it stands at `begin`, where nothing is gone.
void trim_front(std::vector<ByteSpan>& kept, std::string_view text, std::size_t begin) {
  while (!kept.empty() && kept.front().begin > begin) {
    ByteSpan& first = kept.front();
    const std::string_view bytes = text.substr(first.begin, first.end - first.begin);
    const std::size_t blank = std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size());
    const std::size_t line_end = bytes.substr(0, blank).rfind('\n');
    first.begin += line_end == std::string_view::npos || blank == bytes.size() ? blank : line_end + 1;
    if (first.begin < first.end) return;
    kept.erase(kept.begin());
  }
}

}  // namespace

void empty_blank(std::vector<Piece>& pieces) {
  for (Piece& piece : pieces)
    if (piece.keep.empty() && piece.text.find_first_not_of(" \t\r\n") == std::string::npos) piece.text.clear();
}

AssembledPrompt assemble(const std::vector<Piece>& pieces, std::string_view separator) {
  AssembledPrompt out;
  out.locations.resize(pieces.size());
  out.prompt.one_text = are_one_text(pieces);
  const auto order = prompt_order(pieces);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Piece& piece = pieces[order[i]];
    if (piece.role == Role::context) out.prompt.contexts.emplace_back();
    std::string& part = piece.role == Role::instruction ? out.prompt.instruction
                        : piece.role == Role::question  ? out.prompt.question
                                                        : out.prompt.contexts.back();
    const std::size_t index = (out.prompt.instruction.empty() || piece.role == Role::instruction ? 0u : 1u) +
                              out.prompt.contexts.size() - (piece.role == Role::context ? 1u : 0u);
    out.locations[order[i]] = {index, part.size(), part.size() + piece.text.size()};
    const std::size_t context = piece.role == Role::context ? out.prompt.contexts.size() - 1 : 0;
    for (const auto& [begin, end] : piece.keep)
      out.prompt.keep.push_back({piece.role, context, part.size() + begin, part.size() + end});
    part += piece.text;
    if (i + 1 < order.size() && !piece.continues) part += missing_end(piece.text, separator);
  }
  return out;
}

std::vector<std::vector<ByteSpan>> kept_by_part(const Result& result) {
  auto parts = ranges_by_part(result);
  for (std::size_t p = 0; p < parts.size(); ++p) trim_front(parts[p], result.parts[p].original, 0);
  return parts;
}

std::vector<std::vector<ByteSpan>> kept_by_piece(const Result& result,
                                                 const std::vector<std::optional<PieceLocation>>& locations) {
  const auto parts = ranges_by_part(result);
  std::vector<std::vector<ByteSpan>> pieces;
  for (const auto& location : locations) {
    auto& piece = pieces.emplace_back();
    if (!location) continue;
    const auto& part = parts[location->part];
    auto range = std::ranges::upper_bound(part, location->begin, {}, &ByteSpan::end);
    for (; range != part.end() && range->begin < location->end; ++range)
      piece.push_back({std::max(range->begin, location->begin), std::min(range->end, location->end)});
    trim_front(piece, result.parts[location->part].original, location->begin);
    for (auto& [begin, end] : piece) begin -= location->begin, end -= location->begin;
  }
  return pieces;
}

}  // namespace lingua::cli
