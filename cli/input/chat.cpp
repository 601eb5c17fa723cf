// A chat is read twice: as values, to see its shape, and as bytes, to see where the texts and what goes with them
// stand.
#include "input/chat.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <lingua/error.hpp>
#include <unordered_map>
#include <utility>

#include "input/json_cuts.hpp"
#include "input/json_places.hpp"
#include "input/strict_json.hpp"

namespace lingua::cli {
namespace {

std::string path_of(std::size_t index, std::string_view field) {
  return fmt::format("messages[{}].{}", index, field);
}

/// Who speaks, as the message states it. Throws when the role is missing or unknown.
Speaker speaker_of(const Json& message, std::size_t index) {
  if (!message.is_object())
    refuse_json(fmt::format("messages[{}] is {}, not an object with role and content", index, kind_of(message)));
  if (!message.contains("role")) refuse_json(path_of(index, "role") + " is missing");
  const std::string& role = string_at(message["role"], path_of(index, "role"));
  if (role == "system" || role == "developer") return Speaker::system;
  if (role == "user") return Speaker::user;
  if (role == "assistant") return Speaker::assistant;
  if (role == "tool" || role == "function") return Speaker::tool;
  refuse_json(fmt::format("{} is \"{}\", none of system, developer, user, assistant, tool, function",
                          path_of(index, "role"), role));
}

const Json& messages_of(const Json& document) {
  const bool wrapped = document.is_object() && document.contains("messages");
  if (!document.is_array() && !wrapped)
    refuse_json("the chat is " + kind_of(document) +
                " without \"messages\"; expected a list of messages, or an object with \"messages\"");
  const Json& list = wrapped ? document["messages"] : document;
  if (!list.is_array()) refuse_json("messages is " + kind_of(list) + ", not an array");
  if (list.empty()) refuse_json("the chat has no messages");
  return list;
}

/// `text` as JSON, if it is an object or an array. Numbers, words in quotation marks and the like are texts.
std::optional<JsonDocument> json_in(const std::string& text, std::size_t min_string) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || (text[first] != '{' && text[first] != '[')) return std::nullopt;
  try {
    return JsonDocument(text, {}, min_string);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

/// Fills a chat from its values; bytes are found last, all in one walk.
class ChatReader {
 public:
  ChatReader(Chat& chat, std::size_t min_string)
      : chat_(chat), min_string_(min_string), document_(parse_json(chat.text_)), list_(messages_of(document_)) {}

  void read() {
    std::vector<Speaker> speakers;
    for (std::size_t i = 0; i < list_.size(); ++i) speakers.push_back(speaker_of(list_[i], i));
    const auto last_user = std::find(speakers.rbegin(), speakers.rend(), Speaker::user).base() - speakers.begin() - 1;
    if (document_.is_object() && document_.contains("system")) {
      Chat::Message beside;  // never goes
      add_content(beside, {Role::instruction, {Speaker::system, list_.size()}}, {Pointer("/system"), "system"});
    }
    for (std::size_t i = 0; i < list_.size(); ++i) {
      const bool asks = static_cast<std::ptrdiff_t>(i) == last_user;
      const Role role = speakers[i] == Speaker::system ? Role::instruction : asks ? Role::question : Role::context;
      add_message(i, {role, {speakers[i], list_.size() - 1 - i}});
    }
    find_places();
  }

 private:
  using Pointer = Json::json_pointer;
  struct Origin {
    Role role;
    Turn turn;
  };
  /// A value, and how messages call it.
  struct Place {
    Pointer pointer;
    std::string name;
    Place member(const char* key) const { return {pointer / key, name + "." + key}; }
    Place element(std::size_t index) const { return {pointer / index, fmt::format("{}[{}]", name, index)}; }
  };

  void add_message(std::size_t index, const Origin& origin) {
    const Json& message = list_[index];
    const Place place{Pointer(document_.is_array() ? "" : "/messages") / index, fmt::format("messages[{}]", index)};
    Chat::Message& added = chat_.messages_.emplace_back();
    added.place = place_of(place.pointer);
    added.may_go = origin.role == Role::context && origin.turn.speaker != Speaker::tool &&
                   !message.contains("tool_calls") && !message.contains("function_call");
    if (message.contains("content")) add_content(added, origin, place.member("content"));
  }

  void add_content(Chat::Message& message, const Origin& origin, const Place& place) {
    const Json& content = document_[place.pointer];
    if (content.is_null()) return;  // a turn of tool calls only
    if (content.is_string()) return add_text(message, origin, place);
    if (!content.is_array())
      refuse_json(place.name + " is " + kind_of(content) + ", not a string or an array of parts");
    for (std::size_t i = 0; i < content.size(); ++i) {
      Chat::Element& part = message.content.emplace_back();
      part.place = place_of(place.pointer / i);
      part.may_go = origin.turn.speaker != Speaker::tool;
      add_part(part, origin, place.element(i));
      message.may_go = message.may_go && part.may_go;
      message.pieces.insert(message.pieces.end(), part.pieces.begin(), part.pieces.end());
    }
  }

  void add_part(Chat::Element& element, const Origin& origin, const Place& place) {
    const Json& part = document_[place.pointer];
    if (!part.is_object() || !part.contains("type"))
      refuse_json(place.name + R"( is not an object such as {"type": "text", "text": "..."})");
    const std::string& type = string_at(part["type"], place.name + ".type");
    if (type == "text") {
      if (!part.contains("text")) refuse_json(place.name + ".text is missing");
      return add_text(element, origin, place.member("text"));
    }
    element.may_go = false;  // tool calls, images and documents stay as they are, results of tools keep their shape
    if (type != "tool_result" || !part.contains("content")) return;
    Chat::Message result;
    add_content(result, {Role::context, {Speaker::tool, origin.turn.age}}, place.member("content"));
  }

  void add_text(Chat::Element& element, const Origin& origin, const Place& place) {
    const std::string& text = string_at(document_[place.pointer], place.name);
    Chat::Text& added = chat_.texts_.emplace_back();
    added.place = place_of(place.pointer);
    added.begin = chat_.pieces_.size();
    if (origin.turn.speaker == Speaker::tool) added.json = json_in(text, min_string_);
    if (added.json) {
      for (const Section& section : added.json->prompt().sections) add_piece(element, origin, section.text);
    } else {
      add_piece(element, origin, text);
    }
    added.end = chat_.pieces_.size();
  }

  void add_piece(Chat::Element& element, const Origin& origin, const std::string& text) {
    element.pieces.push_back(chat_.pieces_.size());
    chat_.pieces_.push_back({origin.role, text});
    chat_.turns_.push_back(origin.turn);
  }

  std::size_t place_of(const Pointer& pointer) {
    return wanted_.emplace(pointer.to_string(), wanted_.size()).first->second;
  }

  void find_places() {
    chat_.places_.resize(wanted_.size());
    visit_json(chat_.text_, [&](const JsonPath& path, ByteSpan place) {
      Pointer pointer;
      for (const std::string& step : path) pointer /= step;
      const auto found = wanted_.find(pointer.to_string());
      if (found != wanted_.end()) chat_.places_[found->second] = place;
    });
  }

  Chat& chat_;
  const std::size_t min_string_;
  const Json document_;
  const Json& list_;
  std::unordered_map<std::string, std::size_t> wanted_;  ///< JSON pointers, and their indices in `places_`
};

Chat::Chat(std::string text, std::size_t min_string) : text_(std::move(text)) {
  ChatReader(*this, min_string).read();
}

Chat::Rewritten Chat::rewrite(const std::vector<std::vector<ByteSpan>>& kept) const {
  const auto goes = [&](const Element& element) {
    const auto& pieces = element.pieces;
    return element.may_go && std::ranges::all_of(pieces, [&](std::size_t piece) { return kept[piece].empty(); }) &&
           std::ranges::any_of(pieces, [&](std::size_t piece) { return !pieces_[piece].text.empty(); });
  };
  JsonCuts cuts(text_);
  for (const Text& text : texts_) {
    const std::span own(kept.begin() + static_cast<std::ptrdiff_t>(text.begin), text.end - text.begin);
    cuts.shorten_string(places_[text.place], text.json ? text.json->left(own) : own.front());
  }
  const auto remove_emptied = [&](const auto& elements) {
    std::vector<ByteSpan> places;
    std::vector<bool> removed;
    for (const Element& element : elements) {
      places.push_back(places_[element.place]);
      removed.push_back(goes(element));
    }
    const auto count = static_cast<std::size_t>(std::ranges::count(removed, true));
    if (count == elements.size()) return std::size_t{0};  // APIs want one at least
    cuts.remove_elements(places, removed);
    return count;
  };
  for (const Message& message : messages_) remove_emptied(message.content);
  const std::size_t removed = remove_emptied(messages_);
  return {std::move(cuts).apply(), removed};
}

}  // namespace lingua::cli
