// Words that reverse the meaning of a sentence: losing one costs a reader more than losing any other word.
// Languages lie side by side in one table: a word that is harmless in another language is protected there in vain,
// which costs little.
#include <string>
#include <unordered_set>

#include "text/code_points.hpp"
#include "text/phrases.hpp"
#include "text/protect.hpp"

namespace lingua::text {
namespace {

/// Whole words, case-folded, with "'" for every apostrophe. Words in "n't" are a rule of their own.
constexpr std::string_view kWords[] = {
    // English
    "not", "no", "never", "none", "without", "cannot", "neither", "nor", "nobody", "nothing", "nowhere", "hardly",
    "barely", "scarcely", "unless", "except", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent",
    // German, Dutch, Scandinavian
    "nicht", "nichts", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "niemals", "niemand", "ohne",
    "weder", "niet", "geen", "nooit", "zonder", "ikke", "inte", "aldrig",
    // French, Spanish, Portuguese, Italian, Romanian
    "ne", "pas", "jamais", "sans", "aucun", "aucune", "rien", "ni", "sin", "nunca", "jamás", "ningún", "ninguna",
    "ninguno", "tampoco", "não", "sem", "nenhum", "nenhuma", "nem", "non", "senza", "nessun", "nessuno", "nessuna",
    "nu",
    // Russian, Ukrainian, Polish, Greek, Turkish
    "не", "нет", "ни", "без", "никогда", "нельзя", "ані", "немає", "bez", "nigdy", "δεν", "μην", "όχι", "χωρίς",
    "değil", "yok", "hayır",
    // Arabic, Persian, Urdu, Hebrew, Hindi, Bengali, Tamil
    "لا", "لم", "لن", "ليس", "ليست", "بدون", "غير", "ولا", "ولم", "نه", "نیست", "نہیں", "לא", "אין", "בלי", "नहीं",
    "न", "मत", "बिना", "না", "নেই", "নয়", "இல்லை",
    // Indonesian, Vietnamese, Korean
    "tidak", "bukan", "tanpa", "jangan", "belum", "không", "chưa", "chẳng", "đừng", "안", "못"};

/// In scripts without spaces a negation is found wherever it stands...
constexpr std::string_view kPhrases[] = {
    // Chinese, and Japanese compounds
    "没有", "沒有", "不", "没", "沒", "未", "无", "無", "非", "勿",
    // Japanese
    "ありません", "ません", "なかっ", "なけれ", "なく", "ない", "ずに",
    // Thai, Khmer, Lao
    "ไม่", "ไร้", "ห้าม", "មិន", "ບໍ່"};

/// ... but not in these, where the sign negates nothing.
constexpr std::string_view kHarmless[] = {"不过", "不過", "不仅", "不僅",   "不但", "不断", "不斷",
                                          "不管", "不论", "不論", "差不多", "非常", "非洲", "未来",
                                          "未來", "无论", "無論", "淹没",   "沉没", "没收"};

/// Korean verbs carry theirs inside: 않다, 없다, 못하다, 아니다.
constexpr std::string_view kKoreanParts[] = {"않", "없", "못", "아니", "아닌"};

bool is_word_part(UChar32 c) {
  return c == '_' || u_isdigit(c) || is_spaced_letter(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

/// Moves `offset` behind the word that begins there, apostrophes between letters included, and returns it
/// case-folded. Of words longer than any negation only the beginning is returned.
std::string take_word(std::string_view text, std::size_t& offset) {
  constexpr std::size_t kLongest = 64;
  std::string word;
  for (std::size_t next = offset; next < text.size(); offset = next) {
    UChar32 c = next_code_point(text, next);
    if (is_apostrophe(c) && is_spaced_letter(code_point_at(text, next))) {
      c = '\'';
    } else if (!is_word_part(c)) {
      break;
    }
    if (word.size() < kLongest) append(word, u_foldCase(c, U_FOLD_CASE_DEFAULT));
  }
  return word;
}

bool is_negation(std::string_view word) {
  static const std::unordered_set<std::string_view> words(std::begin(kWords), std::end(kWords));
  if (words.contains(word) || word.ends_with("n't")) return true;
  // French elisions: "n'est", "qu'il n'y".
  if (word.starts_with("n'")) return true;
  for (const std::string_view part : kKoreanParts) {
    if (word.find(part) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

std::vector<ByteRange> find_negations(std::string_view text) {
  check_size(text);
  std::vector<ByteRange> found;
  const auto add = [&](std::size_t begin, std::size_t end) {
    found.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const UChar32 c = next_code_point(text, i);
    if (is_word_part(c)) {
      i = begin;
      if (is_negation(take_word(text, i))) add(begin, i);
    } else if (is_spaceless(c)) {
      const std::string_view rest = text.substr(begin);
      if (const std::size_t harmless = longest_phrase(rest, kHarmless)) {
        i = begin + harmless;
      } else if (const std::size_t size = longest_phrase(rest, kPhrases)) {
        i = begin + size;
        add(begin, i);
      }
    }
  }
  return found;
}

}  // namespace lingua::text
