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
                                        "Never dropped from kept sentences (default: numbers,negations,identifiers)")
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

/// --NAME and --no-NAME.
void add_switch(CLI::App& command, const DraftPtr& draft, const std::string& name, bool Options::*member,
                const std::string& help) {
  const bool by_default = Options{}.*member;
  for (const bool on : {true, false}) {
    const auto edit = [draft, member, on](std::int64_t) {
      draft->edits.emplace_back([member, on](Options& options) { options.*member = on; });
    };
    command.add_flag_function((on ? "--" : "--no-") + name, edit,
                              (on ? help : "Not so") + (on == by_default ? " (default)" : ""));
  }
}

/// What depends on the question (LongLLMLingua).
void add_question_aware(CLI::App& command, const DraftPtr& draft) {
  add_choice_edit(command, draft, "--rank-by", kRankings, &Options::rank_by,
                  "Rank by attention after the question, words shared with it, a text's own surprisal, the "
                  "question's after it, brevity, recency or lead (default: automatic)");
  const auto set_recency = [draft](const double& share) {
    draft->edits.emplace_back([share](Options& options) { options.recency = share; });
  };
  command
      .add_option_function<double>("--recency", set_recency,
                                   "Share of the budget for the newest sentences, the rest by attention")
      ->type_name("X")
      ->check(real_number());
  const auto set_restriction = [draft](const std::string& text) {
    draft->edits.emplace_back([text](Options& options) { options.question_surprisal.restriction = text; });
  };
  command
      .add_option_function<std::string>("--restriction", set_restriction,
                                        "What follows the question there (default: by its language; '' for none)")
      ->type_name("TEXT");
  const auto set_sentences = [draft](const std::size_t& count) {
    draft->edits.emplace_back([count](Options& options) { options.question_surprisal.sentences = count; });
  };
  command
      .add_option_function<std::size_t>(
          "--rank-sentences", set_sentences,
          "Sentences that the question is put after: one and its neighbours (default: 3)")
      ->type_name("N")
      ->check(whole_number<std::size_t>());
  const auto set_weight = [draft](const double& weight) {
    draft->edits.emplace_back([weight](Options& options) { options.question_surprisal.surprisal_weight = weight; });
  };
  command
      .add_option_function<double>("--surprisal-weight", set_weight,
                                   "Of a sentence's own surprisal beside the question's (default: 1)")
      ->type_name("X")
      ->check(real_number());
  add_edit(command, draft, "--rate-spread", &Options::rate_spread,
           "How far rates of thinned contexts lie apart, by rank (default: 0)");
  add_switch(command, draft, "contrast", &Options::contrast, "Thin by how much the question lowers a surprisal");
  add_switch(command, draft, "reorder", &Options::reorder, "Contexts go out best first");
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
  add_choice_edit(command, draft, "--coarsest", kLevels, &Options::coarsest,
                  "What the coarse stage begins with (default: context)");
  add_edit(command, draft, "--instruction-rate", &Options::instruction_rate,
           "Share of the instruction that is kept (default: 1)");
  add_edit(command, draft, "--question-rate", &Options::question_rate,
           "Share of the question that is kept (default: 1)");
  add_switch(command, draft, "dynamic-rates", &Options::dynamic_rates,
             "Contexts' leftovers go to instruction and question");
  add_edit(command, draft, "--segment", &Options::segment, "Tokens scored at once in the token stage (default: 100)");
  add_edit(command, draft, "--seed", &Options::seed, "Of --method random (default: 0)");
  add_question_aware(command, draft);
  add_classes(command, draft);
  add_keep_regex(command, draft);
}

}  // namespace lingua::cli
