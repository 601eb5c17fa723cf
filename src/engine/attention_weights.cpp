// How much attention some positions pay to each earlier one. The forward pass never has these weights as a whole
// (attention.inc); for the few positions that somebody asks about they are computed again, from their queries and the
// cached keys.
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

#include "engine/transformer.hpp"

namespace lingua::engine {
namespace {

/// sums += softmax(scores), in double and one after the other.
void add_softmax(std::span<const float> scores, float* sums) {
  const double maximum = *std::ranges::max_element(scores);
  std::vector<double> weights(scores.size());
  std::ranges::transform(scores, weights.begin(), [&](float score) { return std::exp(score - maximum); });
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (std::size_t i = 0; i < weights.size(); ++i) sums[i] += static_cast<float>(weights[i] / total);
}

/// The keys of one head, by dimension and position: so scores of many positions are computed at once.
class Keys {
 public:
  Keys(std::size_t positions, std::size_t head_size)
      : stride_((positions + kPage - 1) / kPage * kPage), keys_(stride_ * head_size), size_(head_size) {}

  void read(const AttentionKernels& kernels, const KvCache& cache, std::size_t layer, std::size_t kv_head) {
    std::vector<float> page(size_ * kPage);
    for (std::size_t first = 0; first < stride_; first += kPage) {
      kernels.read_keys(cache.keys(layer, kv_head, first / kPage), size_, page.data());
      for (std::size_t i = 0; i < size_; ++i) std::copy_n(&page[i * kPage], kPage, &keys_[i * stride_ + first]);
    }
  }

  void score(const float* query, float scale, std::span<float> scores) const {
    std::ranges::fill(scores, 0.0f);
    for (std::size_t i = 0; i < size_; ++i) {
      const float factor = scale * query[i];
      for (std::size_t p = 0; p < scores.size(); ++p) scores[p] += factor * keys_[i * stride_ + p];
    }
  }

 private:
  std::size_t stride_;
  std::vector<float> keys_;
  std::size_t size_;
};

}  // namespace

void Transformer::attention(std::span<const float> queries, const KvCache& cache, std::span<float> weights) const {
  const std::size_t positions = cache.size(), rows = weights.size() / positions, group = d_.heads / d_.kv_heads;
  std::vector<std::vector<float>> by_layer(d_.layers, std::vector<float>(weights.size()));
  workers_.run(d_.layers, [&](std::size_t layer, unsigned) {
    const std::size_t window = d_.is_local(layer) ? d_.sliding_window : positions;
    Keys keys(positions, d_.head_size);
    std::vector<float> scores(positions);
    for (std::size_t head = 0; head < d_.heads; ++head) {
      if (head % group == 0) keys.read(attention_, cache, layer, head / group);
      for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t end = positions - rows + row + 1, first = end - std::min(end, window);
        keys.score(&queries[row * query_numbers() + (layer * d_.heads + head) * d_.head_size], d_.attention_scale,
                   std::span(scores).first(end));
        add_softmax(std::span(scores).subspan(first, end - first), &by_layer[layer][row * positions + first]);
      }
    }
  });
  std::ranges::fill(weights, 0.0f);
  for (const auto& layer : by_layer) std::ranges::transform(weights, layer, weights.begin(), std::plus<>());
}

}  // namespace lingua::engine
