// Any bytes as JSON input of the program. The first byte chooses: a prompt; a chat, which is written back with every
// other text removed; a document, which is written back with and without its strings; a result, on the way back.
#include <cstddef>
#include <cstdint>
#include <lingua/error.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "input/chat.hpp"
#include "input/json_document.hpp"
#include "input/pieces.hpp"
#include "input/prompt_json.hpp"
#include "input/result_json.hpp"
#include "input/strict_json.hpp"
#include "require.hpp"

namespace {

using lingua::fuzz::require;

/// Every piece must be found again where the assembled prompt says it is.
void check_assembly(const std::vector<lingua::cli::Piece>& pieces) {
  const auto assembled = lingua::cli::assemble(pieces, "\n\n");
  require(assembled.locations.size() == pieces.size(), "every piece has a location");
  std::vector<std::string_view> parts;  // as in a result: empty ones are left out
  const auto add = [&](std::string_view part) {
    if (!part.empty()) parts.push_back(part);
  };
  add(assembled.prompt.instruction);
  for (const std::string& context : assembled.prompt.contexts) add(context);
  add(assembled.prompt.question);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const auto& location = assembled.locations[i];
    require(location.has_value() != pieces[i].text.empty(), "pieces with text have a location");
    if (!location) continue;
    require(location->part < parts.size() && location->end <= parts[location->part].size(), "locations lie in parts");
    require(parts[location->part].substr(location->begin, location->end - location->begin) == pieces[i].text,
            "pieces are where they are said to be");
  }
}

void check_chat(std::string_view text) {
  const lingua::cli::Chat chat{std::string(text)};
  check_assembly(chat.pieces());
  std::vector<std::vector<lingua::cli::ByteSpan>> all, every_other;
  for (std::size_t i = 0; i < chat.pieces().size(); ++i) {
    all.push_back({{0, chat.pieces()[i].text.size()}});
    every_other.push_back(i % 2 == 0 ? all.back() : std::vector<lingua::cli::ByteSpan>());
  }
  require(chat.rewrite(all).text == text, "texts that stay leave the chat as it is");
  const lingua::cli::Chat again(chat.rewrite(every_other).text);
  require(again.pieces().size() <= chat.pieces().size(), "a rewritten chat is a chat with no more texts");
}

void check_document(std::string_view text) {
  const lingua::cli::JsonDocument document(std::string(text), {}, 1);
  lingua::Result whole, empty;
  for (const lingua::Section& section : document.prompt().sections) {
    whole.kept.push_back({whole.parts.size(), 0, section.text.size()});
    whole.parts.emplace_back().original = section.text;
    empty.parts.emplace_back().original = section.text;
  }
  require(document.rewrite(whole) == text, "strings that stay leave the document as it is");
  lingua::cli::parse_json(document.rewrite(empty));
}

void check_result(std::string_view text) {
  const lingua::SourceMap map = lingua::cli::parse_result_json(text);
  const std::string compressed = map.compressed();
  require(compressed.size() <= map.original().size(), "the compressed text is not longer than the original");
  for (const std::string& answer : {compressed, std::string("It is ord 8f, 不是 7.")}) {
    std::size_t end = 0;
    for (const lingua::Recovery& recovery : map.recover(answer).recoveries) {
      require(end <= recovery.begin && recovery.begin < recovery.end && recovery.end <= answer.size(),
              "recoveries ascend");
      end = recovery.end;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  try {
    switch (data[0] % 4) {
      case 0:
        check_assembly(lingua::cli::parse_prompt_json(text));
        break;
      case 1:
        check_chat(text);
        break;
      case 2:
        check_document(text);
        break;
      default:
        check_result(text);
    }
  } catch (const lingua::Error& error) {
    require(error.code() == lingua::ErrorCode::input_malformed, "the error is input_malformed");
  }
  return 0;
}
