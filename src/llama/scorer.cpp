#include "llama/scorer.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace lingua::llama {

LlamaScorer::LlamaScorer(const DecoderSetup& setup, TokenId separator)
    : separator_(separator),
      vocabulary_(static_cast<std::size_t>(llama_vocab_n_tokens(llama_model_get_vocab(setup.model)))),
      plan_(setup.window),
      contexts_{Context{0, Decoder(setup)}, Context{1, Decoder(setup)}} {}

void LlamaScorer::truncate(std::size_t size) {
  if (size > history_.size()) {
    throw Error(ErrorCode::internal, fmt::format("cannot truncate {} tokens to {}", history_.size(), size));
  }
  history_.resize(size);
  for (Context& context : contexts_) {
    const std::size_t begin = plan_.begin(context.window);
    context.decoder.truncate(size < begin ? 0 : size - begin + 1);
  }
}

void LlamaScorer::append(std::span<const TokenId> ids) {
  check(ids);
  history_.insert(history_.end(), ids.begin(), ids.end());
}

void LlamaScorer::score(std::span<const TokenId> ids, std::span<float> surprisal) {
  if (surprisal.size() != ids.size()) {
    throw Error(ErrorCode::internal,
                fmt::format("room for {} surprisals of {} tokens", surprisal.size(), ids.size()));
  }
  const std::size_t before = size();
  append(ids);
  try {
    for (std::size_t done = 0; done < ids.size();) {
      const std::size_t first = before + done, window = plan_.window_of(first);
      const std::size_t count = std::min(ids.size() - done, plan_.end(window) - first);
      score_within(window, first, surprisal.subspan(done, count));
      done += count;
    }
  } catch (...) {
    truncate(before);
    throw;
  }
}

void LlamaScorer::check(std::span<const TokenId> ids) const {
  for (const TokenId id : ids) {
    if (id < 0 || static_cast<std::size_t>(id) >= vocabulary_) {
      throw Error(ErrorCode::input_malformed,
                  fmt::format("token {} is not among the model's 0 to {}", id, vocabulary_ - 1));
    }
  }
}

Decoder& LlamaScorer::decoder_of(std::size_t window) {
  Context& context = contexts_[window % contexts_.size()];
  if (context.window != window) context.decoder.truncate(0);
  context.window = window;
  return context.decoder;
}

// Scores tokens [first, first + surprisal.size()) of the history. Token i of a window stands at position i + 1, and
// is predicted at position i.
void LlamaScorer::score_within(std::size_t window, std::size_t first, std::span<float> surprisal) {
  Decoder& decoder = decoder_of(window);
  const std::size_t begin = plan_.begin(window), position = first - begin, end = position + surprisal.size();
  decoder.reserve(end);
  decoder.truncate(position);
  std::vector<TokenId> ids;
  for (std::size_t i = decoder.size(); i < end; ++i) ids.push_back(i == 0 ? separator_ : history_[begin + i - 1]);
  decoder.read(ids, std::span(history_).subspan(first, surprisal.size()), surprisal);
  forwarded_ += ids.size();
}

}  // namespace lingua::llama
