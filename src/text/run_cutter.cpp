// The rules that cut a run without white space; see `word_ends` for what they promise.
#include "text/run_cutter.hpp"

#include <utility>

namespace lingua::text {
namespace {

/// East Asian full-width and half-width forms: punctuation that no space follows.
bool is_wide(UChar32 c) {
  if (c < 0x1100) return false;
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH || width == U_EA_HALFWIDTH;
}

/// Letters and digits of scripts with spaces. Where no space stands before them, what does has to stay with them:
/// else a gap would glue them to another such word ("VPN3" of "VPN，共3个").
bool begins_word(UChar32 c) { return c != kNone && (u_isdigit(c) != 0 || is_spaced_letter(c)); }

bool is_hiragana(UChar32 c) { return c >= 0x3041 && c <= 0x309F; }

}  // namespace

RunCutter::Kind RunCutter::kind_of_ascii(UChar32 c) {
  constexpr std::string_view kOpeners = "([{", kClosers = ".,;:!?)]}\"'";
  const char byte = static_cast<char>(c);
  if (kOpeners.find(byte) != std::string_view::npos) return Kind::opener;
  return kClosers.find(byte) != std::string_view::npos ? Kind::closer : Kind::other;
}

RunCutter::Kind RunCutter::kind_of(UChar32 c) {
  if (c < 0x80) return kind_of_ascii(c);
  if (c == 0x200B || c == 0x0F0B || c == 0x1361) return Kind::separator;
  if (c == 0x2014 || c == 0x2015) return Kind::dash;
  if (c == 0x2026 || u_hasBinaryProperty(c, UCHAR_TERMINAL_PUNCTUATION)) return Kind::closer;
  const std::uint32_t category = U_GET_GC_MASK(c);
  if (category & (U_GC_PS_MASK | U_GC_PI_MASK)) return Kind::opener;
  if (category & (U_GC_PE_MASK | U_GC_PF_MASK)) return Kind::closer;
  if (category & (U_GC_M_MASK | U_GC_CF_MASK)) return Kind::extend;
  return is_spaceless(c) ? Kind::spaceless : Kind::other;
}

void RunCutter::cut(std::size_t begin, std::size_t end) {
  run_ = text_.substr(0, end);
  at_ = word_ = begin;
  before_ = Kind::opener;
  while (at_ < end) take(code_point_at(run_, at_));
  end_word(end);
}

void RunCutter::take(UChar32 c) {
  switch (const Kind kind = kind_of(c)) {
    case Kind::spaceless:
      return take_spaceless();
    case Kind::closer:
      return take_closers();
    case Kind::opener:
      return take_opener(c);
    case Kind::dash:
      return take_dash();
    case Kind::separator:
      advance(Kind::opener);
      return end_word(at_);
    case Kind::extend:
      return advance(before_);
    case Kind::other:
      if (before_ == Kind::spaceless && !begins_word(c)) end_word(at_);
      return advance(kind);
  }
}

void RunCutter::advance(Kind kind) {
  next_code_point(run_, at_);
  before_ = kind;
}

void RunCutter::end_word(std::size_t end) {
  if (end > word_) ends_.push_back(static_cast<std::uint32_t>(end));
  word_ = end;
  brackets_ = quotes_ = 0;
  double_quote_ = single_quote_ = false;
}

void RunCutter::take_opener(UChar32 c) {
  const bool wide = is_wide(c);
  if (before_ == Kind::spaceless || (wide && before_ != Kind::opener)) end_word(at_);
  if (!wide) ++(u_charType(c) == U_INITIAL_PUNCTUATION ? quotes_ : brackets_);
  advance(Kind::opener);
}

void RunCutter::take_dash() {
  const std::size_t begin = at_;
  const Kind before = before_;
  advance(Kind::dash);
  const bool numeric = before == Kind::other && u_isdigit(code_point_at(run_, at_));
  if (before != Kind::dash && before != Kind::opener && !numeric) end_word(begin);
}

void RunCutter::take_spaceless() {
  if (before_ != Kind::opener) end_word(at_);
  const std::size_t begin = at_;
  std::size_t last = at_;
  for (Kind kind = Kind::spaceless; kind == Kind::spaceless || kind == Kind::extend;) {
    last = at_;
    advance(Kind::spaceless);
    kind = at_ < run_.size() ? kind_of(code_point_at(run_, at_)) : Kind::other;
  }
  if (last > begin) cut_by_dictionary(begin, at_);
}

void RunCutter::cut_by_dictionary(std::size_t begin, std::size_t end) {
  breaker_.reset(text_.substr(begin, end - begin));
  std::size_t piece = begin;  // where the dictionary's word began
  for (auto boundary = breaker_.next(); boundary && begin + *boundary < end; boundary = breaker_.next()) {
    const std::size_t cut = begin + *boundary;
    if (!is_torn_kana(piece, cut)) end_word(cut);
    piece = cut;
  }
}

bool RunCutter::is_torn_kana(std::size_t begin, std::size_t cut) const {
  std::size_t behind = begin;
  return is_hiragana(next_code_point(text_, behind)) && behind == cut && is_hiragana(code_point_at(text_, cut));
}

void RunCutter::take_closers() {
  std::size_t begin = at_;  // of the closers that nothing holds
  bool wide = false;
  for (UChar32 c = code_point_at(run_, at_); is_closer(c, begin); c = code_point_at(run_, at_)) {
    const bool opens = begin == at_ && before_ == Kind::opener && (c == '"' || c == '\'');
    const bool held = closes_own(c);
    wide |= is_wide(c);
    if (opens && !held) return advance(Kind::opener);
    advance(before_);
    if (held) {
      begin = at_;
      before_ = Kind::other;
      wide = false;
    }
  }
  if (begin < at_ && is_inner_stop(begin)) ++begin;
  const bool alone =
      at_ == run_.size() || wide || before_ == Kind::spaceless || is_spaceless(code_point_at(run_, at_));
  if (alone && begin < at_) {
    end_word(begin);
    if (!begins_word(code_point_at(run_, at_))) end_word(at_);
    before_ = Kind::opener;
  } else {
    before_ = Kind::other;
  }
}

bool RunCutter::is_closer(UChar32 c, std::size_t begin) const {
  if (c == kNone) return false;
  const Kind kind = kind_of(c);
  return kind == Kind::closer || (kind == Kind::extend && begin < at_);
}

bool RunCutter::closes_own(UChar32 c) {
  if (c == '"') return std::exchange(double_quote_, !double_quote_);
  if (c == '\'') return std::exchange(single_quote_, !single_quote_);
  if (is_wide(c)) return false;
  switch (u_charType(c)) {
    case U_END_PUNCTUATION:
      return brackets_ > 0 && brackets_-- > 0;
    case U_FINAL_PUNCTUATION: {
      std::size_t behind = at_;
      next_code_point(run_, behind);
      const bool apostrophe = c == 0x2019 && is_spaced_letter(code_point_at(run_, behind));
      return !apostrophe && quotes_ > 0 && quotes_-- > 0;
    }
    default:
      return false;
  }
}

bool RunCutter::is_inner_stop(std::size_t stop) {
  if (run_[stop] != '.' || (stop + 1 < at_ && run_[stop + 1] == '.')) return false;
  while (sentence_ != sentences_.end() && *sentence_ <= stop) ++sentence_;
  return sentence_ != sentences_.end() && *sentence_ > at_;
}

}  // namespace lingua::text
