// What both programs have in common: the protocol with `bench/run`, and the tokens.
//
// A program prints "ready", then answers each line N on standard input with the seconds that scoring N tokens took
// and the mean surprisal. So the driver can alternate between programs within one run, with weights loaded once.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <vector>

namespace lingua::bench {

/// Tokens without meaning: the time does not depend on what they are.
inline std::vector<std::int32_t> tokens(std::size_t count, std::size_t vocabulary) {
  std::vector<std::int32_t> ids(count);
  std::uint32_t state = 1;
  for (auto& id : ids) {
    state = state * 1664525u + 1013904223u;
    id = static_cast<std::int32_t>((state >> 8) % vocabulary);
  }
  return ids;
}

/// `score(ids)` returns the mean surprisal in nats.
template <typename Score>
void answer_requests(std::size_t vocabulary, Score&& score) {
  std::cout << "ready" << std::endl;
  for (std::size_t count; std::cin >> count;) {
    const auto ids = tokens(count, vocabulary);
    const auto start = std::chrono::steady_clock::now();
    const double mean = score(ids);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::cout << seconds.count() << ' ' << mean << std::endl;
  }
}

}  // namespace lingua::bench
