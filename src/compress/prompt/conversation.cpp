// Conversations.
#include "compress/prompt/conversation.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "compress/prompt/label.hpp"

namespace lingua::compress {

std::optional<std::string> next_speaker(const TokenizedPrompt& prompt) {
  std::vector<std::string_view> turns;
  for (const auto& part : prompt.parts)
    if (part.role != Role::instruction) turns.push_back(label_of(part.text));
  if (turns.size() < 3 || prompt.parts.back().role != Role::question) return {};

  const std::set<std::string_view> speakers(turns.begin(), turns.end());
  std::size_t changes = 0;
  for (std::size_t i = 1; i < turns.size(); ++i) changes += turns[i] != turns[i - 1] ? 1 : 0;
  const bool take_turns = !speakers.contains("") && speakers.size() >= 2 && speakers.size() <= 4 &&
                          2 * changes >= turns.size() && std::ranges::count(turns, turns.back()) > 1;
  if (!take_turns) return {};
  const auto other = std::find_if(turns.rbegin(), turns.rend(), [&](auto turn) { return turn != turns.back(); });
  return std::string(*other);
}

}  // namespace lingua::compress
