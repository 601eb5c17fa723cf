// Sections at different rates: every group is a prompt of its own, and the results are put back in the order of the
// text.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <lingua/compressor.hpp>
#include <lingua/error.hpp>
#include <utility>

#include "compress/prompt/target.hpp"

namespace lingua {
namespace {

void check(const SectionedPrompt& prompt) {
  for (const auto& rate : prompt.rates)
    if (rate && !(*rate >= 0 && *rate <= 1))
      throw Error(ErrorCode::invalid_option, fmt::format("the rate of a section must be from 0 to 1, got {}", *rate));
  if (prompt.rates.empty()) throw Error(ErrorCode::invalid_option, "a prompt of sections needs one group at least");
  for (const auto& section : prompt.sections)
    if (section.group >= prompt.rates.size())
      throw Error(ErrorCode::invalid_option, fmt::format("a section is of group {}, but there are {} groups",
                                                         section.group, prompt.rates.size()));
}

bool is_empty(const Prompt& prompt) {
  return prompt.instruction.empty() && prompt.question.empty() &&
         std::ranges::all_of(prompt.contexts, [](const std::string& text) { return text.empty(); });
}

/// The groups as prompts of their own, each with the question, in view of which it is compressed.
std::vector<Prompt> prompts_of(const SectionedPrompt& prompt) {
  std::vector<Prompt> groups(prompt.rates.size());
  groups[0].instruction = prompt.instruction;
  if (!prompt.question_apart) groups[0].question = prompt.question;
  for (const auto& section : prompt.sections) {
    groups[section.group].contexts.push_back(section.text);
    groups[section.group].question = prompt.question;
    groups[section.group].conversation = prompt.conversation;
  }
  return groups;
}

/// `result` of a prompt with a question, without it: the question of the whole prompt is that of group 0.
Result without_question(Result result) {
  const auto& question = result.parts.back();
  result.tokens_before -= question.tokens_before;
  result.tokens_after -= question.tokens_after;
  result.budget -= question.tokens_after;
  result.parts.pop_back();
  std::erase_if(result.kept, [&](const KeptRange& range) { return range.part == result.parts.size(); });
  return result;
}

/// `result`, of which nothing is kept.
Result dropped(Result result) {
  result.text.clear();
  result.kept.clear();
  result.tokens_after = result.budget = 0;
  for (auto& part : result.parts) {
    part.text.clear();
    part.tokens_after = part.budget = 0;
    for (auto& token : part.tokens) token.kept = false;
    for (auto& unit : part.units) {
      unit.kept = false;
      unit.reason = Reason::not_chosen;
    }
  }
  return result;
}

/// Compresses one group.
class GroupCompressor {
 public:
  GroupCompressor(const Compressor& compressor, const Options& options)
      : compressor_(compressor), options_(options) {}

  /// To `rate` or, without one, to the target of the options. `borrows`: the question is not the group's own, but
  /// there to be looked at; it costs nothing and is no part of the result.
  Result at_rate(const Prompt& group, std::optional<double> rate, bool borrows) const {
    if (!rate && !borrows) return compressor_.compress(group, options_);
    Result whole = keep_all(group);
    const auto question = borrows ? whole.parts.back().tokens_before : 0;
    if (borrows) whole = without_question(std::move(whole));
    if (rate == 1.0) return whole;
    if (rate && *rate * static_cast<double>(whole.tokens_before) < 1) return dropped(std::move(whole));

    Options options = options_;
    if (borrows) options.question_rate = 1;
    const auto own = compress::budget_of(rate ? Rate{*rate} : options.target, whole.tokens_before);
    options.target = Tokens{own + question};
    auto result = compressor_.compress(group, options);
    return borrows ? without_question(std::move(result)) : result;
  }

  /// Instruction and question at their rates.
  Result without_contexts(const Prompt& group) const {
    Result whole = keep_all(group);
    std::uint64_t tokens = 0;
    for (const auto& part : whole.parts) {
      const double rate = part.role == Role::instruction ? options_.instruction_rate : options_.question_rate;
      tokens += static_cast<std::uint64_t>(std::llround(rate * static_cast<double>(part.tokens_before)));
    }
    if (tokens == whole.tokens_before) return whole;
    if (tokens == 0) return dropped(std::move(whole));
    Options options = options_;
    options.target = Tokens{tokens};
    return compressor_.compress(group, options);
  }

 private:
  Result keep_all(const Prompt& group) const {
    Options options = options_;
    options.target = Rate{1};
    Result result = compressor_.compress(group, options);
    result.notes.clear();  // that nothing was compressed is what was asked for
    return result;
  }

  const Compressor& compressor_;
  const Options& options_;
};

/// Takes the results of the groups apart and puts their parts in the order of the prompt.
class Joiner {
 public:
  explicit Joiner(std::vector<Result> groups) : groups_(std::move(groups)), next_(groups_.size()) {
    for (auto& group : groups_) std::ranges::stable_sort(group.kept, {}, &KeptRange::part);
  }

  /// The next part of `group`, if `text` is one: empty texts are left out of results.
  void take_part(std::size_t group, const std::string& text) {
    if (text.empty()) return;
    Result& from = groups_[group];
    Next& next = next_[group];
    for (; next.range < from.kept.size() && from.kept[next.range].part == next.part; ++next.range)
      result_.kept.push_back({result_.parts.size(), from.kept[next.range].begin, from.kept[next.range].end});
    result_.text += from.parts[next.part].text;
    result_.parts.push_back(std::move(from.parts[next.part++]));
  }

  Result finish() && {
    for (const auto& group : groups_) {
      result_.tokens_before += group.tokens_before;
      result_.tokens_after += group.tokens_after;
      result_.budget += group.budget;
      result_.forwarded_tokens += group.forwarded_tokens;
      add(group.seconds);
      for (const auto& note : group.notes)
        if (std::ranges::find(result_.notes, note) == result_.notes.end()) result_.notes.push_back(note);
    }
    return std::move(result_);
  }

 private:
  struct Next {
    std::size_t part = 0, range = 0;
  };

  void add(const Seconds& seconds) {
    result_.seconds.tokenize += seconds.tokenize;
    result_.seconds.score += seconds.score;
    result_.seconds.plan += seconds.plan;
    result_.seconds.compress += seconds.compress;
    result_.seconds.assemble += seconds.assemble;
  }

  std::vector<Result> groups_;
  std::vector<Next> next_;  // of each group
  Result result_;
};

}  // namespace

Result Compressor::compress_sections(const SectionedPrompt& prompt, const Options& options) const {
  check(prompt);
  const GroupCompressor compressor(*this, options);
  const auto groups = prompts_of(prompt);
  const bool several = groups.size() > 1;  // an empty group alone is an error as ever
  std::vector<Result> results;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const Prompt& group = groups[g];
    const bool borrows = (g > 0 || prompt.question_apart) && !group.question.empty();
    if (several && is_empty(group)) {
      results.emplace_back();
    } else if (several && g == 0 && group.contexts.empty()) {
      results.push_back(compressor.without_contexts(group));
    } else {
      results.push_back(compressor.at_rate(group, prompt.rates[g], borrows));
    }
  }
  Joiner joiner(std::move(results));
  joiner.take_part(0, prompt.instruction);
  for (const auto& section : prompt.sections) joiner.take_part(section.group, section.text);
  if (!prompt.question_apart) joiner.take_part(0, prompt.question);
  return std::move(joiner).finish();
}

}  // namespace lingua
