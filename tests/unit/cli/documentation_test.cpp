// The documentation says what the program does: error codes and options.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include <lingua/error.hpp>

#include "app.hpp"

namespace lingua::cli {
namespace {

using testing::HasSubstr;

std::string document(const std::string& name) {
  std::ifstream file(LINGUA_SOURCE_DIR "/docs/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Documentation, ErrorsHasTheRowsOfTheErrorTable) {
  const std::string errors = document("errors.md");
  for (const ErrorInfo& info : error_table()) {
    EXPECT_THAT(errors, HasSubstr(fmt::format("| {} | `{}` | {} |", info.exit_code, info.name, info.meaning)));
  }
}

TEST(Documentation, CliNamesEveryOption) {
  const std::string text = document("cli.md");
  Arguments arguments;
  const auto app = make_app(arguments);
  for (const CLI::App* command : app->get_subcommands({})) {
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) EXPECT_THAT(text, HasSubstr("`--" + name)) << name;
    }
  }
}

}  // namespace
}  // namespace lingua::cli
