// Option values that CLI11 does not read well by itself: each refuses with the value and the limit.
#pragma once

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "choices.hpp"

namespace lingua::cli {

/// A whole number written in digits only, at most `limit`.
inline std::optional<std::uint64_t> parse_whole(std::string_view text, std::uint64_t limit) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > limit) return std::nullopt;
  return value;
}

/// A number of bytes: digits, then nothing or K, M, G (powers of 1024; a B or iB after them may stand).
inline std::optional<std::uint64_t> parse_bytes(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  std::string suffix(text.substr(digits));
  for (char& c : suffix) c = static_cast<char>(c & ~0x20);  // upper case
  for (std::string_view tail : {"IB", "B"}) {
    if (suffix.ends_with(tail)) suffix.resize(suffix.size() - tail.size());
  }
  const std::size_t power = suffix.empty() ? 0 : std::string_view(" KMG").find(suffix);
  if (suffix.size() > 1 || power == std::string_view::npos) return std::nullopt;
  const unsigned shift = static_cast<unsigned>(10 * power);
  const auto value = parse_whole(text.substr(0, digits), std::numeric_limits<std::uint64_t>::max() >> shift);
  return value ? std::optional(*value << shift) : std::nullopt;
}

/// A number from 0 to 1.
inline std::optional<double> parse_share(const std::string& text) {
  char* end = nullptr;
  const double share = std::strtod(text.c_str(), &end);
  return !text.empty() && *end == '\0' && share >= 0 && share <= 1 ? std::optional(share) : std::nullopt;
}

/// Refuses what is not a whole number from 0 to the largest of `Integer`.
template <typename Integer>
CLI::Validator whole_number() {
  const std::uint64_t limit = std::numeric_limits<Integer>::max();
  return {[limit](std::string& text) {
            return parse_whole(text, limit) ? ""
                                            : fmt::format("'{}' is not a whole number from 0 to {}", text, limit);
          },
          ""};
}

/// Refuses what is not a number; "inf" and "nan" are numbers, which the library judges.
inline CLI::Validator real_number() {
  return {[](std::string& text) {
            char* end = nullptr;
            std::strtod(text.c_str(), &end);
            return !text.empty() && *end == '\0' ? "" : fmt::format("'{}' is not a number", text);
          },
          ""};
}

/// Adds an option whose value is one of `table`; `set` gets it.
template <typename Table, typename Set>
CLI::Option* add_choice(CLI::App& command, const std::string& name, const Table& table, Set set,
                        const std::string& help) {
  const auto accept = [&table, set](const CLI::results_t& given) {
    const auto found = std::find_if(table.begin(), table.end(), [&](auto& c) { return c.name == given.back(); });
    if (found != table.end()) set(found->value);
    return found != table.end();
  };
  const auto check = [&table](std::string& text) {
    const bool known = std::any_of(table.begin(), table.end(), [&](auto& c) { return c.name == text; });
    return known ? "" : fmt::format("'{}' is none of {}", text, names(table, ", "));
  };
  return command.add_option(name, accept, help)->type_name(names(table))->check(CLI::Validator(check, ""));
}

/// Adds an option that names a file, which "" does not: an unset shell variable is no wish for the default.
inline CLI::Option* add_file(CLI::App& command, const std::string& name, std::string& path, const std::string& help) {
  const auto check = [](std::string& text) { return std::string(text.empty() ? "the file name is empty" : ""); };
  return command.add_option(name, path, help)->type_name("FILE")->check(CLI::Validator(check, ""));
}

/// Refuses more than one of `names`. (CLI11's own excludes() fills the help with "Excludes: ...".)
inline void choose_one(const CLI::App& command, std::initializer_list<std::string> names) {
  std::string given;
  for (const std::string& name : names) {
    if (command.get_option(name)->count() == 0) continue;
    if (!given.empty())
      throw CLI::ValidationError(fmt::format("{} and {} contradict each other: choose one", given, name));
    given = name;
  }
}

/// Adds an option that takes a number of bytes, which `set` gets.
template <typename Set>
void add_size(CLI::App& command, const std::string& name, Set set, const std::string& help) {
  const auto check = [](std::string& text) {
    return parse_bytes(text) ? "" : fmt::format("'{}' is not a number of bytes such as 500, 64K, 16M or 2G", text);
  };
  const auto accept = [set](const std::string& text) { set(*parse_bytes(text)); };
  command.add_option_function<std::string>(name, accept, help)->type_name("SIZE")->check(CLI::Validator(check, ""));
}

/// Adds --max-bytes, `standard` by default; `set` gets the number.
template <typename Set>
void add_max_bytes(CLI::App& command, Set set, const std::string& standard = "64M") {
  add_size(command, "--max-bytes", set, "Refuse longer input (default: " + standard + ")");
}

}  // namespace lingua::cli
