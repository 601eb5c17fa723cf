// Names of people, places and organisations, as far as rules find them: capitals in mid-sentence, and in Chinese a
// surname before a title ("王先生") and the dot of foreign names ("卡尔·马克思"). Scripts without capitals have no
// other rule, and in German every noun is a name.
#include <algorithm>
#include <unordered_set>

#include "text/code_points.hpp"
#include "text/protect.hpp"
#include "text/segment.hpp"

namespace lingua::text {
namespace {

/// Capitalised without being names: "I", and words that begin sentences.
constexpr std::string_view kNoNames[] = {"I",    "I'm",   "I've",  "I'll", "I'd",  "The",  "A",    "An",    "This",
                                         "That", "These", "Those", "It",   "He",   "She",  "We",   "You",   "They",
                                         "In",   "On",    "At",    "By",   "For",  "From", "To",   "Of",    "With",
                                         "And",  "But",   "Or",    "If",   "When", "What", "Why",  "How",   "Who",
                                         "As",   "So",    "My",    "His",  "Her",  "Our",  "Your", "Their", "There"};

/// Lower-case words inside names: "Bank of England", "Ludwig van Beethoven".
constexpr std::string_view kParticles[] = {"of", "de",  "del", "della", "di",  "da",  "do", "dos", "du",  "des", "la",
                                           "le", "van", "von", "der",   "den", "ter", "zu", "al",  "bin", "ibn", "y"};

constexpr std::u32string_view kSurnames =
    U"王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾"
    U"彭吕呂苏蘇"
    U"卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍"
    U"万萬段钱錢汤湯";

constexpr std::string_view kTitles[] = {"先生", "女士", "小姐", "太太", "老师", "老師", "教授", "医生",
                                        "醫生", "经理", "經理", "主任", "律师", "律師", "法官", "博士",
                                        "总统", "總統", "主席", "部长", "部長", "同志"};

bool is_inside_word(UChar32 c) {
  return u_isdigit(c) || is_spaced_letter(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

/// Where the word at `offset` ends: letters, with apostrophes and hyphens between them ("O'Brien", "Jean-Luc").
std::size_t word_end(std::string_view text, std::size_t offset) {
  for (std::size_t next = offset; next < text.size(); offset = next) {
    const UChar32 c = next_code_point(text, next);
    if (is_inside_word(c)) continue;
    if (!(is_apostrophe(c) || c == '-') || !is_spaced_letter(code_point_at(text, next))) break;
  }
  return offset;
}

template <std::size_t N>
bool is_one_of(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

/// A word of a script with spaces.
struct Word {
  std::size_t begin, end;
  bool capital, first,
      glued;  // first: of its sentence; glued: only a space or an initial's stop since the word before
};

class NameScanner {
 public:
  explicit NameScanner(std::string_view text) : text_(text) {}

  std::vector<ByteRange> scan() {
    collect_words();
    for (const Word& word : words_)
      if (word.capital && !word.first) known_.insert(text_of(word));
    for (std::size_t i = 0; i < words_.size();) i = is_name(i) ? take_name(i) : i + 1;
    std::sort(found_.begin(), found_.end(), [](const ByteRange& a, const ByteRange& b) { return a.begin < b.begin; });
    return std::move(found_);
  }

 private:
  std::string_view text_of(const Word& word) const { return text_.substr(word.begin, word.end - word.begin); }

  void collect_words() {
    const auto sentences = sentence_ends(text_);
    auto sentence = sentences.begin();
    std::size_t before = 0;  // where the last word ended
    bool first = true;
    for (std::size_t i = 0; i < text_.size();) {
      for (; sentence != sentences.end() && *sentence <= i; ++sentence) first = true;
      std::size_t next = i;
      const UChar32 c = next_code_point(text_, next);
      if (is_spaced_letter(c)) {
        const std::size_t end = word_end(text_, i);
        const std::string_view gap = text_.substr(before, i - before);
        words_.push_back({i, end, u_isupper(c) != 0, first, gap == " " || gap == ". "});
        first = false;
        next = before = end;
      } else if (is_spaceless(c) || c == 0x00B7 || c == 0x30FB) {
        find_chinese(i, c);
      }
      i = next;
    }
  }

  /// In mid-sentence a capital is enough. At its beginning the word has to be known as a name from elsewhere, or be
  /// followed by one.
  bool is_name(std::size_t i) const {
    const Word& word = words_[i];
    if (!word.capital || is_one_of(kNoNames, text_of(word))) return false;
    if (!word.first || known_.contains(text_of(word))) return true;
    return i + 1 < words_.size() && words_[i + 1].capital && words_[i + 1].glued && !words_[i + 1].first &&
           !is_one_of(kNoNames, text_of(words_[i + 1]));
  }

  /// The name that begins with word `i`, particles included; returns the word behind it.
  std::size_t take_name(std::size_t i) {
    std::size_t last = i;
    for (std::size_t next = i + 1; next < words_.size() && words_[next].glued && !words_[next].first; ++next) {
      if (is_name(next)) {
        last = next;
      } else if (!is_one_of(kParticles, text_of(words_[next])) || next - last > 2) {
        break;
      }
    }
    add(words_[i].begin, words_[last].end);
    return last + 1;
  }

  void find_chinese(std::size_t begin, UChar32 c) {
    if (begin < chinese_end_) return;
    std::size_t end = begin;
    next_code_point(text_, end);
    if (!is_spaceless(c)) {
      std::size_t left = begin, right = end;
      if (is_spaceless(previous_code_point(text_, left)) && is_spaceless(next_code_point(text_, right)))
        add(std::max(left, chinese_end_), right);
    } else if (kSurnames.find(static_cast<char32_t>(c)) != std::u32string_view::npos) {
      take_titled(begin, end);
    }
  }

  /// A surname, at most two characters of a given name, and a title.
  void take_titled(std::size_t begin, std::size_t end) {
    for (int given = 0; given <= 2; ++given) {
      for (const std::string_view title : kTitles)
        if (text_.substr(end).starts_with(title)) return add(begin, end + title.size());
      if (!is_spaceless(next_code_point(text_, end))) return;
    }
  }

  void add(std::size_t begin, std::size_t end) {
    found_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    if (end > chinese_end_) chinese_end_ = end;
  }

  std::string_view text_;
  std::vector<Word> words_;
  std::unordered_set<std::string_view> known_;  // names seen in mid-sentence
  std::size_t chinese_end_ = 0;                 // of the last name found while words are collected
  std::vector<ByteRange> found_;
};

}  // namespace

std::vector<ByteRange> find_names(std::string_view text) {
  check_size(text);
  return NameScanner(text).scan();
}

}  // namespace lingua::text
