// --input-format messages: a chat as the OpenAI or the Anthropic API has it in, the same chat with shorter contents
// out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "input/pieces.hpp"
#include "input/strict_json.hpp"

namespace lingua::cli {

/// A list of messages, or an object with "messages". Each text in it is a piece: of system and developer messages,
/// and of the object's "system", the instruction; of the last user message the question; of all others, and of the
/// results of tools wherever they stand, contexts.
class Chat {
 public:
  /// Throws Error: input_malformed (malformed, wrong shape, unknown role).
  explicit Chat(std::string_view text);

  /// The texts, in the order of the chat.
  const std::vector<Piece>& pieces() const noexcept { return pieces_; }

  struct Rewritten {
    Json document;
    std::size_t removed;  ///< messages that became empty
  };

  /// The chat with `texts[i]` in place of piece i, all other fields untouched. Text parts and messages that became
  /// empty go, but for system messages, the last user message, and those that tool calls hang on.
  Rewritten rewrite(const std::vector<std::string>& texts) const;

 private:
  const Json& messages() const { return document_.is_array() ? document_ : document_["messages"]; }
  /// `place`: of the value in the document; `path`: how messages call it.
  void add_text(Role role, const Json& text, const Json::json_pointer& place, const std::string& path);
  void add_content(Role role, const Json& content, const Json::json_pointer& place, const std::string& path);
  bool removable(std::size_t index, const Json& message) const;

  Json document_;
  std::vector<Piece> pieces_;
  std::vector<Json::json_pointer> places_;  ///< of each piece
  std::size_t last_user_ = 0;
};

}  // namespace lingua::cli
