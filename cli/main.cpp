// `lingua`: parse, run one command, turn failures into one line and an exit code.
#include <cstdio>
#include <exception>
#include <iostream>
#include <new>

#include <lingua/error.hpp>

#include "app.hpp"
#include "commands/commands.hpp"
#include "interrupt.hpp"
#include "output_file.hpp"

namespace lingua::cli {
namespace {

int report(ErrorCode code, const std::string& message) {
  std::cerr << "lingua: error: " << message << '\n';
  return error_info(code).exit_code;
}

/// Help and version are "errors" to CLI11, too.
int report(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
  const auto commands = app.get_subcommands();
  const std::string name = commands.empty() ? "lingua" : "lingua " + commands.front()->get_name();
  return report(ErrorCode::invalid_option, std::string(error.what()) + " (see " + name + " --help)");
}

int run(int argc, const char* const* argv) {
  Arguments arguments;
  const auto app = make_app(arguments);
  try {
    app->parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return report(*app, error);
  }
  if (app->get_subcommands().empty()) {
    return report(ErrorCode::invalid_option,
                  "a command is missing: compress, expand, recover, score, model or completion (see lingua --help)");
  }
  watch_interrupts();
  if (app->got_subcommand("compress")) run_compress(arguments.compress);
  if (app->got_subcommand("score")) run_score(arguments.score);
  if (app->got_subcommand("expand")) run_expand(arguments.expand);
  if (app->got_subcommand("recover")) run_recover(arguments.recover);
  if (app->got_subcommand("model")) run_model(arguments.inspect);
  if (app->got_subcommand("completion")) write_stdout(completion_script(*app, arguments.completion.shell));
  return 0;
}

}  // namespace
}  // namespace lingua::cli

int main(int argc, char** argv) {
  using namespace lingua;
  try {
    return cli::run(argc, argv);
  } catch (const Error& error) {
    return cli::report(error.code(), error.what());
  } catch (const std::bad_alloc&) {
    return cli::report(ErrorCode::internal, "out of memory");
  } catch (const std::exception& error) {
    return cli::report(ErrorCode::internal, std::string(error.what()) + " (a bug: please report it)");
  }
}
