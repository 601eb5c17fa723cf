// What stays of a sentence that does not fit.
#include "compress/budget/stretch.hpp"

#include <span>

namespace lingua::compress {
namespace {

/// The units that stay, neighbours joined.
std::vector<TokenRange> runs_of(std::span<const TextUnit> units, const std::vector<bool>& stays) {
  std::vector<TokenRange> runs;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (!stays[i]) continue;
    if (runs.empty() || runs.back().end != units[i].tokens.begin) runs.push_back({units[i].tokens.begin, 0});
    runs.back().end = units[i].tokens.end;
  }
  return runs;
}

/// Whether at least half of `runs` is one piece at that side of `sentence`.
bool is_mostly_one_piece(const Part& part, TokenRange sentence, Side side, std::span<const TokenRange> runs) {
  if (runs.empty()) return true;
  const auto piece = side == Side::back ? runs.back() : runs.front();
  const bool is_at_side = side == Side::back ? piece.end == sentence.end : piece.begin == sentence.begin;
  return is_at_side && 2 * part.cost(piece) >= part.cost(runs);
}

/// Whether a unit is paid for beforehand: by what is kept at any rate or, in a stretch, with all that is protected.
using IsPaid = bool (*)(const TextUnit&);

/// Marks units that stay, from one side on, until one does not fit into `room`.
void fill(std::span<const TextUnit> units, Side side, std::size_t room, IsPaid is_paid, std::vector<bool>& stays) {
  for (std::size_t step = 0; step < units.size(); ++step) {
    const auto i = side == Side::back ? units.size() - 1 - step : step;
    const auto cost = is_paid(units[i]) ? 0 : units[i].tokens.size();
    if (cost > room) break;
    room -= cost;
    stays[i] = true;
  }
}

}  // namespace

std::optional<std::vector<TokenRange>> stretch_of(const Part& part, TokenRange sentence, Side side, std::size_t room,
                                                  Shape shape) {
  const auto units = part.units_in(sentence);
  std::vector<bool> stays(units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i].guard != Guard::in_kept_text) continue;
    if (units[i].tokens.size() > room) return std::nullopt;
    room -= units[i].tokens.size();
    stays[i] = true;
  }
  fill(
      units, side, room, [](const TextUnit& unit) { return unit.guard != Guard::none; }, stays);
  auto runs = runs_of(units, stays);
  if (shape == Shape::mostly_one_piece && !is_mostly_one_piece(part, sentence, side, runs)) return std::nullopt;
  if (shape == Shape::one_piece && runs.size() != 1) return std::nullopt;
  return runs;
}

TokenRange piece_of(const Part& part, TokenRange sentence, Side side, std::size_t room) {
  const auto units = part.units_in(sentence);
  std::vector<bool> stays(units.size());
  fill(
      units, side, room, [](const TextUnit& unit) { return unit.guard == Guard::always; }, stays);
  const auto runs = runs_of(units, stays);
  return runs.empty() ? TokenRange{sentence.end, sentence.end} : runs.front();
}

}  // namespace lingua::compress
