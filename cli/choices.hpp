// The names of all enumerated values, in one place: parsing, help, completion and JSON read these tables.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "arguments.hpp"

namespace lingua::cli {

template <typename Value>
struct Choice {
  Value value;
  std::string_view name;
};
template <typename Value>
Choice(Value, std::string_view) -> Choice<Value>;  // clang before 17 does not deduce it

inline constexpr std::array kMethods{Choice{Method::llmlingua, "llmlingua"},
                                     Choice{Method::single_pass, "single-pass"},
                                     Choice{Method::selective_context, "selective-context"},
                                     Choice{Method::sentence, "sentence"},
                                     Choice{Method::head, "head"},
                                     Choice{Method::tail, "tail"},
                                     Choice{Method::random, "random"}};
inline constexpr std::array kPresets{Choice{Preset::standard, "standard"}, Choice{Preset::paper, "paper"},
                                     Choice{Preset::longllmlingua, "longllmlingua"},
                                     Choice{Preset::reference, "reference"}};
inline constexpr std::array kUnits{Choice{Unit::token, "token"}, Choice{Unit::word, "word"},
                                   Choice{Unit::sentence, "sentence"}};
inline constexpr std::array kRankings{Choice{RankBy::automatic, "automatic"}, Choice{RankBy::attention, "attention"},
                                      Choice{RankBy::words, "words"},         Choice{RankBy::surprisal, "surprisal"},
                                      Choice{RankBy::brevity, "brevity"},     Choice{RankBy::recency, "recency"},
                                      Choice{RankBy::lead, "lead"},           Choice{RankBy::question, "question"}};
inline constexpr std::array kLevels{Choice{Level::context, "context"}, Choice{Level::sentence, "sentence"}};
inline constexpr std::array kUnitScores{Choice{UnitScore::mean, "mean"}, Choice{UnitScore::sum, "sum"},
                                        Choice{UnitScore::max, "max"}};
inline constexpr std::array kDecisions{Choice{Decision::exact_budget, "exact-budget"},
                                       Choice{Decision::reference, "reference"}};
inline constexpr std::array kTextClasses{Choice{&Protection::numbers, "numbers"},
                                         Choice{&Protection::negations, "negations"},
                                         Choice{&Protection::identifiers, "identifiers"},
                                         Choice{&Protection::quotations, "quotations"},
                                         Choice{&Protection::code, "code"},
                                         Choice{&Protection::names, "names"}};
inline constexpr std::array kSplits{Choice{Split::none, "none"}, Choice{Split::paragraph, "paragraph"},
                                    Choice{Split::sentence, "sentence"}};
inline constexpr std::array kTextKinds{Choice{TextKind::automatic, "auto"},    Choice{TextKind::prose, "prose"},
                                       Choice{TextKind::markdown, "markdown"}, Choice{TextKind::code, "code"},
                                       Choice{TextKind::log, "log"},           Choice{TextKind::table, "table"}};
inline constexpr std::array kComputeTypes{Choice{ComputeType::automatic, "auto"}, Choice{ComputeType::f32, "f32"},
                                          Choice{ComputeType::bf16, "bf16"}, Choice{ComputeType::q8_0, "q8_0"}};
inline constexpr std::array kBackends{Choice{Backend::automatic, "auto"}, Choice{Backend::engine, "engine"},
                                      Choice{Backend::llama, "llama"}};
inline constexpr std::array kInputFormats{
    Choice{InputFormat::text, "text"},         Choice{InputFormat::tagged, "tagged"},
    Choice{InputFormat::json, "json"},         Choice{InputFormat::jsonl, "jsonl"},
    Choice{InputFormat::messages, "messages"}, Choice{InputFormat::document, "document"}};
/// Those whose messages may have a rate: system messages are instructions, which --instruction-rate is for.
inline constexpr std::array kSpeakers{Choice{Speaker::user, "user"}, Choice{Speaker::assistant, "assistant"},
                                      Choice{Speaker::tool, "tool"}};
inline constexpr std::array kColours{Choice{Colour::automatic, "auto"}, Choice{Colour::always, "always"},
                                     Choice{Colour::never, "never"}};
inline constexpr std::array kScoreFormats{Choice{ScoreFormat::text, "text"}, Choice{ScoreFormat::tsv, "tsv"},
                                          Choice{ScoreFormat::json, "json"}};
inline constexpr std::array kShells{Choice{Shell::bash, "bash"}, Choice{Shell::zsh, "zsh"},
                                    Choice{Shell::fish, "fish"}};

/// "a|b|c"
template <typename Table>
std::string names(const Table& table, std::string_view separator = "|") {
  std::string all;
  for (const auto& choice : table) all.append(all.empty() ? "" : separator).append(choice.name);
  return all;
}

template <typename Table, typename Value>
std::string name_of(const Table& table, Value value) {
  return std::string(std::find_if(table.begin(), table.end(), [&](auto& c) { return c.value == value; })->name);
}

}  // namespace lingua::cli
