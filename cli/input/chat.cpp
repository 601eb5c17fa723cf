// The document is kept as parsed; only the strings that hold contents are replaced.
#include "input/chat.hpp"

#include <fmt/format.h>

namespace lingua::cli {
namespace {

std::string path_of(std::size_t index, std::string_view field) {
  return fmt::format("messages[{}].{}", index, field);
}

/// The role as the chat states it. Throws when it is missing or unknown.
const std::string& chat_role(const Json& message, std::size_t index) {
  if (!message.is_object()) {
    refuse_json(fmt::format("messages[{}] is {}, not an object with role and content", index, kind_of(message)));
  }
  if (!message.contains("role")) refuse_json(path_of(index, "role") + " is missing");
  const std::string& role = string_at(message["role"], path_of(index, "role"));
  for (std::string_view known : {"system", "developer", "user", "assistant", "tool", "function"}) {
    if (role == known) return role;
  }
  refuse_json(fmt::format("{} is \"{}\", none of system, developer, user, assistant, tool, function",
                          path_of(index, "role"), role));
}

bool is_instruction(std::string_view role) { return role == "system" || role == "developer"; }

bool has_text(const Json& content) {
  if (content.is_string()) return !content.get_ref<const std::string&>().empty();
  const auto is_empty = [](const Json& part) { return part.contains("text") && part["text"] == Json(""); };
  return content.is_array() && !std::all_of(content.begin(), content.end(), is_empty);
}

}  // namespace

Chat::Chat(std::string_view text) : document_(parse_json(text)) {
  const bool wrapped = document_.is_object() && document_.contains("messages");
  if (!document_.is_array() && !wrapped) {
    refuse_json("the chat is " + kind_of(document_) +
                " without \"messages\"; expected a list of messages, or an "
                "object with \"messages\"");
  }
  const Json& list = messages();
  if (!list.is_array()) refuse_json("messages is " + kind_of(list) + ", not an array");
  if (list.empty()) refuse_json("the chat has no messages");
  last_user_ = list.size();  // none
  std::vector<std::string> roles;
  for (std::size_t i = 0; i < list.size(); ++i) {
    roles.push_back(chat_role(list[i], i));
    if (roles.back() == "user") last_user_ = i;
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    add_message(i, list[i],
                is_instruction(roles[i]) ? Role::instruction
                : i == last_user_        ? Role::question
                                         : Role::context);
  }
}

void Chat::add_message(std::size_t index, const Json& message, Role role) {
  const std::string path = path_of(index, "content");
  if (!message.contains("content") || message["content"].is_null()) return;  // a turn of tool calls only
  const Json& content = message["content"];
  if (content.is_string()) {
    pieces_.push_back({role, content.get<std::string>()});
    slots_.push_back({index, Json::json_pointer("/content")});
    return;
  }
  if (!content.is_array()) refuse_json(path + " is " + kind_of(content) + ", not a string or an array of parts");
  for (std::size_t i = 0; i < content.size(); ++i) {
    const std::string part_path = fmt::format("{}[{}]", path, i);
    if (!content[i].is_object() || !content[i].contains("type")) {
      refuse_json(part_path + R"( is not an object such as {"type": "text", "text": "..."})");
    }
    if (string_at(content[i]["type"], part_path + ".type") != "text") continue;  // images stay as they are
    if (!content[i].contains("text")) refuse_json(part_path + ".text is missing");
    pieces_.push_back({role, string_at(content[i]["text"], part_path + ".text")});
    slots_.push_back({index, Json::json_pointer(fmt::format("/content/{}/text", i))});
  }
}

bool Chat::removable(std::size_t index, const Json& message) const {
  const std::string& role = message["role"].get_ref<const std::string&>();
  const bool answers_or_calls =
      role == "tool" || role == "function" || message.contains("tool_calls") || message.contains("function_call");
  return index != last_user_ && !is_instruction(role) && !answers_or_calls && !has_text(message["content"]);
}

Chat::Rewritten Chat::rewrite(const std::vector<std::string>& texts) const {
  Rewritten out{document_, 0};
  Json& list = out.document.is_array() ? out.document : out.document["messages"];
  for (std::size_t i = 0; i < slots_.size(); ++i) list[slots_[i].message][slots_[i].content] = texts[i];
  Json left = Json::array();
  for (std::size_t i = 0; i < list.size(); ++i) {
    const bool was_empty = !messages()[i].contains("content") || !has_text(messages()[i]["content"]);
    if (was_empty || !removable(i, list[i])) {
      left.push_back(std::move(list[i]));
    } else {
      ++out.removed;
    }
  }
  list = std::move(left);
  return out;
}

}  // namespace lingua::cli
