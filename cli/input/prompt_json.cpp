// Unknown keys are refused: a misspelt "context" must not quietly lose the documents.
#include "input/prompt_json.hpp"

#include <fmt/format.h>

namespace lingua::cli {

namespace {

/// The whole number `value[key]`, at most `limit`; `fallback` where it is missing.
std::size_t number_at(const Json& value, const char* key, const std::string& path, std::size_t limit,
                      std::optional<std::size_t> fallback) {
  if (!value.contains(key) && fallback) return *fallback;
  if (!value.contains(key)) refuse_json(fmt::format("{}.{} is missing", path, key));
  const Json& number = value[key];
  if (!number.is_number_unsigned() || number.get<std::size_t>() > limit)
    refuse_json(fmt::format("{}.{} is {}, not a whole number from 0 to {}", path, key, number.dump(), limit));
  return number.get<std::size_t>();
}

/// {"part": "contexts", "index": 0, "begin": 4, "end": 9}: adds the span to the piece that it is of.
void add_keep(std::vector<Piece>& pieces, const Json& value, const std::string& path) {
  if (!value.is_object()) refuse_json(path + " is " + kind_of(value) + ", not an object with part, begin and end");
  for (const auto& [key, unused] : value.items())
    if (key != "part" && key != "index" && key != "begin" && key != "end")
      refuse_json(fmt::format("unknown key \"{}\" in {}; it has part, index, begin and end", key, path));
  const std::string part = value.contains("part") ? string_at(value["part"], path + ".part") : "contexts";
  if (part != "instruction" && part != "contexts" && part != "question")
    refuse_json(fmt::format("{}.part is \"{}\", none of instruction, contexts, question", path, part));
  const Role role = part == "instruction" ? Role::instruction : part == "question" ? Role::question : Role::context;
  std::vector<Piece*> texts;
  for (Piece& piece : pieces)
    if (piece.role == role) texts.push_back(&piece);
  if (texts.empty()) refuse_json(fmt::format("{} is of the {}, which the prompt does not have", path, part));
  Piece& piece = *texts[number_at(value, "index", path, texts.size() - 1, 0)];
  const std::size_t end = number_at(value, "end", path, piece.text.size(), std::nullopt);
  piece.keep.push_back({number_at(value, "begin", path, end, std::nullopt), end});
}

}  // namespace

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
    } else if (key != "keep") {
      refuse_json("unknown key \"" + key + "\"; a prompt has instruction, contexts, question and keep");
    }
  }
  const Json keep = document.value("keep", Json::array());
  if (!keep.is_array()) refuse_json("keep is " + kind_of(keep) + ", not an array of spans");
  for (std::size_t i = 0; i < keep.size(); ++i) add_keep(pieces, keep[i], fmt::format("keep[{}]", i));
  empty_blank(pieces);
  return pieces;
}

}  // namespace lingua::cli
