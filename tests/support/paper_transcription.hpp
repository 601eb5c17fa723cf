// Algorithms 1 and 2 of arXiv 2310.05736, Eq. 2 to 7, and what LongLLMLingua (arXiv 2310.06839) adds, transcribed as
// plainly and slowly as possible: every surprisal comes from a fresh pass, every share from its definition. Written
// from docs/method.md, not from the library's code, which is compared with it. Without protection.
#pragma once

#include <algorithm>
#include <cmath>
#include <lingua/options.hpp>
#include <lingua/prompt.hpp>
#include <lingua/scorer.hpp>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <vector>

namespace lingua::test {

class PaperTranscription {
 public:
  using Size = std::size_t;
  /// Tokens [begin, end) of a part.
  struct Range {
    Size part, begin, end;
    Size length() const { return end - begin; }
  };
  struct Part {
    Role role;
    std::vector<TokenId> ids;
    std::vector<Range> units, sentences;
    Range separator;              ///< white space after the last sentence
    std::vector<bool> white_end;  ///< by token: whether it ends with white space
  };
  /// The question, and the question with the restrictive sentence.
  struct Question {
    std::vector<TokenId> alone, restricted, blank_line;
  };
  /// By part and token.
  using Kept = std::vector<std::vector<bool>>;

  PaperTranscription(std::vector<Part> parts, Question question, const ScoringModel& model, const Options& options,
                     Size budget)
      : parts_(std::move(parts)),
        question_text_(std::move(question)),
        model_(model),
        options_(options),
        target_(budget) {
    for (const auto& part : parts_) kept_.emplace_back(part.ids.size(), false);
  }

  Kept run() {
    divide();
    choose();
    redistribute();
    thin();
    return kept_;
  }

 private:
  struct Chosen {
    Range range;
    Size budget;
    bool thinned = false;
  };
  struct Unit {
    Range range;
    double score;
  };

  Size length(Role role) const {
    Size sum = 0;
    for (const auto& part : parts_) sum += part.role == role ? part.ids.size() : 0;
    return sum;
  }

  /// Eq. 2, in tokens.
  void divide() {
    instruction_ = rounded(options_.instruction_rate * static_cast<double>(length(Role::instruction)));
    question_ = rounded(options_.question_rate * static_cast<double>(length(Role::question)));
    contexts_ = target_ - instruction_ - question_;
    if (contexts_ > length(Role::context)) move(contexts_ - length(Role::context));
  }

  static Size rounded(double value) { return static_cast<Size>(std::floor(value + 0.5)); }

  /// From the contexts to instruction and question, in proportion to their lengths, up to these.
  void move(Size tokens) {
    const auto instruction = length(Role::instruction), question = length(Role::question);
    const auto room = instruction - instruction_ + question - question_;
    tokens = std::min(tokens, room);
    if (tokens == 0) return;
    contexts_ -= tokens;
    const auto share = std::min(tokens * instruction / (instruction + question), instruction - instruction_);
    instruction_ += share;
    question_ += tokens - share;
    if (question_ > question) {
      instruction_ += question_ - question;
      question_ = question;
    }
  }

  /// Algorithm 1: contexts, then sentences, by mean surprisal, up to k times the budget.
  void choose() {
    allowance_ = std::isinf(options_.granularity)
                     ? length(Role::context)
                     : static_cast<Size>(std::min(std::floor(options_.granularity * static_cast<double>(contexts_)),
                                                  static_cast<double>(length(Role::context))));
    std::vector<Range> contexts;
    for (Size p = 0; p < parts_.size(); ++p)
      if (parts_[p].role == Role::context) contexts.push_back({p, 0, parts_[p].ids.size()});
    rank(contexts);
    ranked_ = contexts;
    Size next = 0;
    const bool takes_contexts = options_.coarsest == Level::context;
    for (; takes_contexts && next < contexts.size() && length_ + contexts[next].length() <= allowance_; ++next)
      take(contexts[next]);

    std::vector<Range> sentences;
    for (; next < contexts.size(); ++next) {
      auto own = parts_[contexts[next].part].sentences;
      if (takes_contexts) rank_sentences(own);
      sentences.insert(sentences.end(), own.begin(), own.end());
    }
    if (!takes_contexts) rank_sentences(sentences);
    std::set<Size> opened;  // contexts whose separator is paid for
    next = 0;
    for (; next < sentences.size() && length_ + cost(sentences[next], opened) <= allowance_; ++next)
      take_sentence(sentences[next], opened);

    if (length_ < contexts_) {
      take_thinned(to_thin(sentences, next, opened), contexts_ - length_, opened);
    } else if (options_.granularity > 1) {
      thins_all_ = true;
    }
  }

  /// With k = 1, the first sentence of a context brings the context's separator with it.
  Size cost(const Range& sentence, const std::set<Size>& opened) const {
    const bool pays = options_.granularity == 1 && opened.count(sentence.part) == 0;
    return sentence.length() + (pays ? parts_[sentence.part].separator.length() : 0);
  }

  void take_sentence(const Range& sentence, std::set<Size>& opened) {
    if (cost(sentence, opened) > sentence.length()) take(parts_[sentence.part].separator);
    opened.insert(sentence.part);
    take(sentence);
  }

  /// Not in the paper: with k = 1, of what is left from `next` on, of that context where contexts come first, the
  /// first sentence of which at least half can stay; where there is none, the next one.
  const Range& to_thin(const std::vector<Range>& sentences, Size next, const std::set<Size>& opened) const {
    const auto room = contexts_ - length_;
    for (Size i = next; options_.granularity == 1 && i < sentences.size(); ++i) {
      if (options_.coarsest == Level::context && sentences[i].part != sentences[next].part) break;
      const auto whole = cost(sentences[i], opened);
      if (whole >= room && whole <= 2 * room) return sentences[i];
    }
    return sentences[next];
  }

  /// Keeps `room` tokens of `sentence` beside its separator, or, if that leaves no room, of the separator.
  void take_thinned(const Range& sentence, Size room, std::set<Size>& opened) {
    const auto separator = cost(sentence, opened) - sentence.length();
    if (separator > 0 && separator >= room) return take_units_of(parts_[sentence.part].separator, room);
    take_sentence(sentence, opened);
    chosen_.back().thinned = true;
    chosen_.back().budget = room - separator;
  }

  void take_units_of(const Range& range, Size room) {
    for (const auto& unit : parts_[range.part].units) {
      if (unit.begin < range.begin || unit.end > range.end) continue;
      if (unit.length() > room) return;
      room -= unit.length();
      take(unit);
    }
  }

  void take(const Range& range) {
    chosen_.push_back({range, range.length(), false});
    length_ += range.length();
  }

  bool asks() const { return options_.rank_by == RankBy::question; }

  void rank(std::vector<Range>& contexts) const {
    sort_by(contexts, [&](const Range& context) { return asks() ? -asked_after(context) : own_surprisal(context); });
  }

  /// Sentences of one or several contexts, each of them complete.
  void rank_sentences(std::vector<Range>& sentences) const {
    if (!asks()) return sort_by(sentences, [&](const Range& sentence) { return own_surprisal(sentence); });
    std::vector<double> asked, own;
    for (const auto& sentence : sentences) {
      asked.push_back(asked_after(window_around(sentence)));
      own.push_back(own_surprisal(sentence));
    }
    std::map<std::pair<Size, Size>, double> score;
    for (Size i = 0; i < sentences.size(); ++i)
      score[{sentences[i].part, sentences[i].begin}] =
          options_.question_surprisal.surprisal_weight * z(own, i) - z(asked, i);
    sort_by(sentences, [&](const Range& sentence) { return score[{sentence.part, sentence.begin}]; });
  }

  template <typename Score>
  static void sort_by(std::vector<Range>& ranges, Score score) {
    std::stable_sort(ranges.begin(), ranges.end(),
                     [&](const Range& a, const Range& b) { return score(a) > score(b); });
  }

  static double z(const std::vector<double>& values, Size i) {
    const auto n = static_cast<double>(values.size());
    double mean = 0, variance = 0;
    for (const double value : values) mean += value / n;
    for (const double value : values) variance += (value - mean) * (value - mean) / n;
    return variance > 0 ? (values[i] - mean) * (1 / std::sqrt(variance)) : 0;
  }

  /// A context is scored on its own.
  double own_surprisal(const Range& range) const {
    return mean(slice(surprisals({}, parts_[range.part].ids), range));
  }

  /// r_k of LongLLMLingua: of the question and the restrictive sentence, after `range` alone.
  double asked_after(const Range& range) const {
    const auto& part = parts_[range.part];
    std::vector<TokenId> before(part.ids.begin() + static_cast<std::ptrdiff_t>(range.begin),
                                part.ids.begin() + static_cast<std::ptrdiff_t>(range.end));
    if (!part.white_end[range.end - 1])
      before.insert(before.end(), question_text_.blank_line.begin(), question_text_.blank_line.end());
    return mean(surprisals(before, question_text_.restricted));
  }

  Range window_around(const Range& sentence) const {
    const auto& all = parts_[sentence.part].sentences;
    const auto reach = static_cast<std::ptrdiff_t>(options_.question_surprisal.sentences / 2);
    const auto at = std::find_if(all.begin(), all.end(), [&](const Range& r) { return r.begin == sentence.begin; });
    const auto first = at - std::min(at - all.begin(), reach);
    const auto last = at + std::min(all.end() - 1 - at, reach);
    return {sentence.part, first->begin, last->end};
  }

  static std::span<const float> slice(const std::vector<float>& values, const Range& range) {
    return std::span(values).subspan(range.begin, range.length());
  }

  static double mean(std::span<const float> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  }

  /// Eq. 3, and the budgets of what is thinned: in proportion to length, rounded down as they add up.
  void redistribute() {
    std::stable_sort(chosen_.begin(), chosen_.end(), [](const Chosen& a, const Chosen& b) {
      return std::pair(a.range.part, a.range.begin) < std::pair(b.range.part, b.range.begin);
    });
    if (!thins_all_) return;
    if (options_.dynamic_rates && allowance_ > length_) move(std::min(allowance_ - length_, contexts_));
    std::map<Size, Size> length_of, budget_of;
    for (const auto& chosen : chosen_) length_of[chosen.range.part] += chosen.range.length();
    if (options_.rate_spread > 0) budget_of = budgets_by_rank(length_of);
    Size seen = 0, part = 0;
    for (auto& [range, budget, thinned] : chosen_) {
      const bool by_rank = options_.rate_spread > 0;
      if (by_rank && part != range.part) seen = 0;
      part = range.part;
      const auto amount = by_rank ? budget_of[part] : contexts_, total = by_rank ? length_of[part] : length_;
      const auto before = amount * seen / total;
      seen += range.length();
      budget = amount * seen / total - before;
      thinned = contexts_ < length_;
    }
  }

  /// Eq. 5 of LongLLMLingua, with the rate in the middle that makes the budgets add up.
  std::map<Size, Size> budgets_by_rank(const std::map<Size, Size>& length_of) const {
    std::vector<Range> kept;
    for (const auto& context : ranked_)
      if (length_of.count(context.part) > 0) kept.push_back(context);
    const auto tokens = [&](Size rank, double tau) {
      const double share = kept.size() > 1 ? static_cast<double>(rank) / static_cast<double>(kept.size() - 1) : 0.5;
      const double rate = std::max(0., std::min(1., tau + (1 - 2 * share) * options_.rate_spread));
      return rate * static_cast<double>(length_of.at(kept[rank].part));
    };
    double low = -1, high = 2;
    for (int i = 0; i < 60; ++i) {
      const double tau = (low + high) / 2;
      double sum = 0;
      for (Size rank = 0; rank < kept.size(); ++rank) sum += tokens(rank, tau);
      (sum < static_cast<double>(contexts_) ? low : high) = tau;
    }
    std::map<Size, Size> budgets;
    double sum = 0;
    for (Size rank = 0; rank < kept.size(); ++rank) {
      const auto before = rounded(sum);
      sum += tokens(rank, high);
      budgets[kept[rank].part] = rounded(sum) - before;
    }
    return budgets;
  }

  /// Algorithm 2.
  void thin() {
    std::vector<TokenId> text;  // compressed so far
    std::vector<Unit> dropped;
    Size scheduled = 0, spent = 0;
    for (const auto p : order()) {
      for (const auto& run : runs_of(p)) {
        if (!run.thinned) {
          for (const auto& unit : run.units) keep(unit, text);
          continue;
        }
        Size seen = 0, given = 0;
        for (Size begin = 0; begin < run.units.size();) {
          Size end = begin, tokens = 0;
          while (end < run.units.size() && (end == begin || tokens + run.units[end].length() <= options_.segment))
            tokens += run.units[end++].length();
          seen += tokens;
          scheduled += run.budget * seen / run.length - given;
          given = run.budget * seen / run.length;
          auto units = scored_after(text, {run.units.begin() + static_cast<std::ptrdiff_t>(begin),
                                           run.units.begin() + static_cast<std::ptrdiff_t>(end)});
          spent += keep_best(units, scheduled - spent, text, dropped);
          begin = end;
        }
      }
    }
    std::vector<Unit> rest;
    keep_best(dropped, scheduled - spent, text, rest);
  }

  /// Contexts best first, if they are to be reordered.
  std::vector<Size> order() const {
    std::vector<Size> order;
    Size rank = 0;
    for (Size p = 0; p < parts_.size(); ++p)
      order.push_back(options_.reorder && parts_[p].role == Role::context ? ranked_[rank++].part : p);
    return order;
  }

  struct Run {
    std::vector<Range> units;
    Size length = 0, budget = 0;
    bool thinned = false;
  };

  /// What is chosen of a part: whole ranges by themselves, thinned ones joined up to the next whole one.
  std::vector<Run> runs_of(Size p) const {
    std::vector<Chosen> ranges;
    for (const auto& chosen : chosen_)
      if (chosen.range.part == p) ranges.push_back(chosen);
    if (parts_[p].role != Role::context) {
      const auto share = parts_[p].role == Role::instruction ? instruction_ : question_;
      ranges = {{{p, 0, parts_[p].ids.size()}, share, share < parts_[p].ids.size()}};
    }
    std::vector<Run> runs;
    for (const auto& [range, budget, thinned] : ranges) {
      if (runs.empty() || !thinned || !runs.back().thinned) runs.emplace_back();
      runs.back().thinned = thinned;
      for (const auto& unit : parts_[p].units)
        if (unit.begin >= range.begin && unit.end <= range.end) runs.back().units.push_back(unit);
      runs.back().length += range.length();
      runs.back().budget += budget;
    }
    return runs;
  }

  void keep(const Range& unit, std::vector<TokenId>& text) {
    for (auto token = unit.begin; token < unit.end; ++token) {
      kept_[unit.part][token] = true;
      text.push_back(parts_[unit.part].ids[token]);
    }
  }

  /// Eq. 5.
  std::vector<Unit> scored_after(const std::vector<TokenId>& text, const std::vector<Range>& units) const {
    std::vector<TokenId> ids;
    for (const auto& unit : units)
      for (auto token = unit.begin; token < unit.end; ++token) ids.push_back(parts_[unit.part].ids[token]);
    auto scores = surprisals(text, ids);
    if (options_.contrast && parts_[units.front().part].role == Role::context) subtract_informed(text, ids, scores);
    std::vector<Unit> scored;
    Size begin = 0;
    for (const auto& unit : units) {
      const auto of_unit = std::span(scores).subspan(begin, unit.length());
      begin += unit.length();
      const double sum = std::accumulate(of_unit.begin(), of_unit.end(), 0.0);
      const double most = *std::max_element(of_unit.begin(), of_unit.end());
      scored.push_back({unit, options_.unit_score == UnitScore::max   ? most
                              : options_.unit_score == UnitScore::sum ? sum
                                                                      : sum / static_cast<double>(unit.length())});
    }
    return scored;
  }

  /// Eq. 3 of LongLLMLingua.
  void subtract_informed(const std::vector<TokenId>& text, const std::vector<TokenId>& ids,
                         std::vector<float>& scores) const {
    auto before = question_text_.alone;
    before.insert(before.end(), question_text_.blank_line.begin(), question_text_.blank_line.end());
    before.insert(before.end(), text.begin(), text.end());
    const auto informed = surprisals(before, ids);
    for (Size i = 0; i < ids.size(); ++i) scores[i] -= informed[i];
  }

  /// Eq. 6 and 7: the highest scores that fit. Returns the tokens kept; the others go to `dropped`.
  Size keep_best(const std::vector<Unit>& units, Size budget, std::vector<TokenId>& text,
                 std::vector<Unit>& dropped) {
    std::vector<Size> order(units.size());
    std::iota(order.begin(), order.end(), Size{0});
    std::stable_sort(order.begin(), order.end(), [&](Size a, Size b) { return units[a].score > units[b].score; });
    std::set<Size> picked;
    Size spent = 0;
    for (const auto i : order) {
      if (spent + units[i].range.length() > budget) continue;
      spent += units[i].range.length();
      picked.insert(i);
    }
    for (Size i = 0; i < units.size(); ++i) {
      if (picked.count(i) > 0) {
        keep(units[i].range, text);
      } else {
        dropped.push_back(units[i]);
      }
    }
    return spent;
  }

  std::vector<float> surprisals(const std::vector<TokenId>& before, const std::vector<TokenId>& ids) const {
    const auto scorer = model_.new_scorer();
    scorer->append(before);
    std::vector<float> scores(ids.size());
    scorer->score(ids, scores);
    return scores;
  }

  std::vector<Part> parts_;
  Question question_text_;
  const ScoringModel& model_;
  const Options& options_;
  Size target_;
  Size instruction_ = 0, contexts_ = 0, question_ = 0;  // what each role may keep
  Size allowance_ = 0, length_ = 0;                     // k * budget, and what is chosen
  bool thins_all_ = false;
  std::vector<Range> ranked_;  // all contexts, best first
  std::vector<Chosen> chosen_;
  Kept kept_;
};

}  // namespace lingua::test
