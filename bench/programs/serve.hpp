// What the programs have in common: the protocol with `bench/run`, and tokens to score.
//
// A program prints "ready", then answers each line of JSON on standard input with a line of JSON. So the driver can
// let programs take turns within one run, with weights loaded once.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace lingua::bench {

/// Answers requests until standard input ends. What a handler throws becomes {"error": ...}.
template <typename Handler>
void serve(Handler&& handle) {
  std::cout << "ready" << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    nlohmann::json answer;
    try {
      answer = handle(nlohmann::json::parse(line));
    } catch (const std::exception& error) {
      answer = {{"error", error.what()}};
    }
    std::cout << answer << std::endl;
  }
}

/// Seconds that `work` takes.
template <typename Work>
double seconds_of(Work&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

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

/// Answers {"pass": N} with the seconds of scoring N tokens, and {"score": [ids]} with their surprisals.
/// `score(ids)` returns surprisals in nats.
template <typename Score>
void serve_scores(std::size_t vocabulary, Score&& score) {
  serve([&](const nlohmann::json& request) -> nlohmann::json {
    if (request.contains("score"))
      return {{"surprisals", score(request.at("score").get<std::vector<std::int32_t>>())}};
    const auto ids = tokens(request.at("pass"), vocabulary);
    return {{"seconds", seconds_of([&] { score(ids); })}};
  });
}

}  // namespace lingua::bench
