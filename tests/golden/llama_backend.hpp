// What the tests of the llama backend share.
#pragma once

#include <cmath>
#include <memory>
#include <vector>

#include <lingua/lingua.hpp>

#include "support/random_numbers.hpp"

namespace lingua::test {

using ModelPtr = std::shared_ptr<const Model>;

inline ModelPtr load(const std::filesystem::path& path, Backend backend, std::size_t window = 0,
                     unsigned threads = 2) {
  return Model::load(path, {.backend = backend, .compute = ComputeType::f32, .threads = threads, .window = window});
}

inline std::vector<TokenId> random_ids(RandomNumbers& random, std::uint32_t count) {
  std::vector<TokenId> ids(count);
  for (TokenId& id : ids) id = static_cast<TokenId>(random.below(256));
  return ids;
}

inline std::vector<float> scores(Scorer& scorer, const std::vector<TokenId>& ids) {
  std::vector<float> surprisals(ids.size());
  scorer.score(ids, surprisals);
  return surprisals;
}

inline double mean_difference(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(double{a[i]} - b[i]);
  return sum / static_cast<double>(a.size());
}

}  // namespace lingua::test
