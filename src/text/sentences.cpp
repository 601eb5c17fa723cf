// Sentences: the boundaries of UAX #29, without those behind abbreviations, initials and list numbers ("Dr. ", "J. ",
// "1. ", "1．水") and inside URLs and code ("a?b"), where the standard leaves the choice to its implementers.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "text/breaker.hpp"
#include "text/code_points.hpp"
#include "text/segment.hpp"

namespace lingua::text {
namespace {

/// What stands before a full stop that ends no sentence, in lower case and sorted. Words that often do end one
/// ("etc.", "Inc.", months) are missing.
constexpr auto kAbbreviations = std::to_array<std::string_view>(
    {"al",  "approx", "bzw", "capt", "cf",  "col",  "dept", "dr",  "esp", "est", "gen",  "gov", "hon",
     "jr",  "lt",     "maj", "mlle", "mme", "mr",   "mrs",  "ms",  "mt",  "mx",  "prof", "rep", "rept",
     "rev", "sen",    "sgt", "sr",   "sra", "srta", "st",   "usw", "v",   "viz", "vs"});

/// The same, before a number only: "No. 5", "Eq. (3)", "Jan. 5".
constexpr auto kNumberAbbreviations = std::to_array<std::string_view>(
    {"apr", "art", "aug", "ch", "chap", "dec", "eq",  "eqs",  "feb", "fig", "figs", "jan", "mar", "no",  "nos",
     "nov", "nr",  "oct", "p",  "par",  "pp",  "ref", "refs", "sec", "sep", "sept", "tab", "vol", "vols"});

static_assert(std::is_sorted(kAbbreviations.begin(), kAbbreviations.end()));
static_assert(std::is_sorted(kNumberAbbreviations.begin(), kNumberAbbreviations.end()));

bool has_line_break(std::string_view white_space) {
  return white_space.find_first_of("\n\r") != std::string_view::npos ||
         white_space.find("\u2028") != std::string_view::npos || white_space.find("\u2029") != std::string_view::npos;
}

constexpr std::size_t kLongest = 16;  ///< bytes; more than any abbreviation or list number has

/// What stands before `stop`, back to a code point that `is_border`, or to more than kLongest bytes.
template <typename IsBorder>
std::string_view run_before(std::string_view text, std::size_t stop, IsBorder is_border) {
  std::size_t begin = stop;
  for (std::size_t i = stop; i > 0 && stop - begin <= kLongest; begin = i)
    if (is_border(previous_code_point(text, i))) break;
  return text.substr(begin, stop - begin);
}

/// The word before the full stop at `stop`: back to white space or opening punctuation. Empty when it is longer than
/// any abbreviation.
std::string_view word_before(std::string_view text, std::size_t stop) {
  const auto word = run_before(text, stop, [](UChar32 c) {
    return is_white_space(c) || c == '"' || c == '\'' || u_charType(c) == U_START_PUNCTUATION ||
           u_charType(c) == U_INITIAL_PUNCTUATION;
  });
  return word.size() > kLongest ? std::string_view{} : word;
}

bool is_line_start(std::string_view text, std::size_t offset) {
  while (offset > 0 && (text[offset - 1] == ' ' || text[offset - 1] == '\t')) --offset;
  return offset == 0 || text[offset - 1] == '\n' || text[offset - 1] == '\r';
}

/// "e.g", "U.S": letters with full stops between them.
bool is_dotted_letters(std::string_view word) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < word.size(); ++letters) {
    if (!is_spaced_letter(next_code_point(word, i))) return false;
    if (i < word.size() && word[i++] != '.') return false;
  }
  return letters > 1;
}

bool is_initial(std::string_view word) {
  std::size_t end = 0;
  const UChar32 c = next_code_point(word, end);
  return end == word.size() && u_isUUppercase(c) && c != 'I';
}

/// "1", "2.3", "a": numbers a list item or a heading at the start of a line.
bool is_list_number(std::string_view word) {
  return word.size() == 1 ? u_isalnum(static_cast<unsigned char>(word[0])) != 0
                          : word.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool is_abbreviation(std::string_view word, bool before_number) {
  std::string lower(word);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::binary_search(kAbbreviations.begin(), kAbbreviations.end(), lower) ||
         (before_number && std::binary_search(kNumberAbbreviations.begin(), kNumberAbbreviations.end(), lower));
}

/// Whether what stands before `end` ends no sentence: the full stop of an abbreviation and the like, or a quotation
/// that its sentence goes on behind ("\"Why?\" she asked"). The text goes on at `next`.
bool is_inner_stop(std::string_view text, std::size_t end, std::size_t next) {
  const UChar32 last = code_point_before(text, end);
  if (u_hasBinaryProperty(last, UCHAR_QUOTATION_MARK)) return u_islower(code_point_at(text, next)) != 0;
  if (last != '.') return false;
  const std::string_view word = word_before(text, end - 1);
  if (word.empty() || word == "a.m" || word == "p.m") return false;
  const bool before_number = u_isdigit(code_point_at(text, next)) != 0 || text[next] == '(';
  return is_dotted_letters(word) || is_initial(word) || is_abbreviation(word, before_number) ||
         (is_list_number(word) && is_line_start(text, end - 1 - word.size()));
}

/// UAX #29 counts opening quotes and brackets with closing ones, to the sentence before: "。《". Takes them off.
std::size_t before_openers(std::string_view text, std::size_t end) {
  for (std::size_t i = end; u_charType(previous_code_point(text, i)) == U_START_PUNCTUATION;) end = i;
  return end;
}

/// Whether a boundary without white space ends a sentence: behind "。" and its like, or before Han, Kana, ...
bool ends_without_space(std::string_view text, std::size_t boundary) {
  if (is_spaceless(code_point_at(text, boundary))) return true;
  std::size_t i = boundary;
  UChar32 c = previous_code_point(text, i);
  while (c != kNone && !u_hasBinaryProperty(c, UCHAR_S_TERM) && u_ispunct(c)) c = previous_code_point(text, i);
  return c >= 0x80;
}

/// Whether `sentence` ends with a list number and its stop, ASCII or full-width, with nothing or punctuation before
/// it: "3.", "12．", "有异议：1．".
bool ends_with_list_number(std::string_view sentence) {
  std::size_t stop = sentence.size();
  const UChar32 last = previous_code_point(sentence, stop);
  if (last != '.' && last != 0xFF0E) return false;
  const auto word =
      run_before(sentence, stop, [](UChar32 c) { return is_white_space(c) || (c != '.' && u_ispunct(c) != 0); });
  return !word.empty() && is_list_number(word);
}

/// Where the sentence from `begin` on ends between two boundaries of UAX #29, white space excluded; nothing when it
/// goes on behind `boundary`, or there is white space only between them.
std::optional<std::size_t> end_of_sentence(std::string_view text, std::size_t begin, std::size_t previous,
                                           std::size_t boundary) {
  const std::size_t end = previous + trimmed_size(text.substr(previous, boundary - previous));
  if (end == previous) return std::nullopt;
  if (end == boundary) {
    if (!ends_without_space(text, boundary) || ends_with_list_number(text.substr(begin, end - begin)))
      return std::nullopt;
    const std::size_t before = before_openers(text, end);
    return before > previous ? std::optional(before) : std::nullopt;
  }
  const bool ends = has_line_break(text.substr(end, boundary - end)) || !is_inner_stop(text, end, boundary);
  return ends ? std::optional(end) : std::nullopt;
}

}  // namespace

std::vector<std::uint32_t> sentence_ends(std::string_view text) {
  check_size(text);
  std::vector<std::uint32_t> ends;
  const std::string_view content = text.substr(0, trimmed_size(text));
  Breaker breaker(Breaker::Rules::sentences);
  breaker.reset(content);
  std::size_t previous = 0;
  for (auto boundary = breaker.next(); boundary && *boundary < content.size(); boundary = breaker.next()) {
    const auto end = end_of_sentence(content, ends.empty() ? 0 : ends.back(), previous, *boundary);
    if (end) ends.push_back(static_cast<std::uint32_t>(*end));
    previous = *boundary;
  }
  if (!text.empty()) ends.push_back(static_cast<std::uint32_t>(text.size()));
  return ends;
}

}  // namespace lingua::text
