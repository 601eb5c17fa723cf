// Properties of code points that ICU does not offer ready-made, and the size limit that ICU sets.
#include "text/code_points.hpp"

#include <fmt/format.h>
#include <unicode/uscript.h>

#include <limits>

#include <lingua/error.hpp>

namespace lingua::text {

bool is_spaceless(UChar32 c) {
  if (c < 0x0E00 || u_ispunct(c)) return false;  // nothing below Thai
  constexpr UScriptCode kScripts[] = {USCRIPT_HAN,  USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_BOPOMOFO,
                                      USCRIPT_THAI, USCRIPT_LAO,      USCRIPT_KHMER,    USCRIPT_MYANMAR};
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(c, &status);
  for (const UScriptCode spaceless : kScripts) {
    if (script == spaceless) return true;
  }
  // Shared signs, as the prolonged sound mark of both Kana.
  return script == USCRIPT_COMMON && u_isalpha(c) && uscript_hasScript(c, USCRIPT_KATAKANA);
}

std::size_t skip_white_space(std::string_view text, std::size_t offset) {
  for (std::size_t next = offset; is_white_space(next_code_point(text, next));) offset = next;
  return offset;
}

std::size_t trimmed_size(std::string_view text) {
  std::size_t size = text.size();
  for (std::size_t i = size; size > 0 && is_white_space(previous_code_point(text, i));) size = i;
  return size;
}

void check_size(std::string_view text) {
  constexpr auto kLimit = static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max());
  if (text.size() <= kLimit) return;
  throw Error(
      ErrorCode::input_too_large,
      fmt::format("a text of {} bytes exceeds the limit of {} bytes; cut it into several", text.size(), kLimit));
}

}  // namespace lingua::text
