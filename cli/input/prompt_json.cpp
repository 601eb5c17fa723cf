// Unknown keys are refused: a misspelt "context" must not quietly lose the documents.
#include "input/prompt_json.hpp"

namespace lingua::cli {

std::vector<Piece> parse_prompt_json(std::string_view text) { return prompt_pieces(parse_json(text)); }

std::vector<Piece> prompt_pieces(const Json& document) {
  if (!document.is_object()) {
    refuse_json("the prompt is " + kind_of(document) +
                R"(, not an object {"instruction": "...", "contexts": ["..."], "question": "..."})");
  }
  std::vector<Piece> pieces;
  for (const auto& [key, value] : document.items()) {
    if (key == "instruction") {
      pieces.push_back({Role::instruction, string_at(value, key)});
    } else if (key == "question") {
      pieces.push_back({Role::question, string_at(value, key)});
    } else if (key == "contexts") {
      if (!value.is_array()) refuse_json("contexts is " + kind_of(value) + ", not an array of strings");
      for (std::size_t i = 0; i < value.size(); ++i) {
        pieces.push_back({Role::context, string_at(value[i], "contexts[" + std::to_string(i) + "]")});
      }
    } else {
      refuse_json("unknown key \"" + key + "\"; a prompt has instruction, contexts and question");
    }
  }
  return pieces;
}

}  // namespace lingua::cli
