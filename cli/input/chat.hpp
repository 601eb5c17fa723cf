// --input-format messages: an OpenAI-style chat in, the same chat with shorter contents out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "input/pieces.hpp"
#include "input/strict_json.hpp"

namespace lingua::cli {

/// A list of messages, or an object with "messages". Each text in it is a piece: of system and developer messages
/// the instruction, of the last user message the question, of all others contexts.
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

  /// The chat with `texts[i]` in place of piece i, all other fields untouched. Messages that became empty go, but for
  /// system messages, the last user message, and those that tool calls hang on.
  Rewritten rewrite(const std::vector<std::string>& texts) const;

 private:
  struct Slot {
    std::size_t message;
    Json::json_pointer content;  ///< within the message
  };

  const Json& messages() const { return document_.is_array() ? document_ : document_["messages"]; }
  void add_message(std::size_t index, const Json& message, Role role);
  bool removable(std::size_t index, const Json& message) const;

  Json document_;
  std::vector<Piece> pieces_;
  std::vector<Slot> slots_;  ///< of each piece
  std::size_t last_user_ = 0;
};

}  // namespace lingua::cli
