// The coarse stage of the budget controller: contexts and sentences by relevance.
#include "compress/coarse_choice.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "compress/ends.hpp"
#include "compress/selection.hpp"
#include "compress/tables.hpp"

namespace lingua::compress {
namespace {

using Stretch = decltype(&last_stretch);

/// Where sentences are ranked by position, the last one goes on what was taken before it.
Stretch stretch_for(RankBy rank_by) {
  return rank_by == RankBy::recency ? &last_stretch : rank_by == RankBy::lead ? &first_stretch : nullptr;
}

/// Fills an allowance of k times the budget. Protected units of what is chosen can never be thinned out; units that
/// are kept at any rate are paid for before anything is chosen. A context of which anything stays whole keeps
/// the white space that separates it from the next.
class CoarseStage {
 public:
  CoarseStage(const TokenizedPrompt& prompt, Relevance& relevance, std::size_t budget, const Options& options)
      : prompt_(prompt),
        relevance_(relevance),
        budget_(budget),
        coarsest_(options.coarsest),
        cuts_(options.rank_by == RankBy::brevity),
        stretch_of_(stretch_for(options.rank_by)),
        thins_all_(options.granularity > 1),
        tables_(prompt),
        taken_(prompt),
        opened_(prompt.parts.size(), false) {
    choice_.contexts = contexts_of(prompt);
    rank(choice_.contexts, relevance.of_contexts(choice_.contexts));
    const auto total = prompt.tokens(Role::context);
    const double allowance = options.granularity * static_cast<double>(budget);
    choice_.allowance = allowance < static_cast<double>(total) ? static_cast<std::size_t>(allowance) : total;
    for (const auto& context : choice_.contexts) choice_.length += pinned(context);
    choice_.least = choice_.length;
  }

  CoarseChoice run() && {
    const auto others = take_contexts();
    const auto rest = cuts_ ? take_ends(others) : take_sentences(others);
    const bool has_room = choice_.length < budget_ && !rest.empty();
    if (has_room && !(stretch_of_ != nullptr && take_stretch_of(rest.front()))) {
      thin_one_of(rest);
    } else if (thins_all_ && choice_.length >= budget_) {
      for (auto& range : choice_.ranges) range.thinned = true;
    } else {
      choice_.least = choice_.length;
    }
    add_pinned_units();
    std::ranges::sort(choice_.ranges, {},
                      [](const CoarseRange& range) { return std::pair(range.place.part, range.place.tokens.begin); });
    return std::move(choice_);
  }

 private:
  std::size_t guarded(const Place& place, Guard guard) const {
    return prompt_.parts[place.part].guarded_tokens(place.tokens, guard);
  }
  std::size_t pinned(const Place& place) const { return guarded(place, Guard::always); }
  std::size_t unpaid(const Place& place) const { return place.tokens.size() - pinned(place) + separator_cost(place); }

  Place separator_of(const Place& place) const { return {place.part, prompt_.parts[place.part].separator}; }

  /// Tokens that the first place taken from a context costs beyond its own.
  std::size_t separator_cost(const Place& place) const {
    const auto separator = separator_of(place);
    if (thins_all_ || opened_[place.part] || place.tokens.end > separator.tokens.begin) return 0;
    return separator.tokens.size() - pinned(separator);
  }

  bool exceeds_allowance(const Place& place) const { return choice_.length + unpaid(place) > choice_.allowance; }
  bool exceeds_protection(const Place& place) const {
    return choice_.least + guarded(place, Guard::in_kept_text) + separator_cost(place) > budget_;
  }

  void take(const Place& place) {
    choice_.length += unpaid(place);
    choice_.least += guarded(place, Guard::in_kept_text) + separator_cost(place);
    if (separator_cost(place) > 0) keep(separator_of(place));
    opened_[place.part] = true;
    keep(place);
  }

  void keep(const Place& place) {
    choice_.ranges.push_back({place, false});
    taken_.keep(place.part, place.tokens);
  }

  /// Takes whole contexts while they fit; returns the others.
  std::span<const Place> take_contexts() {
    const std::span<const Place> contexts = choice_.contexts;
    if (coarsest_ == Level::sentence && !cuts_) return contexts;
    auto next = contexts.begin();
    while (next != contexts.end() && !exceeds_allowance(*next) && !exceeds_protection(*next)) take(*next++);
    return {next, contexts.end()};
  }

  /// Takes both ends of the next context; returns sentences of it, the one to be thinned among them.
  std::vector<Place> take_ends(std::span<const Place> contexts) {
    if (contexts.empty()) return {};
    const auto part = contexts.front().part;
    const auto ends = cut_to_ends(prompt_.parts[part], choice_.allowance - choice_.length);
    for (const auto& range : {ends.back, ends.front, ends.stretch})
      if (range.size() > 0) take({part, range});
    std::vector<Place> rest;
    for (const auto& sentence : ends.between) rest.push_back({part, sentence});
    return rest;
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
          take(sentence);
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
    return head && !taken_.kept(head->part, head->tokens);
  }

  bool stays_whole(const Place& place) const { return prompt_.parts[place.part].stays_whole(place.tokens); }

  /// Whether one of `rest` can be thinned, or none has to be, when no more are taken whole; or all of them stay
  /// whole.
  bool is_settled(std::span<const Place> rest) const {
    return choice_.length >= budget_ || find_to_thin(rest) != rest.end() ||
           (!rest.empty() && std::ranges::all_of(rest, [&](const Place& sentence) { return stays_whole(sentence); }));
  }

  /// The best sentence that can be thinned to fill the budget exactly without losing protected units.
  std::span<const Place>::iterator find_to_thin(std::span<const Place> sentences) const {
    const auto room = budget_ - choice_.length;
    return std::ranges::find_if(sentences, [&](const Place& sentence) {
      return !stays_whole(sentence) && unpaid(sentence) >= room &&
             guarded(sentence, Guard::in_kept_text) + separator_cost(sentence) <= room;
    });
  }

  /// Takes of a sentence that does not fit a stretch that does, if one holds all that is protected.
  bool take_stretch_of(const Place& sentence) {
    const auto room = budget_ - choice_.length, separator = separator_cost(sentence);
    const auto stretch = stretch_of_(prompt_.parts[sentence.part], sentence.tokens, room - std::min(room, separator));
    if (!stretch || stretch->size() == 0) return false;
    take({sentence.part, *stretch});
    return true;
  }

  /// Takes one sentence more, to be thinned until the budget is met exactly: the best one that can be thinned so far
  /// without losing protected units, else just the best one, or none where all stay whole. The others stay whole. A
  /// separator that would leave no room for its sentence is thinned with it.
  void thin_one_of(std::span<const Place> sentences) {
    const auto room = budget_ - choice_.length;
    auto best = find_to_thin(sentences);
    if (best == sentences.end())
      best = std::ranges::find_if(
          sentences, [&](const Place& sentence) { return !stays_whole(sentence) && unpaid(sentence) >= room; });
    if (best == sentences.end()) {
      choice_.least = choice_.length;
      return;
    }
    const auto separator = separator_cost(*best);
    const bool thins_separator = separator > 0 && separator >= room;
    choice_.least = choice_.length + (thins_separator ? 0 : separator);
    take(*best);
    choice_.ranges.back().thinned = true;
    if (thins_separator) choice_.ranges.end()[-2].thinned = true;
  }

  /// Units that are kept at any rate stay, wherever they are.
  void add_pinned_units() {
    for (const auto& context : choice_.contexts)
      for (const auto& unit : prompt_.parts[context.part].units)
        if (unit.guard == Guard::always && !taken_.kept(context.part, unit.tokens))
          choice_.ranges.push_back({{context.part, unit.tokens}, false});
  }

  const TokenizedPrompt& prompt_;
  Relevance& relevance_;
  std::size_t budget_;
  Level coarsest_;
  bool cuts_;           ///< whether a context that does not fit is cut, instead of chosen from
  Stretch stretch_of_;  ///< what a sentence that does not fit keeps in one piece, if it can; null: nothing
  bool thins_all_;
  Tables tables_;
  Selection taken_;
  std::vector<bool> opened_;  ///< by part: whether its separator is paid for
  CoarseChoice choice_;
};

}  // namespace

CoarseChoice choose_contexts(const TokenizedPrompt& prompt, Relevance& relevance, std::size_t budget,
                             const Options& options) {
  return CoarseStage(prompt, relevance, budget, options).run();
}

}  // namespace lingua::compress
