// A rate is a group: what is kept at the same rate competes for the same budget.
#include "input/chat_rates.hpp"

#include <algorithm>
#include <utility>

namespace lingua::cli {

std::optional<double> rate_of(const Turn& turn, const ChatRates& rules) {
  std::optional<double> lowest;
  const auto add = [&](double rate) { lowest = std::min(lowest.value_or(rate), rate); };
  for (const auto& [speaker, rate] : rules.by_role)
    if (turn.speaker == speaker) add(rate);
  for (const auto& [age, rate] : rules.by_age)
    if (turn.age >= age) add(rate);
  return lowest;
}

SectionedPrompt sections_by_rate(Prompt prompt, const Chat& chat, const ChatRates& rules) {
  SectionedPrompt out{.instruction = std::move(prompt.instruction),
                      .question = std::move(prompt.question),
                      .conversation = prompt.conversation};
  auto context = prompt.contexts.begin();
  for (std::size_t i = 0; i < chat.pieces().size(); ++i) {
    const Piece& piece = chat.pieces()[i];
    if (piece.role != Role::context || piece.text.empty()) continue;
    const auto rate = rate_of(chat.turns()[i], rules);
    const auto group = std::ranges::find(out.rates, rate);  // the first has none
    out.sections.push_back({std::move(*context++), static_cast<std::size_t>(group - out.rates.begin())});
    if (group == out.rates.end()) out.rates.push_back(rate);
  }
  return out;
}

}  // namespace lingua::cli
