// Random JSON, and what compressing is to make of it.
#pragma once

#include <string>

#include "input/strict_json.hpp"
#include "support/random_numbers.hpp"

namespace lingua::test {

/// A value with all kinds of strings, nested `depth` times at most.
inline cli::Json random_json(RandomNumbers& random, int depth) {
  const std::string strings[] = {"", "a", "some longer text, \"quoted\" \\ and \n é 中文 😀", "\u0001", "]}{[,:"};
  switch (random.below(depth > 0 ? 7 : 5)) {
    case 0:
      return nullptr;
    case 1:
      return random.below(1000);
    case 2:
      return 0.5 * random.below(1000);
    case 5: {
      auto object = cli::Json::object();
      for (auto members = random.below(4); members > 0; --members)
        object[strings[random.below(5)] + std::to_string(members)] = random_json(random, depth - 1);
      return object;
    }
    case 6: {
      auto array = cli::Json::array();
      for (auto members = random.below(4); members > 0; --members) array.push_back(random_json(random, depth - 1));
      return array;
    }
    default:
      return strings[random.below(5)];
  }
}

/// `value` with the first byte taken from every string of `min` bytes, by the JSON library.
inline cli::Json shortened(cli::Json value, std::size_t min) {
  if (value.is_string() && value.get<std::string>().size() >= min) return value.get<std::string>().substr(1);
  if (value.is_structured())
    for (auto& member : value) member = shortened(member, min);
  return value;
}

}  // namespace lingua::test
