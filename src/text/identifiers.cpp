// Names that machines gave, where a lost letter makes another name: URLs, e-mail addresses, paths, identifiers.
// One pass over runs of the characters that such names are made of; a name is told by its look, never by a
// dictionary.
#include <string_view>
#include <utility>

#include "text/code_points.hpp"
#include "text/protect.hpp"

namespace lingua::text {
namespace {

bool is_name_part(UChar32 c) { return c == '_' || u_isdigit(c) || is_spaced_letter(c); }

/// White space, quotes, brackets, and what stands between words in Chinese: no name goes on behind these.
bool ends_run(UChar32 c) {
  if (c < 0x80)
    return is_white_space(c) ||
           std::string_view("\"'`<>()[]{}|,;*").find(static_cast<char>(c)) != std::string_view::npos;
  return is_white_space(c) || is_spaceless(c) || u_ispunct(c);
}

/// URLs go on through brackets and commas.
bool ends_url(UChar32 c) {
  if (c < 0x80)
    return is_white_space(c) || std::string_view("\"`<>").find(static_cast<char>(c)) != std::string_view::npos;
  return ends_run(c);
}

template <class Ends>
std::size_t run_end(std::string_view text, std::size_t offset, Ends ends) {
  for (std::size_t next = offset; next < text.size() && !ends(next_code_point(text, next));) offset = next;
  return offset;
}

/// Without the punctuation of the sentence around it; "(https://a.b/c_(d))" loses only the bracket that it did not
/// open.
std::string_view trimmed(std::string_view run) {
  int open = 0;
  for (const char c : run) open += c == '(' ? 1 : c == ')' ? -1 : 0;
  for (; !run.empty(); run.remove_suffix(1)) {
    const char last = run.back();
    if (last == ')' && open < 0) {
      ++open;
    } else if (std::string_view(".,:;!?'*").find(last) == std::string_view::npos) {
      break;
    }
  }
  return run;
}

bool is_scheme(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text)
    if (!u_isalnum(static_cast<unsigned char>(c)) && c != '+' && c != '-' && c != '.') return false;
  return true;
}

bool is_url(std::string_view run) {
  const std::size_t colon = run.find("://");
  if (colon != std::string_view::npos) return is_scheme(run.substr(0, colon)) && colon + 3 < run.size();
  return run.starts_with("www.") || run.starts_with("mailto:");
}

bool is_email(std::string_view run) {
  const std::size_t at = run.find('@');
  return at != 0 && at != std::string_view::npos && run.find('.', at) != std::string_view::npos;
}

/// "/etc", "./a", "~/b", "C:\d", "src/", "docs/cli.md"; but not "and/or" and "km/h".
bool is_path(std::string_view run) {
  if (run.size() > 3 && u_isalpha(static_cast<unsigned char>(run[0])) && run[1] == ':' && run[2] == '\\') return true;
  const std::size_t slash = run.rfind('/');
  if (slash == std::string_view::npos || run.size() < 2) return false;
  for (const std::string_view root : {"/", "./", "../", "~/"})
    if (run.starts_with(root) && is_name_part(code_point_at(run, root.size()))) return true;
  const std::size_t first = run.find('/');
  const std::size_t dot = run.find('.', slash);
  return (slash + 1 == run.size() && first > 0) ||
         (first > 0 && dot != std::string_view::npos && dot + 1 < run.size());
}

/// "--verbose", "$HOME", "@anna", "#123".
bool has_sigil(std::string_view run) {
  if (run.starts_with("--")) return run.size() > 2 && is_spaced_letter(code_point_at(run, 2));
  if (run.size() < 2) return false;
  const UChar32 next = code_point_at(run, 1);
  switch (run[0]) {
    case '$':
    case '@':
      return is_spaced_letter(next);
    case '#':
      return u_isdigit(next) != 0;
    default:
      return false;
  }
}

/// What stands inside a word of prose never: "snake_case", "camelCase", "x86", "GPT-4", "foo.bar", "a::b",
/// "key=value".
class InnerMarks {
 public:
  bool found_in(std::string_view run) {
    for (std::size_t i = 0; i < run.size();) {
      const std::size_t begin = i;
      const UChar32 c = next_code_point(run, i);
      if (is_mark(run, begin, c, code_point_at(run, i))) return true;
      before_ = c;
    }
    return false;
  }

 private:
  bool is_mark(std::string_view run, std::size_t at, UChar32 c, UChar32 next) {
    if (u_isdigit(c)) return letter_before_;
    if (is_spaced_letter(c)) {
      const bool camel = u_isupper(c) != 0 && u_islower(before_) != 0;
      letter_before_ = true;
      ++letters_;
      return camel;
    }
    const std::size_t letters = std::exchange(letters_, 0);
    if (c == '-' || c == '_') return c == '_' && is_name_part(next) && (is_name_part(before_) || next == '_');
    letter_before_ = false;
    if (!is_name_part(before_)) return false;
    if (c == '.') return letters > 1 && u_islower(next) != 0 && has_two_letters(run.substr(at + 1));
    if (c == '=') return is_name_part(next);
    return run.substr(at).starts_with("::");
  }

  static bool has_two_letters(std::string_view text) {
    std::size_t i = 0;
    return is_spaced_letter(next_code_point(text, i)) && is_name_part(next_code_point(text, i));
  }

  UChar32 before_ = kNone;
  bool letter_before_ = false;  // in this word, hyphens included
  std::size_t letters_ = 0;     // since the last punctuation
};

bool is_identifier(std::string_view run, std::string_view behind) {
  return is_url(run) || is_email(run) || is_path(run) || has_sigil(run) || InnerMarks().found_in(run) ||
         (behind.starts_with("()") && is_name_part(code_point_before(run, run.size())));
}

}  // namespace

std::vector<ByteRange> find_identifiers(std::string_view text) {
  check_size(text);
  std::vector<ByteRange> found;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = run_end(text, begin, ends_run);
    if (end == begin) {
      next_code_point(text, begin);
      continue;
    }
    if (is_url(text.substr(begin, end - begin))) end = run_end(text, begin, ends_url);
    const std::string_view run = trimmed(text.substr(begin, end - begin));
    if (is_identifier(run, text.substr(begin + run.size())))
      found.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + run.size())});
    begin = end;
  }
  return found;
}

}  // namespace lingua::text
