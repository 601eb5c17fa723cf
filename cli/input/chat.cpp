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

bool has_empty_text(const Json& part) { return part.contains("text") && part["text"] == Json(""); }

bool has_text(const Json& content) {
  if (content.is_string()) return !content.get_ref<const std::string&>().empty();
  return content.is_array() && !std::all_of(content.begin(), content.end(), has_empty_text);
}

/// Takes the text parts that became empty out of a list of parts, unless nothing else is in it: APIs refuse empty
/// ones.
void drop_emptied_parts(Json& content, const Json& original) {
  if (!content.is_array()) return;
  Json left = Json::array();
  for (std::size_t i = 0; i < content.size(); ++i) {
    const bool emptied = content[i]["type"] == "text" && has_empty_text(content[i]) && !has_empty_text(original[i]);
    if (!emptied) left.push_back(content[i]);
  }
  if (!left.empty()) content = std::move(left);
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
  if (wrapped && document_.contains("system"))
    add_content(Role::instruction, document_["system"], Json::json_pointer("/system"), "system");
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!list[i].contains("content")) continue;
    const Role role = is_instruction(roles[i]) ? Role::instruction : i == last_user_ ? Role::question : Role::context;
    add_content(role, list[i]["content"], Json::json_pointer(wrapped ? "/messages" : "") / i / "content",
                path_of(i, "content"));
  }
}

void Chat::add_text(Role role, const Json& text, const Json::json_pointer& place, const std::string& path) {
  pieces_.push_back({role, string_at(text, path)});
  places_.push_back(place);
}

void Chat::add_content(Role role, const Json& content, const Json::json_pointer& place, const std::string& path) {
  if (content.is_null()) return;  // a turn of tool calls only
  if (content.is_string()) return add_text(role, content, place, path);
  if (!content.is_array()) refuse_json(path + " is " + kind_of(content) + ", not a string or an array of parts");
  for (std::size_t i = 0; i < content.size(); ++i) {
    const Json& part = content[i];
    const std::string part_path = fmt::format("{}[{}]", path, i);
    if (!part.is_object() || !part.contains("type"))
      refuse_json(part_path + R"( is not an object such as {"type": "text", "text": "..."})");
    const std::string& type = string_at(part["type"], part_path + ".type");
    if (type == "text") {
      if (!part.contains("text")) refuse_json(part_path + ".text is missing");
      add_text(role, part["text"], place / i / "text", part_path + ".text");
    } else if (type == "tool_result" && part.contains("content")) {
      add_content(Role::context, part["content"], place / i / "content", part_path + ".content");
    }  // tool calls, images and documents stay as they are
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
  for (std::size_t i = 0; i < places_.size(); ++i) out.document[places_[i]] = texts[i];
  Json& list = out.document.is_array() ? out.document : out.document["messages"];
  Json left = Json::array();
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].contains("content")) drop_emptied_parts(list[i]["content"], messages()[i]["content"]);
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
