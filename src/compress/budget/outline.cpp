// What worked examples have in common.
#include "compress/budget/outline.hpp"

#include <map>
#include <set>
#include <string_view>

#include "compress/budget/lines.hpp"
#include "compress/relevance/ranking.hpp"

namespace lingua::compress {
namespace {

/// What may be in other examples, too: the label of a line, or all of it.
std::string_view refrain_of(const Line& line) { return line.label.empty() ? line.text : line.label; }

}  // namespace

Outline outline_of(const TokenizedPrompt& prompt, std::size_t part) {
  const auto lines = lines_of(prompt);
  std::map<std::string_view, std::set<std::size_t>> parts_with;
  for (const auto& line : lines) parts_with[refrain_of(line)].insert(line.part);
  const auto examples = contexts_of(prompt).size();
  Outline outline;
  std::size_t refrains = 0;
  for (const auto& line : lines) {
    if (line.part != part || parts_with[refrain_of(line)].size() < examples) continue;
    const auto tokens = tokens_of(prompt.parts[part], refrain_of(line));
    if (!begins_sentence(prompt.parts[part], tokens)) continue;
    if (++refrains == 2) outline.solution = tokens.begin;
    if (!line.label.empty()) outline.labels.push_back(tokens);
  }
  return outline;
}

}  // namespace lingua::compress
