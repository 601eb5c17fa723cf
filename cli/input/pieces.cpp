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

}  // namespace

AssembledPrompt assemble(const std::vector<Piece>& pieces, std::string_view separator) {
  AssembledPrompt out;
  out.locations.resize(pieces.size());
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

std::string compressed_piece(const Result& result, const PieceLocation& location) {
  std::string text;
  for (const KeptRange& range : result.kept) {
    if (range.part != location.part) continue;
    const std::size_t begin = std::max(range.begin, location.begin), end = std::min(range.end, location.end);
    if (begin < end) text.append(result.parts[range.part].original, begin, end - begin);
  }
  return text;
}

}  // namespace lingua::cli
