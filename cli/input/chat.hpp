// --input-format messages: a chat as the OpenAI or the Anthropic API has it in, the same chat with shorter contents
// out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "input/json_document.hpp"
#include "input/pieces.hpp"

namespace lingua::cli {

/// Where a text of a chat comes from.
struct Turn {
  Speaker speaker;
  std::size_t age;  ///< messages that come after its own
};

/// A list of messages, or an object with "messages". Each text in it is a piece: of system and developer messages,
/// and of the object's "system", the instruction; of the last user message the question; of all others, and of the
/// results of tools wherever they stand, contexts. Of a tool's result that is JSON the long strings are the pieces.
class Chat {
 public:
  /// `min_string`: bytes of the shortest string to compress of a result that is JSON.
  /// Throws Error: input_malformed (malformed, wrong shape, unknown role).
  explicit Chat(std::string text, std::size_t min_string = kMinString);

  /// In the order of the chat, and where each comes from.
  const std::vector<Piece>& pieces() const noexcept { return pieces_; }
  const std::vector<Turn>& turns() const noexcept { return turns_; }

  struct Rewritten {
    std::string text;
    std::size_t removed;  ///< messages that became empty
  };

  /// The chat with the bytes `kept[i]` of piece i: the input with bytes taken out. Text parts and messages that
  /// became empty go, where others are left; not system messages, the last user message, and what belongs to tools.
  Rewritten rewrite(const std::vector<std::vector<ByteSpan>>& kept) const;

 private:
  friend class ChatReader;

  /// A string of the chat and the pieces that it is made of: itself, or strings of the JSON in it.
  struct Text {
    std::size_t place;
    std::size_t begin, end;  ///< pieces
    std::optional<JsonDocument> json;
  };
  /// A message, or an element of its content.
  struct Element {
    std::size_t place;
    std::vector<std::size_t> pieces = {};  ///< all texts of it
    bool may_go = false;                   ///< once all of them became empty
  };
  struct Message : Element {
    std::vector<Element> content = {};  ///< its elements; of a string none
  };

  std::string text_;
  std::vector<Piece> pieces_;
  std::vector<Turn> turns_;  ///< of each piece
  std::vector<Text> texts_;
  std::vector<Message> messages_;
  std::vector<ByteSpan> places_;  ///< in `text_`, of all that the others name by index
};

}  // namespace lingua::cli
