// The options of `lingua compress` for JSON: what is compressed of chats and documents, and how far.
#include "draft.hpp"

namespace lingua::cli {
namespace {

/// "/items/*/text=0.3": the last "=" counts.
PathRule path_rule(const std::string& text) {
  const std::size_t equals = text.rfind('=');
  if (equals == std::string::npos) return {text, std::nullopt};
  return {text.substr(0, equals), parse_share(text.substr(equals + 1))};
}

CLI::Validator path_check() {
  const auto check = [](std::string& text) {
    if (!text.starts_with('/')) return fmt::format("'{}' does not begin with a slash, as /items/*/text does", text);
    const bool fine = text.find('=') == std::string::npos || path_rule(text).rate;
    return fine ? "" : fmt::format("the rate in '{}' is not a number from 0 to 1", text);
  };
  return {check, ""};
}

/// What is compressed of a JSON document.
void add_document(CLI::App& command, CompressArguments& arguments) {
  command.option_defaults()->group("JSON documents");
  const auto add_path = [&](const std::string& text) { arguments.paths.push_back(path_rule(text)); };
  command
      .add_option_function<std::string>("--path", add_path,
                                        "Strings to compress, e.g. /items/*/text=0.3 (repeatable; default: all)")
      ->type_name("PATTERN[=RATE]")
      ->trigger_on_parse()
      ->check(path_check());
  command.add_option("--min-string", arguments.min_string, "Strings of fewer bytes stay (default: 80)")
      ->type_name("N")
      ->check(whole_number<std::size_t>());
}

/// "tool=0.3", of which `name` reads what stands before the "="; nothing where one of the two is wrong.
template <typename Name>
auto rate_rule(const std::string& text, Name name) {
  const std::size_t equals = text.find('=');
  const auto key = name(text.substr(0, equals));
  const auto rate = parse_share(equals == std::string::npos ? "" : text.substr(equals + 1));
  return key && rate ? std::optional(std::pair(*key, *rate)) : std::nullopt;
}

std::optional<Speaker> speaker(const std::string& text) {
  const auto found = std::find_if(kSpeakers.begin(), kSpeakers.end(), [&](auto& c) { return c.name == text; });
  return found != kSpeakers.end() ? std::optional(found->value) : std::nullopt;
}

std::optional<std::size_t> messages(const std::string& text) {
  return parse_whole(text, std::numeric_limits<std::size_t>::max());
}

/// An option for a list of rules; `type` is what one looks like.
template <typename Name, typename Rules>
void add_rate_rules(CLI::App& command, const std::string& option, Name name, Rules& rules, const std::string& type,
                    const std::string& help) {
  const auto check = [=](std::string& text) {
    for (const std::string& rule : CLI::detail::split(text, ','))
      if (!rate_rule(rule, name)) return fmt::format("'{}' is not {}, X from 0 to 1", rule, type);
    return std::string();
  };
  const auto add = [&rules, name](const std::string& text) {
    for (const std::string& rule : CLI::detail::split(text, ',')) rules.push_back(*rate_rule(rule, name));
  };
  command.add_option_function<std::string>(option, add, help)
      ->type_name(type + ",...")
      ->check(CLI::Validator(check, ""));
}

void add_chat(CLI::App& command, CompressArguments& arguments) {
  command.option_defaults()->group("Chats");
  add_rate_rules(command, "--rate-role", speaker, arguments.chat_rates.by_role, names(kSpeakers) + "=X",
                 "Share kept of a role's messages, e.g. assistant=0.3,tool=0.2");
  add_rate_rules(command, "--rate-age", messages, arguments.chat_rates.by_age, "N=X",
                 "Share kept of messages that N or more follow, e.g. 4=0.5,12=0.1");
}

}  // namespace

void add_json(CLI::App& command, CompressArguments& arguments) {
  add_chat(command, arguments);
  add_document(command, arguments);
}

}  // namespace lingua::cli
