// Builds the command line, except for `compress`, which has a file of its own.
#include "app.hpp"

#include <lingua/version.hpp>

#include "values.hpp"

namespace lingua::cli {
namespace {

constexpr const char* kFirstExamples = R"(Examples:
  lingua compress prompt.txt --ratio 4
  lingua score prompt.txt
  lingua model

`lingua COMMAND --help` has more. Exit codes: 0 fine, 2 usage; the others are listed in docs/errors.md.)";

constexpr const char* kScoreExamples = R"(Examples:
  lingua score text.txt
  lingua score --format tsv < text.txt | sort -k4 -gr | head
  lingua score text.txt --json | jq .perplexity)";

constexpr const char* kExpandExamples = R"(Examples:
  lingua compress report.txt --ratio 4 --json > short.json
  lingua expand short.json > report.txt)";

constexpr const char* kRecoverExamples = R"(Examples:
  lingua compress report.txt --ratio 4 --json > short.json
  lingua recover short.json --answer-text "It is ord 8f."
  lingua recover short.json --answer answer.txt --json)";

constexpr const char* kModelExamples = R"(Examples:
  lingua model
  lingua model other.gguf --json)";

constexpr const char* kCompletionExamples = R"(Examples:
  lingua completion bash > ~/.local/share/bash-completion/completions/lingua
  lingua completion zsh > "${fpath[1]}/_lingua"
  lingua completion fish > ~/.config/fish/completions/lingua.fish)";

std::string version_text() {
  const std::string llama = backend_version(Backend::llama);
  return fmt::format("lingua {}\nbackends: engine{}", LINGUA_VERSION, llama.empty() ? "" : ", llama (" + llama + ")");
}

void add_score(CLI::App& app, ScoreArguments& arguments) {
  CLI::App* command = app.add_subcommand("score", "Show how surprising each token of a text is");
  command->add_option("FILE", arguments.file, "The text (default or -: standard input)")->type_name("");
  add_choice(
      *command, "--format", kScoreFormats, [&](ScoreFormat f) { arguments.format = f; },
      "How to print (default: text)");
  const auto json = [&](std::int64_t) { arguments.format = ScoreFormat::json; };
  command->add_flag_function("--json", json, "The same as --format json (docs/json.md)");
  add_file(*command, "-o,--output", arguments.output, "Write to a file, whole or not at all");
  add_max_bytes(*command, [&](std::uint64_t bytes) { arguments.max_bytes = bytes; });
  add_model_options(*command, arguments.model);
  command->footer(kScoreExamples);
}

void add_expand(CLI::App& app, ExpandArguments& arguments) {
  CLI::App* command = app.add_subcommand("expand", "Print the original of a result of `compress --json`");
  command->add_option("FILE", arguments.file, "The result (default or -: standard input)")->type_name("");
  add_file(*command, "-o,--output", arguments.output, "Write to a file, whole or not at all");
  add_max_bytes(
      *command, [&](std::uint64_t bytes) { arguments.max_bytes = bytes; }, "256M");
  command->footer(kExpandExamples);
}

void add_recover(CLI::App& app, RecoverArguments& arguments) {
  CLI::App* command = app.add_subcommand("recover", "Put a reader's answer back into the original's words");
  command->add_option("FILE", arguments.file, "The result of `compress --json` that the reader saw")
      ->type_name("")
      ->required();
  add_file(*command, "--answer", arguments.answer, "The answer (default or -: standard input)");
  command->add_option("--answer-text", arguments.answer_text, "The same, as text")->type_name("TEXT");
  command->add_option("--max-gap", arguments.max_gap, "Longest piece that comes back between two words (default: 40)")
      ->type_name("N")
      ->check(whole_number<std::size_t>());
  command->add_flag("--json", arguments.json, "The answer and what was replaced (docs/json.md)");
  command->add_flag("-q,--quiet", arguments.quiet, "No summary on standard error");
  add_file(*command, "-o,--output", arguments.output, "Write to a file, whole or not at all");
  add_max_bytes(
      *command, [&](std::uint64_t bytes) { arguments.max_bytes = bytes; }, "256M");
  command->footer(kRecoverExamples);
  command->callback([command] { choose_one(*command, {"--answer", "--answer-text"}); });
}

void add_model(CLI::App& app, InspectArguments& arguments) {
  CLI::App* command = app.add_subcommand("model", "Show what a model file (GGUF) holds, and where the default is");
  command->add_option("FILE", arguments.path, "The model (default: the one that is used)")->type_name("");
  command->add_flag("--json", arguments.json, "One JSON document (docs/json.md)");
  command->footer(kModelExamples);
}

void add_completion(CLI::App& app, CompletionArguments& arguments) {
  CLI::App* command = app.add_subcommand("completion", "Print the completion script of a shell");
  add_choice(
      *command, "SHELL", kShells, [&](Shell shell) { arguments.shell = shell; }, "Which shell")
      ->required();
  command->footer(kCompletionExamples);
}

}  // namespace

void add_model_options(CLI::App& command, ModelArguments& arguments) {
  command.option_defaults()->group("Model");
  add_file(command, "--model", arguments.path,
           "The model, a GGUF file (default: $LINGUA_MODEL, else see `lingua model`)");
  add_choice(
      command, "--backend", kBackends, [&](Backend backend) { arguments.options.backend = backend; },
      "What computes (default: auto, lingua's engine, llama.cpp for models it does not know)");
  command
      .add_option("--gpu-layers", arguments.options.gpu_layers, "Layers on the GPU, with llama.cpp (default: all)")
      ->type_name("N")
      ->check(whole_number<unsigned>());
  add_choice(
      command, "--compute", kComputeTypes, [&](ComputeType type) { arguments.options.compute = type; },
      "Arithmetic (default: auto, the fastest here)");
  command.add_option("--threads", arguments.options.threads, "Threads (default: 0, all there are)")
      ->type_name("N")
      ->check(whole_number<unsigned>());
  command.add_option("--window", arguments.options.window, "Tokens the model sees at most (default: 0, its own)")
      ->type_name("N")
      ->check(whole_number<std::size_t>());
}

std::unique_ptr<CLI::App> make_app(Arguments& arguments) {
  auto app = std::make_unique<CLI::App>("Makes long prompts short for large language models (LLMLingua).", "lingua");
  app->set_version_flag("--version", version_text());
  app->require_subcommand(0, 1);  // run() has a better message for none
  app->get_formatter()->column_width(34);
  app->footer(kFirstExamples);
  add_compress(*app, arguments.compress);
  add_score(*app, arguments.score);
  add_expand(*app, arguments.expand);
  add_recover(*app, arguments.recover);
  add_model(*app, arguments.inspect);
  add_completion(*app, arguments.completion);
  return app;
}

}  // namespace lingua::cli
