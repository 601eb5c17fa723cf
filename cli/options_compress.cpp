// The options of `lingua compress`: what goes in, how short, what comes out.
#include "app.hpp"
#include "draft.hpp"

namespace lingua::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  lingua compress report.txt --ratio 4 > short.txt
  pbpaste | lingua compress --tokens 500
  lingua compress paper.txt --question-text "What is new in it?" --rate 0.2
  lingua compress --instruction task.txt --context a.txt --context b.txt --question q.txt --ratio 3
  lingua compress chat.json --input-format messages --ratio 2 --output short.json
  lingua compress report.txt --ratio 4 --diff | less -R
  lingua compress report.txt --ratio 4 --html report.html --json > report.json

FILE is cut into contexts; instruction and question stay verbatim unless their rates say otherwise.
The compressed text alone goes to standard output; everything else to standard error.)";

void add_target(CLI::App& command, const DraftPtr& draft) {
  const auto set = [draft](Target target) {
    draft->edits.emplace_back([target](Options& options) { options.target = target; });
  };
  const auto set_ratio = [set](const double& value) { set(Ratio{value}); };
  const auto set_rate = [set](const double& value) { set(Rate{value}); };
  const auto set_tokens = [set](const std::uint64_t& value) { set(Tokens{value}); };
  command.option_defaults()->group("Target, for the whole prompt (one of)");
  command.add_option_function<double>("--ratio", set_ratio, "Original / kept, e.g. 20 (default: 2)")
      ->type_name("X")
      ->check(real_number());
  command.add_option_function<double>("--rate", set_rate, "Kept / original, e.g. 0.05")
      ->type_name("X")
      ->check(real_number());
  command.add_option_function<std::uint64_t>("--tokens", set_tokens, "Kept tokens, as the model counts them")
      ->type_name("N")
      ->check(whole_number<std::uint64_t>());
}

void add_part(CLI::App& command, CompressArguments& arguments, Role role, const std::string& what) {
  const std::string name = "--" + std::string(to_string(role));
  for (const bool is_file : {true, false}) {
    const auto add = [&arguments, role, is_file](const std::string& value) {
      arguments.parts.push_back({role, value, is_file});
    };
    // trigger_on_parse: called at each occurrence, so that the order across options is kept.
    command
        .add_option_function<std::string>(is_file ? name : name + "-text", add,
                                          is_file ? what + ", from a file" : "The same, as text")
        ->type_name(is_file ? "FILE" : "TEXT")
        ->trigger_on_parse();
  }
}

void add_input(CLI::App& command, CompressArguments& arguments, const DraftPtr& draft) {
  command.add_option("FILE", arguments.file, "What to compress (default or -: standard input)")->type_name("");
  command.option_defaults()->group("Input");
  add_part(command, arguments, Role::instruction, "What to do (repeatable)");
  add_part(command, arguments, Role::context, "A document, example or turn (repeatable), in place of FILE");
  add_part(command, arguments, Role::question, "What is asked in the end (repeatable)");
  add_choice(
      command, "--input-format", kInputFormats, [&](InputFormat f) { arguments.format = f; },
      "What FILE is; tagged: text with <llmlingua> tags; messages: a chat (OpenAI, Anthropic), and writes one back; "
      "document: "
      "any JSON, the same; jsonl: a prompt per line (default: text)");
  add_choice(
      command, "--split", kSplits, [&](Split where) { arguments.split = where; },
      "Where a text FILE is cut into contexts (default: paragraph)");
  add_choice_edit(command, draft, "--text", kTextKinds, &Options::text_kind,
                  "What the contexts are: prose, or what has blocks, statements, lines or rows that stay whole "
                  "(default: auto)");
  command.add_option("--separator", arguments.separator,
                     "Ends every part given separately but the last (default: a blank line; '' for none)");
  add_max_bytes(command, [draft](std::uint64_t bytes) {
    draft->edits.emplace_back([bytes](Options& options) { options.max_bytes = bytes; });
  });
  add_size(
      command, "--reuse-memory", [&](std::uint64_t bytes) { arguments.reuse_memory = bytes; },
      "With jsonl, what may be held for the next question about the same contexts (default: 512M)");
}

void add_output(CLI::App& command, CompressArguments& arguments) {
  command.option_defaults()->group("Output");
  command.add_flag("--json", arguments.json, "Everything as one JSON document (docs/json.md)");
  command.add_flag("--diff", arguments.diff, "Kept and dropped text, in colour on a terminal");
  command.add_flag("--explain", arguments.explain, "Why each unit was kept or dropped; with --json, in the document");
  add_file(command, "-o,--output", arguments.output, "Write to a file, whole or not at all");
  add_file(command, "--html", arguments.html, "Also write a page that shows what was kept and lost");
  add_choice(
      command, "--color", kColours, [&](Colour when) { arguments.colour = when; },
      "Colours of --diff (default: auto, which honours NO_COLOR)");
  command.add_flag("-q,--quiet", arguments.quiet, "No summary, notes or progress on standard error");
}

/// What single options cannot see.
void check_together(const CompressArguments& arguments) {
  const auto refuse = [](const std::string& message) { throw CLI::ValidationError(message); };
  const bool has_parts = !arguments.parts.empty();
  const bool has_context = std::any_of(arguments.parts.begin(), arguments.parts.end(),
                                       [](const PartArgument& part) { return part.role == Role::context; });
  const bool is_text = arguments.format == InputFormat::text || arguments.format == InputFormat::tagged;
  const bool has_instruction = std::any_of(arguments.parts.begin(), arguments.parts.end(),
                                           [](const PartArgument& part) { return part.role == Role::instruction; });
  if (arguments.format == InputFormat::document && (has_context || has_instruction))
    refuse("--input-format document reads all texts from FILE: leave out --instruction and --context");
  if (!is_text && has_parts && arguments.format != InputFormat::document) {
    refuse("--input-format " + name_of(kInputFormats, arguments.format) +
           " names all parts in FILE: leave out --instruction, --context and --question");
  }
  if (arguments.format == InputFormat::jsonl &&
      (arguments.diff || arguments.explain || !arguments.html.empty() || !arguments.output.empty()))
    refuse(
        "--input-format jsonl writes a line of JSON for each prompt to standard output: no --diff, --explain, "
        "--html, "
        "--output");
  if (arguments.format != InputFormat::jsonl && arguments.reuse_memory)
    refuse("--reuse-memory is for several prompts: add --input-format jsonl");
  if (arguments.format != InputFormat::document && !arguments.paths.empty())
    refuse("--path names strings of a JSON document: add --input-format document");
  if (arguments.format != InputFormat::messages && !arguments.chat_rates.empty())
    refuse("--rate-role and --rate-age are for chats: add --input-format messages");
  if (!is_text && arguments.split) refuse("--split cuts text, not JSON");
  if (arguments.format == InputFormat::tagged && has_context)
    refuse("--input-format tagged reads the contexts from FILE: leave out --context");
  if (arguments.format == InputFormat::messages && arguments.options.reorder)
    refuse("--input-format messages keeps the turns of a chat in order: add --no-reorder");
  if (has_context && arguments.file) {
    refuse("contexts are given twice, as FILE '" + *arguments.file + "' and with --context: choose one");
  }
  if (has_context && arguments.split) refuse("--split cuts FILE; what --context gives stays one context");
}

}  // namespace

void add_compress(CLI::App& app, CompressArguments& arguments) {
  CLI::App* command = app.add_subcommand("compress", "Make a prompt shorter");
  const auto draft = std::make_shared<Draft>();
  add_input(*command, arguments, draft);
  add_target(*command, draft);
  add_json(*command, arguments);
  add_output(*command, arguments);
  add_method(*command, draft);
  add_model_options(*command, arguments.model);
  command->footer(kExamples);
  command->callback([&arguments, draft, command] {
    choose_one(*command, {"--ratio", "--rate", "--tokens"});
    choose_one(*command, {"--json", "--diff"});
    choose_one(*command, {"--explain", "--diff"});
    arguments.options = draft->finish();
    check_together(arguments);
  });
}

}  // namespace lingua::cli
