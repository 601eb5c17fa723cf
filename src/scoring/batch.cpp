#include "scoring/batch.hpp"

#include <algorithm>

namespace lingua::scoring {
namespace {

// Texts that share a pass: each holds at least one page of keys and values, some megabytes.
constexpr std::size_t kMaxTexts = 64;

std::size_t count_tokens(std::span<const TextToScore> texts) {
  std::size_t count = 0;
  for (const TextToScore& text : texts) count += text.ids.size();
  return count;
}

}  // namespace

Batch::Batch(const engine::Transformer& transformer, TokenId separator, std::span<const TextToScore> texts,
             engine::KvPages& pages, engine::Workspace& workspace)
    : transformer_(transformer), separator_(separator), waiting_(texts), pages_(pages), workspace_(workspace) {}

std::size_t Batch::run() {
  constexpr std::size_t kFull = engine::Transformer::kMaxRows;
  const std::size_t tokens = count_tokens(waiting_);
  for (std::size_t left = tokens; left > 0;) {
    left -= pass(left <= kFull || left >= kFull * 3 / 2 ? std::min(left, kFull) : (left + 1) / 2);  // no small rest
  }
  return tokens;
}

// Forwards up to `rows` tokens; returns their number.
std::size_t Batch::pass(std::size_t rows) {
  begin_texts(rows);
  const std::vector<engine::Chunk> chunks = fill(rows);
  transformer_.forward(chunks, workspace_);
  score(chunks);
  while (!readings_.empty() && readings_.front().unread() == 0) readings_.pop_front();
  return ids_.size();
}

// Takes texts up until there are `rows` tokens to read.
void Batch::begin_texts(std::size_t rows) {
  std::size_t unread = readings_.empty() ? 0 : readings_.front().unread();  // the one that the last pass cut
  for (; unread < rows && readings_.size() < kMaxTexts && !waiting_.empty(); waiting_ = waiting_.subspan(1)) {
    if (waiting_.front().ids.empty()) continue;
    readings_.push_back({waiting_.front(), engine::KvCache(pages_)});
    unread += readings_.back().unread();
  }
}

// Lays out the rows of a pass, text after text.
std::vector<engine::Chunk> Batch::fill(std::size_t rows) {
  ids_.clear(), targets_.clear();
  ids_.reserve(rows);  // chunks point into it
  hidden_.resize(rows * transformer_.hidden_bytes());
  std::vector<engine::Chunk> chunks;
  for (Reading& reading : readings_) {
    const std::size_t first_row = ids_.size(), count = std::min(reading.unread(), rows - first_row);
    for (std::size_t position = reading.cache.size(), left = count; left > 0; ++position, --left) {
      ids_.push_back(position == 0 ? separator_ : reading.text.ids[position - 1]);
      targets_.push_back(reading.text.ids[position]);
    }
    chunks.push_back({std::span(ids_).subspan(first_row), &reading.cache, 0,
                      hidden_.data() + first_row * transformer_.hidden_bytes()});
  }
  return chunks;
}

void Batch::score(std::span<const engine::Chunk> chunks) {
  surprisals_.resize(targets_.size());
  transformer_.surprisals(hidden_.data(), targets_, surprisals_);
  auto from = surprisals_.begin();
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    const auto count = static_cast<std::ptrdiff_t>(chunks[i].ids.size());
    const auto end = static_cast<std::ptrdiff_t>(readings_[i].cache.size());
    std::copy_n(from, count, readings_[i].text.surprisal.begin() + end - count);
    from += count;
  }
}

}  // namespace lingua::scoring
