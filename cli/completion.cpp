// Completion scripts, written from the CLI11 application: a new option completes without anybody thinking of it.
// An option's type name says what its value is: "a|b|c" are words, FILE is a file, anything else is free. A
// positional argument without one is a file.
#include <fmt/format.h>

#include "choices.hpp"
#include "commands/commands.hpp"

namespace lingua::cli {
namespace {

struct Value {
  enum Kind { none, file, words, free } kind;
  std::string words_list;  ///< separated by spaces
};

Value value_of(const CLI::Option& option) {
  if (option.get_items_expected_max() == 0) return {Value::none, ""};
  std::string type = option.get_type_name();
  if (type == "FILE" || (option.get_positional() && type.empty())) return {Value::file, ""};
  if (type.find('|') == std::string::npos) return {Value::free, ""};
  std::replace(type.begin(), type.end(), '|', ' ');
  return {Value::words, type};
}

/// "--output -o", the way each shell's option lists start.
std::vector<std::string> flags_of(const CLI::Option& option) {
  std::vector<std::string> flags;
  for (const std::string& name : option.get_lnames()) flags.push_back("--" + name);
  for (const std::string& name : option.get_snames()) flags.push_back("-" + name);
  return flags;
}

std::string join(const std::vector<std::string>& words, std::string_view separator) {
  std::string all;
  for (const std::string& word : words) all.append(all.empty() ? "" : separator).append(word);
  return all;
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> list;
  for (const CLI::App* command : app.get_subcommands({})) list.push_back(command->get_name());
  return list;
}

/// The words that stand for positional arguments, e.g. the shells of `completion`.
std::string positional_words(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional() && value_of(*option).kind == Value::words) return value_of(*option).words_list;
  }
  return "";
}

/// A shell word that stands for `text` exactly.
std::string shell_word(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string backslashed(const std::string& text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string bash_script(const CLI::App& app) {
  std::string values, options;
  for (const CLI::App* command : app.get_subcommands({})) {
    std::vector<std::string> all;
    for (const CLI::Option* option : command->get_options()) {
      const auto flags = flags_of(*option);
      const Value value = value_of(*option);
      all.insert(all.end(), flags.begin(), flags.end());
      for (const std::string& flag : flags) {
        if (value.kind == Value::none) continue;
        const std::string words = value.kind == Value::words
                                      ? fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$cur\")); ", value.words_list)
                                      : "";
        values += fmt::format("    '{} {}') {}return ;;\n", command->get_name(), flag, words);
      }
    }
    options += fmt::format("    {}) words='{}'; options='{}' ;;\n", command->get_name(), positional_words(*command),
                           join(all, " "));
  }
  return fmt::format(R"(# bash completion of lingua. An empty COMPREPLY falls back to file names.
_lingua() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} command=${{COMP_WORDS[1]}} words= options=
  COMPREPLY=()
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=($(compgen -W '{0} --help --version' -- "$cur"))
    return
  fi
  case "$command $prev" in
{1}  esac
  case $command in
{2}  esac
  case $cur in
    -*) COMPREPLY=($(compgen -W "$options" -- "$cur")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;
  esac
}}
complete -o default -F _lingua lingua
)",
                     join(command_names(app), " "), values, options);
}

std::string zsh_value(const CLI::Option& option) {
  const Value value = value_of(option);
  switch (value.kind) {
    case Value::none:
      return "";
    case Value::file:
      return ":file:_files";
    case Value::words:
      return ":value:(" + value.words_list + ")";
    case Value::free:
      return ":" + option.get_type_name() + ":";
  }
  return "";
}

std::string zsh_script(const CLI::App& app) {
  std::string commands, cases;
  for (const CLI::App* command : app.get_subcommands({})) {
    const std::string& name = command->get_name();
    commands += "    " + shell_word(name + ":" + command->get_description()) + "\n";
    std::string specs;
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& flag : flags_of(*option)) {
        const std::string spec = "*" + flag + "[" + backslashed(option->get_description(), "[]:") + "]";
        specs += " \\\n      " + shell_word(spec + zsh_value(*option));
      }
      if (option->get_positional()) specs += " \\\n      " + shell_word("1" + zsh_value(*option));
    }
    cases += fmt::format("    {}) _arguments{} ;;\n", name, specs);
  }
  return fmt::format(R"(#compdef lingua
_lingua() {{
  local -a commands=(
{0}  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
{1}  esac
}}
compdef _lingua lingua
)",
                     commands, cases);
}

std::string fish_script(const CLI::App& app) {
  std::string out = "# fish completion of lingua\n";
  const std::string all = join(command_names(app), " ");
  for (const CLI::App* command : app.get_subcommands({})) {
    const std::string& name = command->get_name();
    out += fmt::format("complete -c lingua -f -n 'not __fish_seen_subcommand_from {}' -a {} -d {}\n", all, name,
                       shell_word(command->get_description()));
    for (const CLI::Option* option : command->get_options()) {
      const Value value = value_of(*option);
      std::string line = fmt::format("complete -c lingua -n '__fish_seen_subcommand_from {}'", name);
      for (const std::string& flag : option->get_lnames()) line += " -l " + flag;
      for (const std::string& flag : option->get_snames()) line += " -s " + flag;
      if (value.kind == Value::file) line += " -rF";
      if (value.kind == Value::free) line += " -x";
      if (value.kind == Value::words)
        line += (option->get_positional() ? " -f -a " : " -x -a ") + shell_word(value.words_list);
      if (!option->get_positional() || value.kind == Value::words) {
        out += line + " -d " + shell_word(option->get_description()) + "\n";
      }
    }
  }
  return out;
}

}  // namespace

std::string completion_script(const CLI::App& app, Shell shell) {
  switch (shell) {
    case Shell::bash:
      return bash_script(app);
    case Shell::zsh:
      return zsh_script(app);
    case Shell::fish:
      return fish_script(app);
  }
  return "";
}

}  // namespace lingua::cli
