// The caller's regular expressions, by ICU, over UTF-8 bytes.
#include <fmt/format.h>
#include <unicode/regex.h>
#include <unicode/utext.h>

#include <memory>
#include <string>

#include <lingua/error.hpp>

#include "text/code_points.hpp"
#include "text/protect.hpp"
#include "text/utf8.hpp"

namespace lingua::text {
namespace {

/// Closes a UText on every path.
class Utf8Text {
 public:
  explicit Utf8Text(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    utext_openUTF8(&text_, text.data(), static_cast<std::int64_t>(text.size()), &status);
  }
  ~Utf8Text() { utext_close(&text_); }
  Utf8Text(const Utf8Text&) = delete;
  Utf8Text& operator=(const Utf8Text&) = delete;
  UText* get() { return &text_; }

 private:
  UText text_ = UTEXT_INITIALIZER;
};

std::string_view reason(UErrorCode status) {
  switch (status) {
    case U_REGEX_RULE_SYNTAX:
      return "syntax error";
    case U_REGEX_BAD_ESCAPE_SEQUENCE:
      return "unknown escape sequence";
    case U_REGEX_PROPERTY_SYNTAX:
      return "unknown property in \\p{...}";
    case U_REGEX_UNIMPLEMENTED:
      return "a feature that ICU does not have";
    case U_REGEX_MISMATCHED_PAREN:
      return "unbalanced parenthesis";
    case U_REGEX_NUMBER_TOO_BIG:
    case U_REGEX_BAD_INTERVAL:
    case U_REGEX_MAX_LT_MIN:
      return "bad repeat count in {min,max}";
    case U_REGEX_INVALID_BACK_REF:
      return "back reference to a group that does not exist";
    case U_REGEX_INVALID_FLAG:
      return "unknown flag in (?...)";
    case U_REGEX_LOOK_BEHIND_LIMIT:
      return "look-behind without a maximal length";
    case U_REGEX_MISSING_CLOSE_BRACKET:
      return "missing ]";
    case U_REGEX_INVALID_RANGE:
      return "range in [...] that runs backwards";
    case U_REGEX_PATTERN_TOO_BIG:
      return "too large";
    case U_REGEX_STACK_OVERFLOW:
      return "a match is so long that backtracking exceeds 256 MB; possessive repeats such as \\w++ need none";
    case U_REGEX_TIME_OUT:
      return "matching takes too many steps on this text; nested repeats such as (a+)+ are the usual cause";
    default:
      return u_errorName(status);
  }
}

[[noreturn]] void fail(std::string_view expression, std::string_view what) {
  throw Error(ErrorCode::invalid_pattern, fmt::format("regular expression '{}': {}", expression, what));
}

constexpr std::int32_t kStackBytes = 256 << 20;

/// Steps (ICU's unit: 10,000 saved states) that a search may take: a second or so, and twenty states a byte.
std::int32_t step_limit(std::size_t bytes) { return static_cast<std::int32_t>(1000 + bytes / 500); }

}  // namespace

struct Pattern::Impl {
  std::string expression;
  std::unique_ptr<const icu::RegexPattern> compiled;  // shared by threads; each search has its own matcher
};

Pattern::Pattern(std::string_view expression) : impl_(std::make_unique<Impl>()) {
  if (find_invalid_utf8(expression)) fail(expression, "not UTF-8");
  impl_->expression = expression;
  UErrorCode status = U_ZERO_ERROR;
  UParseError place{};
  const auto source =
      icu::UnicodeString::fromUTF8(icu::StringPiece(expression.data(), static_cast<std::int32_t>(expression.size())));
  impl_->compiled.reset(icu::RegexPattern::compile(source, place, status));
  if (U_FAILURE(status)) fail(expression, fmt::format("{} near character {}", reason(status), place.offset));
}

Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;

std::vector<ByteRange> Pattern::find_all(std::string_view text) const {
  check_size(text);
  UErrorCode status = U_ZERO_ERROR;
  Utf8Text input(text);
  const std::unique_ptr<icu::RegexMatcher> matcher(impl_->compiled->matcher(status));
  if (U_FAILURE(status)) fail(impl_->expression, reason(status));
  matcher->setStackLimit(kStackBytes, status);
  matcher->setTimeLimit(step_limit(text.size()), status);
  matcher->reset(input.get());
  std::vector<ByteRange> matches;
  while (matcher->find(status)) {
    const ByteRange match{static_cast<std::uint32_t>(matcher->start64(status)),
                          static_cast<std::uint32_t>(matcher->end64(status))};
    if (match.begin < match.end) matches.push_back(match);
  }
  if (U_FAILURE(status)) fail(impl_->expression, reason(status));
  return matches;
}

}  // namespace lingua::text
