// From kept tokens back to text.
#include "compress/result/source_map.hpp"

namespace lingua::compress {
namespace {

/// Appends bytes [begin, end) of `part` to the source map, as part of the last range where they touch.
void add_kept(std::vector<KeptRange>& kept, std::size_t part, std::size_t begin, std::size_t end) {
  if (!kept.empty() && kept.back().part == part && kept.back().end == begin) {
    kept.back().end = end;
  } else {
    kept.push_back({part, begin, end});
  }
}

}  // namespace

void assemble(const TokenizedPrompt& prompt, std::span<const std::size_t> order, const Selection& selection,
              const Surprisals& surprisals, Result& result) {
  for (const auto p : order) {
    const auto& part = prompt.parts[p];
    auto& out = result.parts[p];
    out.tokens.reserve(part.tokens.size());
    for (std::size_t t = 0; t < part.tokens.size(); ++t) {
      const auto& token = part.tokens[t];
      const bool kept = selection.kept(p, t);
      out.tokens.push_back({token.begin, token.end, surprisals[p][t], kept});
      if (!kept) continue;
      add_kept(result.kept, p, token.begin, token.end);
      out.text.append(part.text.substr(token.begin, token.end - token.begin));
      ++out.tokens_after;
    }
    result.text += out.text;
    result.tokens_after += out.tokens_after;
  }
}

}  // namespace lingua::compress
