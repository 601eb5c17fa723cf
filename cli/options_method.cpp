// How `lingua compress` chooses what is kept: the knobs of lingua::Options.
#include "draft.hpp"

namespace lingua::cli {
namespace {

/// Refuses lists with other words than the classes; `none` may stand alone.
CLI::Validator class_list() {
  const auto check = [](std::string& text) {
    for (const std::string& word : CLI::detail::split(text, ',')) {
      const auto is_named = [&](const auto& choice) { return choice.name == word; };
      if (text == "none" || std::any_of(kTextClasses.begin(), kTextClasses.end(), is_named)) continue;
      return fmt::format("'{}' is none of {}, none", word, names(kTextClasses, ", "));
    }
    return std::string();
  };
  return {check, ""};
}

/// Whether each class is in `list`: `set(guard of the class, whether it is)`.
template <typename Set>
void for_each_class(const std::string& list, Set set) {
  const auto words = CLI::detail::split(list, ',');
  for (const auto& [guard, name] : kTextClasses)
    set(guard, std::find(words.begin(), words.end(), name) != words.end());
}

/// --protect replaces the preset's classes, then --keep raises its own, wherever they stand on the command line.
void add_classes(CLI::App& command, const DraftPtr& draft) {
  const auto protect = [draft](const std::string& list) {
    draft->edits.emplace_back([list](Options& options) {
      for_each_class(list, [&](Guard Protection::*guard, bool named) {
        options.protect.*guard = named ? Guard::in_kept_text : Guard::none;
      });
    });
  };
  const auto keep = [draft](const std::string& list) {
    draft->edits.emplace_back([list](Options& options) {
      for_each_class(list, [&](Guard Protection::*guard, bool named) {
        if (named) options.protect.*guard = Guard::always;
      });
    });
  };
  const std::string type = names(kTextClasses) + "|none";
  command
      .add_option_function<std::string>("--protect", protect,
                                        "Never dropped from kept sentences (default: numbers,negations)")
      ->type_name(type)
      ->check(class_list());
  command.add_option_function<std::string>("--keep", keep, "Kept everywhere, at any rate: the same classes")
      ->type_name(type)
      ->check(class_list());
}

void add_keep_regex(CLI::App& command, const DraftPtr& draft) {
  const auto edit = [draft](const std::string& pattern) {
    draft->edits.emplace_back([pattern](Options& options) {
      std::string& all = options.protect.pattern;
      all = all.empty() ? pattern : all + "|" + pattern;
    });
  };
  command.add_option_function<std::string>("--keep-regex", edit, "Keep what matches, at any rate (ICU; repeatable)")
      ->type_name("PATTERN")
      ->trigger_on_parse();
}

void add_dynamic_rates(CLI::App& command, const DraftPtr& draft) {
  for (const bool on : {true, false}) {
    const auto edit = [draft, on](std::int64_t) {
      draft->edits.emplace_back([on](Options& options) { options.dynamic_rates = on; });
    };
    command.add_flag_function(on ? "--dynamic-rates" : "--no-dynamic-rates", edit,
                              on ? "Contexts' leftovers go to instruction and question (default)" : "They do not");
  }
}

}  // namespace

void add_method(CLI::App& command, const DraftPtr& draft) {
  command.option_defaults()->group("Method");
  add_choice(
      command, "--preset", kPresets, [draft](Preset preset) { draft->preset = preset; },
      "Ready-made choices; other options override (default: standard)");
  add_choice_edit(command, draft, "--method", kMethods, &Options::method, "How to choose (default: llmlingua)");
  add_choice_edit(command, draft, "--unit", kUnits, &Options::unit, "Smallest thing kept or dropped (default: word)");
  add_choice_edit(command, draft, "--unit-score", kUnitScores, &Options::unit_score,
                  "A unit's surprisal, from its tokens' (default: mean)");
  add_choice_edit(command, draft, "--decision", kDecisions, &Options::decision,
                  "Exact, or as llmlingua 0.2.2 decides (default: exact-budget)");
  add_edit(command, draft, "--granularity", &Options::granularity,
           "k: what the coarse stage keeps, in budgets; inf: all (default: 1)");
  add_edit(command, draft, "--instruction-rate", &Options::instruction_rate,
           "Share of the instruction that is kept (default: 1)");
  add_edit(command, draft, "--question-rate", &Options::question_rate,
           "Share of the question that is kept (default: 1)");
  add_dynamic_rates(command, draft);
  add_edit(command, draft, "--segment", &Options::segment, "Tokens scored at once in the token stage (default: 100)");
  add_edit(command, draft, "--seed", &Options::seed, "Of --method random (default: 0)");
  add_classes(command, draft);
  add_keep_regex(command, draft);
}

}  // namespace lingua::cli
