// Opens, clones and runs ICU's break iterators.
#include "text/breaker.hpp"

#include <fmt/format.h>

#include <new>

#include <lingua/error.hpp>

namespace lingua::text {
namespace {

void check(UErrorCode status, const char* what) {
  if (U_SUCCESS(status)) return;
  throw Error(ErrorCode::internal,
              fmt::format("ICU cannot {}: {}; is its data package installed?", what, u_errorName(status)));
}

using Create = icu::BreakIterator*(const icu::Locale&, UErrorCode&);

std::unique_ptr<const icu::BreakIterator> open(Create* create) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<const icu::BreakIterator> iterator(create(icu::Locale::getRoot(), status));
  check(status, "open its break rules");
  return iterator;
}

const icu::BreakIterator& opened(Breaker::Rules rules) {
  static const auto characters = open(icu::BreakIterator::createCharacterInstance);
  static const auto words = open(icu::BreakIterator::createWordInstance);
  static const auto sentences = open(icu::BreakIterator::createSentenceInstance);
  switch (rules) {
    case Breaker::Rules::characters:
      return *characters;
    case Breaker::Rules::words:
      return *words;
    case Breaker::Rules::sentences:
      break;
  }
  return *sentences;
}

std::unique_ptr<icu::BreakIterator> clone(Breaker::Rules rules) {
  std::unique_ptr<icu::BreakIterator> iterator(opened(rules).clone());
  if (!iterator) throw std::bad_alloc();
  return iterator;
}

}  // namespace

void Breaker::reset(std::string_view text) {
  if (!iterator_) iterator_ = clone(rules_);
  UErrorCode status = U_ZERO_ERROR;
  utext_openUTF8(&text_, text.data(), static_cast<std::int64_t>(text.size()), &status);
  iterator_->setText(&text_, status);
  check(status, "read the text");
}

std::optional<std::uint32_t> Breaker::next() {
  const std::int32_t boundary = iterator_->next();
  if (boundary == icu::BreakIterator::DONE) return std::nullopt;
  return static_cast<std::uint32_t>(boundary);
}

}  // namespace lingua::text
