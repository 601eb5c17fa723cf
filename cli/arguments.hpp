// What the user asked for, as plain values: the border between parsing and doing.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <lingua/model.hpp>
#include <lingua/options.hpp>
#include <lingua/prompt.hpp>

namespace lingua::cli {

enum class InputFormat { text, tagged, json, jsonl, messages, document };
enum class Colour { automatic, always, never };
enum class ScoreFormat { text, tsv, json };
enum class Shell { bash, zsh, fish };

struct ModelArguments {
  std::string path;  ///< empty: the default model
  ModelOptions options;
};

/// A part of the prompt given on its own: --instruction, --context, --question and their -text forms.
struct PartArgument {
  Role role;
  std::string value;
  bool is_file;  ///< `value` names a file; else it is the text
};

/// Strings of a JSON document with fewer bytes stay, unless --min-string says otherwise.
inline constexpr std::size_t kMinString = 80;

/// --path: strings of a JSON document, and the share that is kept of each.
struct PathRule {
  std::string pattern;
  std::optional<double> rate;  ///< unset: what the target says
};

/// Who speaks in a chat; results of tools are `tool` wherever they stand.
enum class Speaker { system, user, assistant, tool };

/// --rate-role and --rate-age: shares that are kept of turns of a chat.
struct ChatRates {
  std::vector<std::pair<Speaker, double>> by_role;
  std::vector<std::pair<std::size_t, double>> by_age;  ///< of turns that so many messages follow, or more
  bool empty() const { return by_role.empty() && by_age.empty(); }
};

struct CompressArguments {
  std::optional<std::string> file;  ///< "-" is standard input
  std::vector<PartArgument> parts;  ///< in the order of the command line
  InputFormat format = InputFormat::text;
  std::optional<Split> split;  ///< of FILE; unset: paragraph
  std::string separator = "\n\n";
  Options options;
  ModelArguments model;
  std::optional<std::uint64_t> reuse_memory;  ///< bytes, of jsonl; unset: the library's default
  std::string output, html;                   ///< files; empty: standard output, no page
  std::vector<PathRule> paths;                ///< of a document
  std::size_t min_string = kMinString;
  ChatRates chat_rates;
  bool json = false, diff = false, explain = false, quiet = false;
  Colour colour = Colour::automatic;
};

struct ScoreArguments {
  std::string file = "-";
  ScoreFormat format = ScoreFormat::text;
  ModelArguments model;
  std::uint64_t max_bytes = Options{}.max_bytes;
  std::string output;
};

struct ExpandArguments {
  std::string file = "-";  ///< a result of `compress --json`
  std::uint64_t max_bytes = 4 * Options{}.max_bytes;
  std::string output;
};

struct RecoverArguments {
  std::string file;                        ///< a result of `compress --json`
  std::string answer = "-";                ///< the file with the answer
  std::optional<std::string> answer_text;  ///< the answer itself
  std::size_t max_gap = 40;                ///< bytes
  std::uint64_t max_bytes = 4 * Options{}.max_bytes;
  std::string output;
  bool json = false, quiet = false;
};

struct InspectArguments {
  std::string path;  ///< empty: the default model
  bool json = false;
};

struct CompletionArguments {
  Shell shell = Shell::bash;
};

}  // namespace lingua::cli
