// `lingua compress`: gather the prompt, let the library compress it, report.
#include <fmt/format.h>
#include <algorithm>
#include <cstdio>

#include <lingua/compressor.hpp>
#include <lingua/error.hpp>
#include <lingua/log_fold.hpp>

#include "choices.hpp"
#include "commands/commands.hpp"
#include "input/chat.hpp"
#include "input/chat_rates.hpp"
#include "input/json_document.hpp"
#include "input/pieces.hpp"
#include "input/prompt_json.hpp"
#include "input/read.hpp"
#include "input/strict_json.hpp"
#include "interrupt.hpp"
#include "load_model.hpp"
#include "output_file.hpp"
#include "report/report.hpp"
#include "terminal.hpp"
#include "text_format.hpp"

namespace lingua::cli {
namespace {

struct Input {
  AssembledPrompt assembled;
  std::optional<Chat> chat;
  std::optional<JsonDocument> document;
  std::optional<SectionedPrompt> sections;  ///< in place of `assembled`
  TextKind text_kind;                       ///< of the contexts
  std::optional<std::string> log;           ///< FILE, if it was folded; the context is the folded log then
};

/// Adds where the JSON came from to messages about its shape.
template <typename Parse>
auto parse_named(const std::string& path, std::uint64_t max_bytes, Parse parse) {
  const std::string text = read_text(path, max_bytes);
  try {
    return parse(text);
  } catch (const Error& error) {
    throw Error(error.code(), input_name(path) + ": " + error.what());
  }
}

/// A whole text tells its kind better than the contexts that it is cut into.
void settle_kind(TextKind& kind, std::string_view text) {
  if (kind == TextKind::automatic) kind = text_kind_of(text);
}

/// A log goes in folded, as one context; its legend stays whatever is dropped, but for the blank line at its end.
Piece folded_piece(const std::string& log) {
  std::string folded = fold_log(log);
  const std::size_t legend = legend_size(folded);
  return {Role::context, std::move(folded), false, {{0, legend - std::min<std::size_t>(legend, 2)}}};
}

/// The pieces of a text FILE: its last one ends it, the others run on.
void add_file(std::vector<Piece>& pieces, const CompressArguments& arguments, Input& input) {
  std::string text = read_text(arguments.file.value_or("-"), arguments.options.max_bytes);
  TextKind& kind = input.text_kind;
  settle_kind(kind, text);
  if (kind == TextKind::log) {
    pieces.push_back(folded_piece(text));
    input.log = std::move(text);
    return;
  }
  for (std::string& piece : split(text, arguments.split.value_or(Split::paragraph), kind)) {
    pieces.push_back({Role::context, std::move(piece), true});
  }
  if (!pieces.empty()) pieces.back().continues = false;
}

/// Whoever gives a text where a file is expected learns of the option for texts.
std::string part_text(const PartArgument& part, std::uint64_t max_bytes) {
  if (!part.is_file) return part.value;
  try {
    return read_text(part.value, max_bytes);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::input_unreadable) throw;
    throw Error(error.code(), fmt::format("{} (--{}-text takes a text)", error.what(), to_string(part.role)));
  }
}

/// Instruction, contexts and question as the options give them.
std::vector<Piece> option_pieces(const CompressArguments& arguments) {
  std::vector<Piece> pieces;
  for (const PartArgument& part : arguments.parts)
    pieces.push_back({part.role, part_text(part, arguments.options.max_bytes)});
  empty_blank(pieces);
  return pieces;
}

std::vector<Piece> text_pieces(const CompressArguments& arguments, Input& input) {
  std::vector<Piece> pieces = option_pieces(arguments);
  const auto is_context = [](const Piece& piece) { return piece.role == Role::context; };
  if (std::none_of(pieces.begin(), pieces.end(), is_context)) add_file(pieces, arguments, input);
  return pieces;
}

/// The sections of FILE, each cut like a text of its own, between instruction and question.
SectionedPrompt tagged_prompt(const CompressArguments& arguments, const std::string& path, TextKind& kind) {
  SectionedPrompt tagged =
      parse_named(path, arguments.options.max_bytes, [](const auto& text) { return parse_tags(text); });
  std::string all;
  for (const Section& section : tagged.sections) all += section.text;
  settle_kind(kind, all);
  std::vector<Piece> pieces = option_pieces(arguments);
  std::vector<std::size_t> groups;
  for (const Section& section : tagged.sections)
    for (std::string& text : split(section.text, arguments.split.value_or(Split::paragraph), kind)) {
      pieces.push_back({Role::context, std::move(text), true});
      groups.push_back(section.group);
    }
  if (!groups.empty()) pieces.back().continues = false;
  Prompt prompt = assemble(pieces, arguments.separator).prompt;
  tagged.sections.clear();
  for (std::size_t i = 0; i < groups.size(); ++i)
    tagged.sections.push_back({std::move(prompt.contexts[i]), groups[i]});
  tagged.instruction = std::move(prompt.instruction);
  tagged.question = std::move(prompt.question);
  return tagged;
}

JsonDocument document_to_compress(const std::string& text, const CompressArguments& arguments) {
  JsonDocument document(text, arguments.paths, arguments.min_string);
  if (document.prompt().sections.empty())
    refuse_json(fmt::format("the document has no string of {} bytes or more{}; see --path and --min-string",
                            arguments.min_string, arguments.paths.empty() ? "" : " where --path looks"));
  return document;
}

Input read_input(const CompressArguments& arguments) {
  const std::string path = arguments.file.value_or("-");
  const std::uint64_t max_bytes = arguments.options.max_bytes;
  Input input;
  input.text_kind = arguments.options.text_kind;
  std::vector<Piece> pieces;
  if (arguments.format == InputFormat::tagged) {
    input.sections = tagged_prompt(arguments, path, input.text_kind);
    return input;
  }
  if (arguments.format == InputFormat::document) {
    input.document =
        parse_named(path, max_bytes, [&](const auto& text) { return document_to_compress(text, arguments); });
    input.sections = input.document->prompt();
    input.sections->question = assemble(option_pieces(arguments), arguments.separator).prompt.question;
    input.sections->question_apart = true;
    return input;
  }
  if (arguments.format == InputFormat::messages) {
    input.chat = parse_named(path, max_bytes, [&](const auto& text) { return Chat(text, arguments.min_string); });
    pieces = input.chat->pieces();
  } else if (arguments.format == InputFormat::json) {
    pieces = parse_named(path, max_bytes, parse_prompt_json);
  } else {
    pieces = text_pieces(arguments, input);
  }
  input.assembled = assemble(pieces, arguments.separator);
  input.assembled.prompt.conversation = input.chat.has_value();
  if (!arguments.chat_rates.empty())
    input.sections = sections_by_rate(input.assembled.prompt, *input.chat, arguments.chat_rates);
  return input;
}

/// Tokens of the prompt before its log was folded, as `model` counts them.
std::size_t tokens_before_folding(const Input& input, const ScoringModel& model) {
  const Prompt& prompt = input.assembled.prompt;
  std::size_t tokens = model.tokenize(*input.log).size();
  for (const std::string& text : {prompt.instruction, prompt.question}) tokens += model.tokenize(text).size();
  return tokens;
}

/// `target` in tokens: a share is one of the prompt as it was before its log was folded.
Target of_unfolded(const Target& target, std::size_t tokens) {
  const auto* ratio = std::get_if<Ratio>(&target);
  const auto* rate = std::get_if<Rate>(&target);
  const double share = ratio != nullptr ? 1 / ratio->value : rate != nullptr ? rate->value : 0;
  const bool usable = share > 0 && share <= 1;  // what is not is refused, or too much, as ever
  return usable ? Tokens{static_cast<std::uint64_t>(share * static_cast<double>(tokens))} : target;
}

/// Tells of folding where it was done.
void report_folding(const Input& input, std::size_t tokens, Report& report, Result& result) {
  report.folded = input.assembled.prompt.instruction.empty() ? 0 : 1;
  result.notes.push_back(fmt::format("folding took the prompt from {} to {} tokens", thousands(tokens),
                                     thousands(result.tokens_before)));
  result.tokens_before = tokens;
}

void write_summary(const Result& result, double seconds, bool after_text_on_terminal) {
  if (after_text_on_terminal) std::fputc('\n', stderr);
  for (const std::string& note : result.notes) fmt::print(stderr, "lingua: note: {}\n", note);
  fmt::print(stderr, "{} -> {} tokens ({:.1f}x, budget {}) in {}\n", thousands(result.tokens_before),
             thousands(result.tokens_after), result.ratio(), thousands(result.budget), duration(seconds));
}

}  // namespace

void run_compress(const CompressArguments& arguments) {
  if (arguments.format == InputFormat::jsonl) return run_batch(arguments);
  for (const std::string& path : {arguments.output, arguments.html}) {
    if (!path.empty()) check_writable(path);
  }
  const Input input = read_input(arguments);
  ProgressLine line(arguments.quiet);
  line.show("loading the model");
  const LoadedModel loaded = load_model(arguments.model);
  throw_if_interrupted();
  Options options = arguments.options;
  options.text_kind = input.text_kind;
  options.progress = shown_on(line);
  const std::size_t unfolded = input.log ? tokens_before_folding(input, *loaded.model) : 0;
  if (input.log) options.target = of_unfolded(options.target, unfolded);
  const Compressor compressor(loaded.model, {.readings = 0});  // no second question will come
  Result result = input.sections ? compressor.compress_sections(*input.sections, options)
                                 : compressor.compress(input.assembled.prompt, options);
  line.clear();

  if (options.text_kind != arguments.options.text_kind && options.text_kind != TextKind::prose)
    result.notes.push_back(
        fmt::format("the text was read as {0} (--text {0})", name_of(kTextKinds, options.text_kind)));
  Report report{result, options, model_json(*loaded.model), loaded.seconds};
  report.explain = arguments.explain;
  if (input.log) report_folding(input, unfolded, report, result);
  if (input.document) report.document = input.document->rewrite(result);
  if (input.chat) {
    auto [chat, removed] = input.chat->rewrite(kept_by_piece(result, input.assembled.locations));
    if (removed > 0) result.notes.push_back(counted(removed, "turn") + " became empty and left the chat");
    report.document = std::move(chat);
    report.is_chat = true;
  }
  const bool colour = arguments.colour == Colour::always || (arguments.colour == Colour::automatic &&
                                                             arguments.output.empty() && colours_wanted_on_stdout());
  const std::string out = arguments.json      ? json_lines(json_report(report))
                          : arguments.diff    ? diff_report(result, colour)
                          : arguments.explain ? explain_report(result)
                          : report.document   ? *report.document
                                              : result.text;
  throw_if_interrupted();
  if (!arguments.html.empty()) write_file(arguments.html, html_report(report));
  arguments.output.empty() ? write_stdout(out) : write_file(arguments.output, out);
  const bool needs_line_end = arguments.output.empty() && !out.ends_with('\n') && stdout_is_terminal();
  if (!arguments.quiet) write_summary(result, loaded.seconds + result.seconds.total(), needs_line_end);
}

}  // namespace lingua::cli
