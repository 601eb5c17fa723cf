#include "scoring/representations.hpp"

#include <algorithm>

namespace lingua::scoring {

Representations::Representations(const engine::Transformer& transformer, TokenId separator, std::size_t longest,
                                 engine::KvPages& pages, engine::Workspace& workspace)
    : transformer_(transformer),
      separator_(separator),
      longest_(std::min(longest, engine::Transformer::kMaxRows - 1)),
      pages_(pages),
      workspace_(workspace) {}

std::size_t Representations::run(std::span<const TextToRepresent> texts) {
  const std::size_t size = transformer_.description().embedding;
  std::size_t read = 0;
  for (const auto& [ids, representations] : texts) {
    for (std::size_t begin = 0; begin < ids.size(); begin += longest_) {
      const std::size_t count = std::min(longest_, ids.size() - begin);
      if (rows_ + count + 1 > engine::Transformer::kMaxRows) pass();
      pieces_.push_back({ids.subspan(begin, count), representations.subspan(begin * size, count * size)});
      rows_ += count + 1;
      read += count + 1;
    }
  }
  pass();
  return read;
}

void Representations::pass() {
  if (pieces_.empty()) return;
  std::vector<TokenId> ids;
  ids.reserve(rows_);  // chunks point into it
  std::vector<engine::KvCache> caches;
  caches.reserve(pieces_.size());
  std::vector<engine::Chunk> chunks;
  for (const auto& piece : pieces_) {
    const std::size_t first = ids.size();
    ids.push_back(separator_);
    ids.insert(ids.end(), piece.ids.begin(), piece.ids.end());
    chunks.push_back({std::span(ids).subspan(first), &caches.emplace_back(pages_), 1,
                      reinterpret_cast<std::byte*>(piece.representations.data())});
  }
  transformer_.early_states(chunks, workspace_);
  pieces_.clear();
  rows_ = 0;
}

}  // namespace lingua::scoring
