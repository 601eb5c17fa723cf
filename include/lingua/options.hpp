// How to compress. Plain structs; docs/method.md says why the defaults are what they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <lingua/export.hpp>
#include <lingua/prompt.hpp>

namespace lingua {

/// The target, each for the whole prompt, instruction and question included, in tokens of the scorer.
struct Ratio {
  double value;
};  ///< original / kept: Ratio{20} is "20x"
struct Rate {
  double value;
};  ///< kept / original: Rate{0.05} is the same
struct Tokens {
  std::uint64_t value;
};  ///< kept tokens
using Target = std::variant<Ratio, Rate, Tokens>;

enum class Method {
  llmlingua,          ///< budget controller, then iterative token-level compression (the paper)
  single_pass,        ///< the same without iteration: each context scored on its own, once
  selective_context,  ///< arXiv 2310.06201: one pass, the least surprising units of all contexts go
  sentence,           ///< whole sentences by mean surprisal; the last one is cut to fill the budget
  head,               ///< the first units
  tail,               ///< the last units
  random,             ///< units in random order
};

/// The smallest thing that is kept or dropped. A unit never splits a code point.
enum class Unit {
  token,     ///< the paper's
  word,      ///< a word with its leading white space, by Unicode rules (dictionaries for Chinese, Japanese, Thai)
  sentence,  ///< for selective_context and random only
};

/// What contexts and sentences are ranked by.
enum class RankBy {
  /// `recency` in conversations, with the sentences of all turns at once (Level::sentence): those are what says so
  /// (Prompt::conversation), or contexts and question that begin with their speakers' names in turns ("User:",
  /// "Assistant:"). `brevity` where the contexts are worked examples: two or more that begin with the same label
  /// ("Question:"), as the question does, if there is one. `lead` where the question asks for a summary and names
  /// nothing that it is to be about (English, Chinese). Else `attention` where there is a question and a scorer that
  /// tells its attention, but `words` if it hardly knows the language (Result::notes say so then). Else `surprisal`.
  automatic,
  /// What the scorer looks at after the question, more than it would anyway, highest first. Of several documents
  /// (not Prompt::one_text) those that match the question token by token come first, if the scorer represents tokens.
  attention,
  words,      ///< the words that they share with the question, by BM25; no model is asked
  surprisal,  ///< their own mean surprisal, highest first (the paper)
  brevity,    ///< the shortest context first, whole; of the next one its beginning and its end
  recency,    ///< the newest first: what stands last in the prompt
  /// What stands first in its text first; of several texts (not Prompt::one_text) what they tell again last.
  lead,
  question,  ///< the mean surprisal of the question after them, lowest first (LongLLMLingua, arXiv 2310.06839)
};

/// How the surprisal of the question is measured, for RankBy::question.
struct QuestionSurprisal {
  /// What follows the question (the paper's restrictive sentence). Unset: "We can get the answer to this question in
  /// the given documents.", in a language chosen by the script of the question; empty: nothing.
  std::optional<std::string> restriction = {};
  std::size_t sentences = 3;    ///< a sentence is judged together with its neighbours: 1, 3, 5, ... in all
  double surprisal_weight = 1;  ///< of a sentence's own mean surprisal, added to it; both as z-scores
};

/// Where the coarse stage begins.
enum class Level {
  context,   ///< whole contexts while they fit, then sentences of the next best one
  sentence,  ///< sentences, those of all contexts at once
};

/// How the surprisals of a unit's tokens become the unit's.
enum class UnitScore { mean, sum, max };

/// How a unit's surprisal decides about it.
enum class Decision {
  exact_budget,  ///< the most surprising units up to the budget (Eq. 6, 7): nothing is left over or overdrawn
  reference,     ///< as in llmlingua 0.2.2: token i judged by token i+1, against a quantile over all earlier
                 ///< surprisals; misses the target as the original does
};

/// How firmly a unit is protected.
enum class Guard : std::uint8_t {
  none,
  in_kept_text,  ///< never dropped from a sentence that stays
  always,        ///< kept everywhere, at any rate, and paid for before anything else
};

/// What compression must not damage. A unit with the smallest part of such a text is protected as a whole.
/// docs/protection.md says by which rules each class is found.
struct Protection {
  Guard numbers = Guard::in_kept_text;      ///< digits with their separators, signs and units
  Guard negations = Guard::in_kept_text;    ///< "not", "never", "n't", ... (English, Chinese and more)
  Guard identifiers = Guard::in_kept_text;  ///< URLs, e-mail addresses, paths, names of variables, "ord_8f3a"
  Guard quotations = Guard::none;           ///< what stands in quotation marks
  Guard code = Guard::none;                 ///< what Markdown marks as code
  Guard names = Guard::none;                ///< capitalised words in mid-sentence, and the like
  std::string pattern = {};                 ///< ICU regular expression; what it matches is kept as Guard::always says
};

struct Progress {
  std::string_view step;    ///< "score", "rank" (by the question) or "compress"
  std::size_t done, total;  ///< tokens
};

struct Options {
  Target target = Ratio{2};
  Method method = Method::llmlingua;
  Unit unit = Unit::word;
  /// What the contexts are; instruction and question are prose. Pieces that have to stay whole are units, whatever
  /// `unit` says, and may leave less than one such piece of the budget unspent.
  TextKind text_kind = TextKind::automatic;
  UnitScore unit_score = UnitScore::mean;
  Decision decision = Decision::exact_budget;

  /// k in Algorithm 1, at least 1: how much more than its budget the coarse stage keeps, for the token stage to
  /// thin out. 1: whole contexts, then whole sentences, and only the last unit is thinned. Infinity: no coarse
  /// stage.
  double granularity = 1;
  Level coarsest = Level::context;
  RankBy rank_by = RankBy::automatic;
  /// Share of the contexts' budget, 0 to 1, that goes to the newest sentences before all others. Set, it makes
  /// RankBy::automatic rank the others by attention in conversations, too.
  std::optional<double> recency = {};
  QuestionSurprisal question_surprisal = {};
  double instruction_rate = 1;  ///< tau_ins, 0 to 1; 1 keeps the instruction verbatim
  double question_rate = 1;     ///< tau_que, 0 to 1; 1 keeps the question verbatim
  bool dynamic_rates = true;    ///< Eq. 3: what the coarse stage leaves over goes to instruction and question
  /// delta_tau of LongLLMLingua, 0 to 1: how far the rate of the best context that is thinned lies above that of the
  /// middle one, and the rate of the last one below it. 0: the same rate for all. Acts where several contexts are
  /// thinned, so with k above 1.
  double rate_spread = 0;
  bool contrast = false;      ///< the token stage decides by how much the question lowers a surprisal
  bool reorder = false;       ///< contexts go out best first; else in their order
  std::size_t segment = 100;  ///< tokens scored at once in the token stage
  Protection protect = {};
  std::uint64_t seed = 0;  ///< of Method::random

  std::uint64_t max_bytes = 64u << 20;  ///< limit on the prompt's bytes

  /// Called between steps, never from two threads at once within one call; return false to cancel (Error: cancelled).
  std::function<bool(const Progress&)> progress = {};
};

/// Ready-made choices. `standard` is `Options{}`; `paper` has the paper's parameters (tokens, k = 2, tau_ins 0.85,
/// tau_que 0.9, no protection), `longllmlingua` those of LongLLMLingua (the same, ranked by the question, contrast,
/// rate_spread 0.3, segments of 200 tokens, reordered); `reference` does as llmlingua 0.2.2 does, its off-by-one
/// included.
enum class Preset { standard, paper, longllmlingua, reference };
LINGUA_API Options options_for(Preset preset);

}  // namespace lingua
