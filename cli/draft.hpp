// A preset is a starting point that explicit options override, wherever it stands on the command line. So the options
// of `compress` are first collected as edits, and made on the preset in the end.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <lingua/options.hpp>

#include "values.hpp"

namespace lingua::cli {

struct Draft {
  Preset preset = Preset::standard;
  std::vector<std::function<void(Options&)>> edits;

  Options finish() const {
    Options options = options_for(preset);
    for (const auto& edit : edits) edit(options);
    return options;
  }
};
using DraftPtr = std::shared_ptr<Draft>;

/// An option whose value goes into `member`.
template <typename T>
CLI::Option* add_edit(CLI::App& command, const DraftPtr& draft, const std::string& name, T Options::*member,
                      const std::string& help) {
  const auto edit = [draft, member](const T& value) {
    draft->edits.emplace_back([member, value](Options& options) { options.*member = value; });
  };
  CLI::Option* option = command.add_option_function<T>(name, edit, help);
  return std::is_floating_point_v<T> ? option->type_name("X")->check(real_number())
                                     : option->type_name("N")->check(whole_number<std::uint64_t>());
}

/// The same for a value with a name in `table`.
template <typename Table, typename T>
CLI::Option* add_choice_edit(CLI::App& command, const DraftPtr& draft, const std::string& name, const Table& table,
                             T Options::*member, const std::string& help) {
  const auto edit = [draft, member](T value) {
    draft->edits.emplace_back([member, value](Options& options) { options.*member = value; });
  };
  return add_choice(command, name, table, edit, help);
}

/// --preset and everything that says how to choose what is kept: options_method.cpp.
void add_method(CLI::App& command, const DraftPtr& draft);

/// What is compressed of chats and JSON documents, and how far: options_json.cpp.
void add_json(CLI::App& command, CompressArguments& arguments);

}  // namespace lingua::cli
