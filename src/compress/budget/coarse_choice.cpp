// The coarse stage of the budget controller: contexts and sentences by relevance.
#include "compress/budget/coarse_choice.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "compress/budget/ends.hpp"
#include "compress/budget/speakers.hpp"
#include "compress/budget/stretch.hpp"
#include "compress/budget/tables.hpp"

namespace lingua::compress {
namespace {

constexpr std::size_t kMuchRoom = 10;  ///< the part of the budget that is worth a search for what fits

/// Where sentences are ranked by position, the side on which the last one goes on what was taken before it.
std::optional<Side> side_for(RankBy rank_by) {
  if (rank_by == RankBy::recency) return Side::back;
  if (rank_by == RankBy::lead) return Side::front;
  return std::nullopt;
}

/// Beside what is thinned nothing needs company. What is chosen by position goes on where the text did: nobody is
/// taken for another.
CoarseTakings::Company company_for(const Options& options) {
  if (options.granularity > 1) return CoarseTakings::Company::none;
  const bool by_position = side_for(options.rank_by) || options.rank_by == RankBy::brevity;
  return by_position ? CoarseTakings::Company::separator : CoarseTakings::Company::separator_and_speaker;
}

/// Fills an allowance of k times the budget. Protected units of what is chosen can never be thinned out.
class CoarseStage {
 public:
  CoarseStage(const TokenizedPrompt& prompt, Relevance& relevance, std::size_t budget, const Options& options)
      : prompt_(prompt),
        relevance_(relevance),
        budget_(budget),
        coarsest_(options.coarsest),
        cuts_(options.rank_by == RankBy::brevity),
        side_(side_for(options.rank_by)),
        thins_all_(options.granularity > 1),
        tables_(prompt),
        takings_(prompt, company_for(options)) {
    choice_.contexts = contexts_of(prompt);
    rank(choice_.contexts, relevance.of_contexts(choice_.contexts));
    const auto total = prompt.tokens(Role::context);
    const double allowance = options.granularity * static_cast<double>(budget);
    choice_.allowance = allowance < static_cast<double>(total) ? static_cast<std::size_t>(allowance) : total;
  }

  CoarseChoice run() && {
    const auto rest = take_whole();
    const bool has_room = takings_.length() < budget_ && !rest.empty();
    if (has_room && side_) take_pieces_of(rest);
    if (thins_all_ && takings_.length() >= budget_) {
      takings_.thin_all();
    } else {
      takings_.settle();
    }
    if (has_room && !side_) thin_one_of(rest);
    choice_.length = takings_.length();
    choice_.least = takings_.least();
    choice_.ranges = std::move(takings_).ranges();
    return std::move(choice_);
  }

 private:
  std::size_t room() const { return budget_ - takings_.length(); }
  bool exceeds_allowance(const Place& place) const {
    return takings_.length() + takings_.cost(place) > choice_.allowance;
  }
  bool exceeds_protection(const Place& place) const {
    return takings_.least() + takings_.least_cost(place) > budget_;
  }

  /// Takes what fits, of the last context both ends if it is to be cut; returns other sentences, of which a part may
  /// fill what room is left.
  std::vector<Place> take_whole() {
    const auto others = take_contexts();
    if (!cuts_) return take_sentences(others);
    if (!others.empty()) take_ends_of(others.front());
    return {};
  }

  /// Takes whole contexts while they fit; returns the others.
  std::span<const Place> take_contexts() {
    const std::span<const Place> contexts = choice_.contexts;
    if (coarsest_ == Level::sentence && !cuts_) return contexts;
    auto next = contexts.begin();
    while (next != contexts.end() && !exceeds_allowance(*next) && !exceeds_protection(*next)) takings_.take(*next++);
    return {next, contexts.end()};
  }

  void take_ends_of(const Place& context) {
    const auto ends = cut_to_ends(prompt_.parts[context.part], outline_of(prompt_, context.part),
                                  choice_.allowance - takings_.length());
    take_ranges(context.part, std::array{ends.back, ends.front});
    take_ranges(context.part, ends.between);
    take_ranges(context.part, ends.labels);
    choice_.loses_protected = ends.loses_protected;
  }

  /// Takes whole sentences, those of a better context first, until one does not fit that can be thinned; returns
  /// others, best first, among which is the one to be thinned, if any can be. A sentence with more protected tokens
  /// than the budget has left is passed over, and so are one that cannot be thinned and rows without their head. A
  /// good part of one context is worth more than the beginnings of many, which are surprising because nothing stands
  /// before them.
  std::vector<Place> take_sentences(std::span<const Place> contexts) {
    std::vector<Place> rest;
    const auto at_once = coarsest_ == Level::sentence ? contexts.size() : 1;
    std::size_t judged = 0;  // of `rest`: once full, what could not be thinned never can
    const auto settled = [&] { return is_settled(std::span(rest).subspan(std::exchange(judged, rest.size()))); };
    bool full = false, ended = false;  // whether something, and something that can be thinned, did not fit
    for (; !contexts.empty() && !(full && settled()); contexts = contexts.subspan(at_once)) {
      for (const auto& sentence : sentences_of(contexts.first(at_once))) {
        const bool exceeds = exceeds_allowance(sentence);
        full = full || exceeds;
        ended = ended || (exceeds && !stays_whole(sentence));
        if (ended || exceeds || exceeds_protection(sentence) || lacks_head(sentence)) {
          rest.push_back(sentence);
        } else {
          takings_.take(sentence);
        }
      }
    }
    return rest;
  }

  /// Best first.
  std::vector<Place> sentences_of(std::span<const Place> contexts) const {
    std::vector<Place> sentences;
    for (const auto& context : contexts)
      for (const auto range : prompt_.parts[context.part].sentences) sentences.push_back({context.part, range});
    auto relevance = relevance_.of_sentences(sentences);
    tables_.lift_heads(sentences, relevance);
    rank(sentences, relevance);
    return sentences;
  }

  /// Whether `sentence` is a row of a table whose head did not fit.
  bool lacks_head(const Place& sentence) const {
    const auto head = tables_.head_of(sentence);
    return head && !takings_.has(*head);
  }

  bool stays_whole(const Place& place) const { return prompt_.parts[place.part].stays_whole(place.tokens); }

  /// Whether one of `rest` can be thinned, or none has to be, when no more are taken whole; or all of them stay
  /// whole.
  bool is_settled(std::span<const Place> rest) const {
    return takings_.length() >= budget_ || find_to_thin(rest) != rest.end() ||
           (!rest.empty() && std::ranges::all_of(rest, [&](const Place& sentence) { return stays_whole(sentence); }));
  }

  /// The best sentence that can be thinned to fill the budget exactly without losing protected units; with k = 1 one
  /// of which half can stay, if there is one: less of a sentence says little.
  std::span<const Place>::iterator find_to_thin(std::span<const Place> sentences) const {
    const auto find_up_to = [&](std::size_t longest) {
      return std::ranges::find_if(sentences, [&](const Place& sentence) {
        const auto cost = takings_.cost(sentence);
        return !stays_whole(sentence) && cost >= room() && cost <= longest && takings_.least_cost(sentence) <= room();
      });
    };
    const auto best = thins_all_ ? sentences.end() : find_up_to(2 * room());
    return best != sentences.end() ? best : find_up_to(std::numeric_limits<std::size_t>::max());
  }

  /// Of what does not fit whole: stretches, rather such as read well, or where none has room for all that is
  /// protected in its sentence, a piece of the first.
  void take_pieces_of(std::span<const Place> sentences) {
    if (take_stretches_of(sentences, Shape::mostly_one_piece)) return;
    if (take_stretches_of(sentences, Shape::any)) return;
    take_piece_of_first(sentences);
  }

  /// Takes of the first of `sentences` a stretch that fits, and more of the others only where much room is left: what
  /// did not fit may be a line of code. Returns whether any of them has one.
  bool take_stretches_of(std::span<const Place> sentences, Shape shape) {
    bool has_any = false;
    for (const auto& sentence : sentences) {
      if (lacks_head(sentence)) continue;
      const auto room_of_own = room_beside_company_of(sentence);
      const auto stretch = stretch_of(prompt_.parts[sentence.part], sentence.tokens, *side_, room_of_own, shape);
      if (!stretch) continue;
      has_any = true;
      take_ranges(sentence.part, *stretch);
      if (room() <= budget_ / kMuchRoom) break;
    }
    return has_any;
  }

  void take_piece_of_first(std::span<const Place> sentences) {
    const auto first = std::ranges::find_if(sentences, [&](const Place& sentence) { return !lacks_head(sentence); });
    if (first == sentences.end()) return;
    const auto piece = piece_of(prompt_.parts[first->part], first->tokens, *side_, room_beside_company_of(*first));
    take_ranges(first->part, std::array{piece});
    choice_.loses_protected = piece.size() > 0;
  }

  std::size_t room_beside_company_of(const Place& sentence) const {
    return room() - std::min(room(), takings_.company_cost(sentence));
  }

  void take_ranges(std::size_t part, std::span<const TokenRange> ranges) {
    for (const auto& range : ranges)
      if (range.size() > 0) takings_.take({part, range});
  }

  /// Takes one sentence more, to be thinned until the budget is met exactly: the best one that can be thinned so far
  /// without losing protected units, else just the best one, or none where all stay whole. The others stay whole, and
  /// so does the name of who says it. Of company that leaves no room for its sentence the beginning is taken.
  void thin_one_of(std::span<const Place> sentences) {
    auto best = find_to_thin(sentences);
    if (best == sentences.end())
      best = std::ranges::find_if(sentences, [&](const Place& sentence) {
        return !stays_whole(sentence) && takings_.cost(sentence) >= room();
      });
    if (best == sentences.end()) return;
    const auto said = takings_.said_in(*best);
    if (takings_.company_cost(said) < room()) {
      takings_.take(said, true);
    } else {
      takings_.take_company_of(said, room());
    }
  }

  const TokenizedPrompt& prompt_;
  Relevance& relevance_;
  std::size_t budget_;
  Level coarsest_;
  bool cuts_;                 ///< whether a context that does not fit is cut, instead of chosen from
  std::optional<Side> side_;  ///< from which a sentence that does not fit keeps one piece; else it is thinned
  bool thins_all_;
  Tables tables_;
  CoarseTakings takings_;
  CoarseChoice choice_;
};

}  // namespace

CoarseChoice choose_contexts(const TokenizedPrompt& prompt, Relevance& relevance, std::size_t budget,
                             const Options& options) {
  return CoarseStage(prompt, relevance, budget, options).run();
}

}  // namespace lingua::compress
