#include "scoring/local_scorer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <lingua/error.hpp>

#include "scoring/batch.hpp"

namespace lingua::scoring {

LocalScorer::LocalScorer(const engine::Transformer& transformer, TokenId separator, std::size_t window)
    : transformer_(transformer),
      separator_(separator),
      plan_(window),
      pages_(transformer.new_pages()),
      contexts_{Context{0, engine::KvCache(pages_), {}, {}}, Context{1, engine::KvCache(pages_), {}, {}}} {}

void LocalScorer::truncate(std::size_t size) {
  if (size > history_.size()) {
    throw Error(ErrorCode::internal, fmt::format("cannot truncate {} tokens to {}", history_.size(), size));
  }
  history_.resize(size);
  for (Context& context : contexts_) {
    const std::size_t begin = plan_.begin(context.window);
    const std::size_t positions = std::min(context.cache.size(), size < begin ? 0 : size - begin + 1);
    context.cache.truncate(positions);
    context.has_hidden.resize(positions);
  }
}

void LocalScorer::append(std::span<const TokenId> ids) {
  check(ids);
  history_.insert(history_.end(), ids.begin(), ids.end());
}

void LocalScorer::score(std::span<const TokenId> ids, std::span<float> surprisal) {
  check({ids, surprisal});
  const std::size_t before = size();
  append(ids);
  try {
    for (std::size_t done = 0; done < ids.size();) {
      const std::size_t first = before + done, window = plan_.window_of(first);
      const std::size_t count =
          std::min({ids.size() - done, plan_.end(window) - first, engine::Transformer::kMaxRows});
      score_within(window, first, surprisal.subspan(done, count));
      done += count;
    }
  } catch (...) {
    truncate(before);
    throw;
  }
}

// Texts that need more than one window go the long way.
void LocalScorer::score_each(std::span<const TextToScore> texts) {
  if (!history_.empty()) throw Error(ErrorCode::internal, fmt::format("the scorer holds {} tokens", size()));
  std::vector<TextToScore> whole;
  for (const TextToScore& text : texts) {
    check(text);
    if (text.ids.size() <= plan_.capacity()) {
      whole.push_back(text);
    } else {
      score(text.ids, text.surprisal);
      truncate(0);
    }
  }
  forwarded_ += Batch(transformer_, separator_, whole, pages_, workspace_).run();
}

void LocalScorer::check(const TextToScore& text) const {
  check(text.ids);
  if (text.surprisal.size() == text.ids.size()) return;
  throw Error(ErrorCode::internal,
              fmt::format("room for {} surprisals of {} tokens", text.surprisal.size(), text.ids.size()));
}

void LocalScorer::check(std::span<const TokenId> ids) const {
  const std::size_t vocabulary = transformer_.description().vocabulary;
  for (const TokenId id : ids) {
    if (id < 0 || static_cast<std::size_t>(id) >= vocabulary) {
      throw Error(ErrorCode::input_malformed,
                  fmt::format("token {} is not among the model's 0 to {}", id, vocabulary - 1));
    }
  }
}

LocalScorer::Context& LocalScorer::context_of(std::size_t window) {
  Context& context = contexts_[window % contexts_.size()];
  if (context.window != window) {
    context.window = window;
    context.cache.truncate(0);
    context.has_hidden.clear();
  }
  return context;
}

// Scores tokens [first, first + surprisal.size()) of the history. Token i of a window stands at position i + 1, and
// is predicted by the hidden state of position i.
void LocalScorer::score_within(std::size_t window, std::size_t first, std::span<float> surprisal) {
  Context& context = context_of(window);
  const std::size_t position = first - plan_.begin(window);
  read(context, position, position + surprisal.size());
  transformer_.surprisals(context.hidden.data() + position * transformer_.hidden_bytes(),
                          std::span(history_).subspan(first, surprisal.size()), surprisal);
}

// Makes sure that the context holds `size` positions, with hidden states from `first_hidden` on.
void LocalScorer::read(Context& context, std::size_t first_hidden, std::size_t size) {
  const auto missing = std::find(
      context.has_hidden.begin() + static_cast<std::ptrdiff_t>(std::min(first_hidden, context.has_hidden.size())),
      context.has_hidden.end(), 0);
  context.cache.truncate(static_cast<std::size_t>(missing - context.has_hidden.begin()));
  context.has_hidden.resize(context.cache.size());
  while (context.cache.size() < size) {
    forward(context, first_hidden, std::min(size, context.cache.size() + engine::Transformer::kMaxRows));
  }
}

// Forwards the positions from the context's end up to `size`.
void LocalScorer::forward(Context& context, std::size_t first_hidden, std::size_t size) {
  const std::size_t start = context.cache.size(), begin = plan_.begin(context.window);
  std::vector<TokenId> ids;
  for (std::size_t position = start; position < size; ++position) {
    ids.push_back(position == 0 ? separator_ : history_[begin + position - 1]);
  }
  const std::size_t wanted = std::clamp(first_hidden, start, size);
  context.hidden.resize(size * transformer_.hidden_bytes());
  const engine::Chunk chunk{ids, &context.cache, wanted - start,
                            context.hidden.data() + wanted * transformer_.hidden_bytes()};
  transformer_.forward({&chunk, 1}, workspace_);
  context.has_hidden.resize(wanted, 0);
  context.has_hidden.resize(size, 1);
  forwarded_ += ids.size();
}

}  // namespace lingua::scoring
