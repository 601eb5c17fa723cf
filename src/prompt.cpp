// Names of roles, what a text has to be, and the cutting of one text into contexts.
#include <lingua/prompt.hpp>

#include "text/segment.hpp"
#include "text/structure.hpp"
#include "text/utf8.hpp"

namespace lingua {
std::string_view to_string(Role role) noexcept {
  switch (role) {
    case Role::instruction:
      return "instruction";
    case Role::context:
      return "context";
    case Role::question:
      break;
  }
  return "question";
}

void require_utf8(std::string_view name, std::string_view text) { text::require_utf8(name, text); }

std::vector<std::string> split(std::string_view text, Split where, TextKind kind) {
  if (text.empty()) return {};
  text::require_utf8("the text", text);
  if (where == Split::none) return {std::string(text)};
  const auto ends = where == Split::paragraph
                        ? text::paragraph_ends(text, kind)
                        : text::cut_around(text::sentence_ends(text), text::find_whole(text, kind), text);
  std::vector<std::string> pieces;
  std::size_t begin = 0;
  for (const std::uint32_t end : ends) {
    pieces.emplace_back(text.substr(begin, end - begin));
    begin = end;
  }
  return pieces;
}

}  // namespace lingua
