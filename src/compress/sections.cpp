// Sections at different rates: every group is a prompt of its own, and the results are put back in the order of the
// text.
#include <fmt/format.h>

#include <algorithm>
#include <lingua/compressor.hpp>
#include <lingua/error.hpp>
#include <utility>

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

/// The groups as prompts of their own.
std::vector<Prompt> prompts_of(const SectionedPrompt& prompt) {
  std::vector<Prompt> groups(prompt.rates.size());
  groups[0].instruction = prompt.instruction;
  groups[0].question = prompt.question;
  for (const auto& section : prompt.sections) groups[section.group].contexts.push_back(section.text);
  return groups;
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
  const auto whole = [&](const Prompt& group) {
    Options all = options;
    all.target = Rate{1};
    Result result = compress(group, all);
    result.notes.clear();  // that nothing was compressed is what was asked for
    return result;
  };
  const auto compress_group = [&](const Prompt& group, std::optional<double> rate) {
    if (!rate) return compress(group, options);
    Result result = whole(group);
    if (*rate == 1) return result;
    if (*rate * static_cast<double>(result.tokens_before) < 1) return dropped(std::move(result));
    Options at_rate = options;
    at_rate.target = Rate{*rate};
    return compress(group, at_rate);
  };

  const auto groups = prompts_of(prompt);
  std::vector<Result> results;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const bool nothing = is_empty(groups[g]) && groups.size() > 1;  // alone it is an error as ever
    results.push_back(nothing ? Result{} : compress_group(groups[g], prompt.rates[g]));
  }
  Joiner joiner(std::move(results));
  joiner.take_part(0, prompt.instruction);
  for (const auto& section : prompt.sections) joiner.take_part(section.group, section.text);
  joiner.take_part(0, prompt.question);
  return std::move(joiner).finish();
}

}  // namespace lingua
