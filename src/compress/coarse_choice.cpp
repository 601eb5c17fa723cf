// The coarse stage of the budget controller: contexts and sentences by relevance.
#include "compress/coarse_choice.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "compress/ends.hpp"
#include "compress/selection.hpp"
#include "compress/speakers.hpp"
#include "compress/tables.hpp"

namespace lingua::compress {
namespace {

using Stretch = decltype(&last_stretch);

/// Where sentences are ranked by position, the last one goes on what was taken before it.
Stretch stretch_for(RankBy rank_by) {
  return rank_by == RankBy::recency ? &last_stretch : rank_by == RankBy::lead ? &first_stretch : nullptr;
}

/// Fills an allowance of k times the budget. Protected units of what is chosen can never be thinned out; units that
/// are kept at any rate are paid for before anything is chosen. What stays whole has company: the white space that
/// separates its context from the next, and the name of who says it.
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
        speakers_(prompt),
        taken_(prompt) {
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
  std::size_t pinned(const Place& place) const {
    return prompt_.parts[place.part].guarded_tokens(place.tokens, Guard::always);
  }

  /// Tokens of units of `place` that are not taken yet and are guarded as `counts` says.
  template <typename Predicate>
  std::size_t untaken(const Place& place, Predicate counts) const {
    std::size_t tokens = 0;
    for (const auto& unit : prompt_.parts[place.part].units_in(place.tokens))
      if (counts(unit.guard) && !taken_.kept(place.part, unit.tokens)) tokens += unit.tokens.size();
    return tokens;
  }
  std::size_t own_cost(const Place& place) const {
    return untaken(place, [](Guard guard) { return guard != Guard::always; });
  }
  std::size_t cost(const Place& place) const { return own_cost(place) + company_cost(place); }

  /// What it costs at least, however much it is thinned, if no protected unit is lost.
  std::size_t least_cost(const Place& place) const {
    return untaken(place, [](Guard guard) { return guard == Guard::in_kept_text; }) + company_cost(place);
  }

  Place label_of(const Place& place) const {
    return cuts_ ? Place{place.part, {place.tokens.begin, place.tokens.begin}} : speakers_.label_of(place);
  }

  /// What has to stay where `place` does; the ranges may be empty.
  std::array<Place, 2> company_of(const Place& place) const {
    const Place separator{place.part, prompt_.parts[place.part].separator};
    const Place none{place.part, {}};
    if (thins_all_) return {none, none};
    const auto label = label_of(place);
    const bool brings_label = label.tokens.begin == place.tokens.begin;
    return {place.tokens.end > separator.tokens.begin ? none : separator, brings_label ? none : label};
  }
  std::size_t company_cost(const Place& place) const {
    std::size_t tokens = 0;
    for (const auto& companion : company_of(place)) tokens += own_cost(companion);
    return tokens;
  }

  bool exceeds_allowance(const Place& place) const { return choice_.length + cost(place) > choice_.allowance; }
  bool exceeds_protection(const Place& place) const { return choice_.least + least_cost(place) > budget_; }

  void take(const Place& place, bool thinned = false) {
    choice_.least += least_cost(place);
    choice_.length += cost(place);
    for (const auto& companion : company_of(place)) keep(companion, false);
    keep(place, thinned);
  }

  /// Of a turn its label may be kept already.
  void keep(Place place, bool thinned) {
    auto& [begin, end] = place.tokens;
    while (begin < end && taken_.kept(place.part, begin)) ++begin;
    if (begin == end) return;
    choice_.ranges.push_back({place, thinned});
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
      return !stays_whole(sentence) && cost(sentence) >= room && least_cost(sentence) <= room;
    });
  }

  /// Takes of a sentence that does not fit a stretch that does, if one holds all that is protected.
  bool take_stretch_of(const Place& sentence) {
    const auto room = budget_ - choice_.length;
    const auto behind = [&](const Place& company_of_this) {
      const auto company = company_cost(company_of_this);
      return stretch_of_(prompt_.parts[sentence.part], sentence.tokens, room - std::min(room, company));
    };
    auto stretch = behind(sentence);
    // Without its beginning it may need a name that it had.
    if (stretch && cost({sentence.part, *stretch}) > room) stretch = behind({sentence.part, *stretch});
    if (!stretch || stretch->size() == 0) return false;
    take({sentence.part, *stretch});
    return true;
  }

  /// Takes one sentence more, to be thinned until the budget is met exactly: the best one that can be thinned so far
  /// without losing protected units, else just the best one, or none where all stay whole. The others stay whole, and
  /// so does the name of who says it. Of company that leaves no room for its sentence the beginning is taken.
  void thin_one_of(std::span<const Place> sentences) {
    const auto room = budget_ - choice_.length;
    auto best = find_to_thin(sentences);
    if (best == sentences.end())
      best = std::ranges::find_if(
          sentences, [&](const Place& sentence) { return !stays_whole(sentence) && cost(sentence) >= room; });
    choice_.least = choice_.length;
    if (best == sentences.end()) return;
    const Place said{best->part, {std::max(label_of(*best).tokens.end, best->tokens.begin), best->tokens.end}};
    if (company_cost(said) < room) {
      take(said, true);
    } else {
      begin_company_of(said);
    }
  }

  /// Fills the budget from the beginning of what `place` would have for company.
  void begin_company_of(const Place& place) {
    for (const auto& companion : company_of(place)) {
      for (const auto& unit : prompt_.parts[place.part].units_in(companion.tokens)) {
        const Place next{place.part, unit.tokens};
        if (choice_.length + own_cost(next) > budget_) return;
        choice_.length += own_cost(next);
        keep(next, false);
      }
    }
    choice_.least = choice_.length;
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
  Speakers speakers_;
  Selection taken_;
  CoarseChoice choice_;
};

}  // namespace

CoarseChoice choose_contexts(const TokenizedPrompt& prompt, Relevance& relevance, std::size_t budget,
                             const Options& options) {
  return CoarseStage(prompt, relevance, budget, options).run();
}

}  // namespace lingua::compress
