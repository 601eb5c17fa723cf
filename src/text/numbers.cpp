// Numbers with all that makes them one: signs, currencies, separators, units. A scanner by hand, one pass; the
// tables are the rules.
#include <string>
#include <unordered_set>

#include "text/code_points.hpp"
#include "text/protect.hpp"

namespace lingua::text {
namespace {

/// Units that may follow a number after a space. Those that are also common words ("a", "in") are missing.
constexpr std::string_view kUnits[] = {
    "%",       "‰",       "°C",       "°F",      "€",       "USD",     "EUR",   "AM",     "PM",      "am",
    "pm",      "a.m.",    "p.m.",     "mm",      "cm",      "m",       "km",    "nm",     "µm",      "ft",
    "feet",    "inches",  "yards",    "miles",   "mph",     "mg",      "g",     "kg",     "lb",      "lbs",
    "oz",      "ounces",  "pounds",   "tons",    "ml",      "mL",      "l",     "liters", "litres",  "gallons",
    "ms",      "s",       "min",      "h",       "seconds", "minutes", "hours", "days",   "weeks",   "months",
    "years",   "Hz",      "kHz",      "MHz",     "GHz",     "W",       "kW",    "MW",     "kWh",     "kJ",
    "kcal",    "dB",      "mol",      "kB",      "KB",      "MB",      "GB",    "TB",     "bits",    "bytes",
    "meters",  "metres",  "percent",  "degrees", "dollars", "cents",   "euros", "dozen",  "hundred", "thousand",
    "million", "billion", "trillion", "times",   "points"};

/// What may follow a number in Chinese and Japanese.
constexpr std::string_view kMeasures[] = {
    "小时", "小時", "分钟", "分鐘", "公里", "公斤", "千米", "千克", "厘米", "毫米", "美元", "欧元", "日元",
    "时间", "年",   "月",   "日",   "号",   "號",   "时",   "時",   "点",   "點",   "分",   "秒",   "个",
    "個",   "只",   "隻",   "元",   "块",   "円",   "人",   "名",   "件",   "位",   "本",   "次",   "倍",
    "岁",   "歲",   "歳",   "度",   "届",   "期",   "章",   "节",   "節",   "页",   "頁",   "条",   "條",
    "项",   "項",   "种",   "種",   "篇",   "回",   "天",   "周",   "週",   "米",   "克",   "吨",   "升",
    "斤",   "层",   "層",   "楼",   "级",   "級",   "代",   "世",   "枚",   "匹",   "台",   "杯",   "％"};

constexpr std::u32string_view kChineseDigits = U"零〇一二三四五六七八九两兩壹贰叁肆伍陆柒捌玖";
constexpr std::u32string_view kChinesePositions = U"十百千万亿萬億兆拾佰仟";
constexpr std::u32string_view kSeparators = U".,:/-–'’_×^·٫٬\u00A0\u202F\u2007";  // between two digits
constexpr std::u32string_view kSigns = U"+-−±~≈";

bool contains(std::u32string_view set, UChar32 c) { return set.find(static_cast<char32_t>(c)) != set.npos; }

/// Digits of every script, fractions, superscripts, circled and Roman numbers; not Chinese numerals.
bool is_digit(UChar32 c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return (U_GET_GC_MASK(c) & U_GC_N_MASK) != 0 && !contains(kChineseDigits, c);
}

bool is_inside_token(UChar32 c) {
  return c == '_' || is_digit(c) || is_spaced_letter(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

bool is_chinese_numeral(UChar32 c) {
  return c >= 0x3007 && (contains(kChineseDigits, c) || contains(kChinesePositions, c));
}

std::size_t matched_measure(std::string_view text) {
  if (code_point_at(text, 0) < 0x3007) return 0;
  for (const std::string_view measure : kMeasures) {
    if (text.starts_with(measure)) return measure.size();
  }
  return 0;
}

class NumberScanner {
 public:
  explicit NumberScanner(std::string_view text) : text_(text) {}

  std::vector<ByteRange> scan() {
    while (at_ < text_.size()) {
      const UChar32 c = code_point_at(text_, at_);
      if (is_digit(c)) {
        const std::size_t begin = prefix_begin();
        take_digits();
        take_suffix();
        add(begin);
      } else if (is_inside_token(c)) {
        skip_word();
      } else if (is_chinese_numeral(c)) {
        take_chinese();
      } else {
        next_code_point(text_, at_);
      }
    }
    return std::move(found_);
  }

 private:
  UChar32 here() const { return code_point_at(text_, at_); }
  UChar32 behind() const {
    std::size_t next = at_;
    next_code_point(text_, next);
    return code_point_at(text_, next);
  }

  void add(std::size_t begin) {
    found_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)});
    end_ = at_;
  }

  template <class Is>
  void take_while(Is is) {
    for (std::size_t next = at_; next < text_.size() && is(next_code_point(text_, next));) at_ = next;
  }

  /// A name with digits in it ("x86", "v1.2") is no number; other rules keep names.
  void skip_word() {
    take_while(is_inside_token);
    while (here() == '.' && is_digit(code_point_before(text_, at_)) && is_digit(behind())) {
      ++at_;
      take_while(is_inside_token);
    }
  }

  /// Where the decimal point, currency and sign before the digit here begin: ".5", "$5", "-$5", "$-5".
  std::size_t prefix_begin() const {
    std::size_t begin = at_;
    const auto take_back = [&](auto is) {
      std::size_t i = begin;
      if (begin > end_ && is(previous_code_point(text_, i))) begin = i;
    };
    const auto is_currency = [](UChar32 c) { return u_charType(c) == U_CURRENCY_SYMBOL; };
    const auto is_sign = [&](UChar32 c) { return contains(kSigns, c); };
    take_back([](UChar32 c) { return c == '.'; });
    take_back(is_currency);
    const std::size_t unsigned_begin = begin;
    take_back(is_sign);
    take_back(is_currency);
    const UChar32 before = code_point_before(text_, begin);
    const bool glued = is_inside_token(before) || before == '.' || before == ')' || before == ']' || is_sign(before);
    return glued ? unsigned_begin : begin;
  }

  void take_digits() {
    take_while(is_digit);
    while (contains(kSeparators, here()) && is_digit(behind())) {
      next_code_point(text_, at_);
      take_while(is_digit);
    }
    if ((here() | 0x20) == 'e' && (behind() == '-' || behind() == '+')) {
      std::size_t exponent = at_ + 2;
      if (is_digit(next_code_point(text_, exponent))) {
        at_ += 2;
        take_while(is_digit);
      }
    }
  }

  /// "%", "km/h", "rd", "€", "万元", and a unit after a space.
  void take_suffix() {
    take_while([](UChar32 c) { return c == '%' || c == 0x2030 || c == 0xB0 || u_charType(c) == U_CURRENCY_SYMBOL; });
    take_while(is_inside_token);
    take_while([](UChar32 c) { return is_chinese_numeral(c); });
    at_ += matched_measure(text_.substr(at_));
    take_spaced_unit();
    if (here() == '/' && is_spaced_letter(behind())) {
      ++at_;
      take_while(is_inside_token);
    }
  }

  void take_spaced_unit() {
    constexpr std::size_t kLongest = 12;
    static const std::unordered_set<std::string_view> units(std::begin(kUnits), std::end(kUnits));
    std::size_t begin = at_;
    const UChar32 space = next_code_point(text_, begin);
    if (space != ' ' && space != 0x00A0 && space != 0x202F) return;
    std::size_t end = begin;
    for (std::size_t next = end; end - begin <= kLongest; end = next) {
      const UChar32 c = next_code_point(text_, next);
      if (c == kNone || !(is_inside_token(c) || c == '.' || c == '%' || c == 0x2030 || c == 0xB0 || c == 0x20AC))
        break;
    }
    std::string_view unit = text_.substr(begin, end - begin);
    if (!units.contains(unit) && unit.ends_with('.')) unit.remove_suffix(1);
    if (units.contains(unit)) at_ = begin + unit.size();
  }

  /// Numerals count in groups ("三百", "二〇二四"), after "第", and alone before a measure ("三个", but "一个" means
  /// "a").
  void take_chinese() {
    constexpr std::string_view kOrdinal = "第", kPercent = "百分之";
    const bool percent = text_.substr(at_).starts_with(kPercent);
    std::size_t begin = at_;
    if (percent) at_ += kPercent.size();
    const UChar32 first = here();
    std::size_t digits = 0, positions = 0;
    take_while([&](UChar32 c) {
      digits += contains(kChineseDigits, c);
      positions += contains(kChinesePositions, c);
      return is_chinese_numeral(c);
    });
    if (percent && digits + positions == 0) return;
    const std::size_t measure = matched_measure(text_.substr(at_));
    const bool ordinal = begin - end_ >= kOrdinal.size() && text_.substr(0, begin).ends_with(kOrdinal);
    const bool group = digits + positions > 1 && (contains(kChineseDigits, first) || first == U'十');
    const bool counts_alone =
        measure > 0 && first != U'一' && (digits == 1 || first == U'十') && digits + positions == 1;
    const bool very = measure == 3 && text_.substr(begin).starts_with("十分");  // not ten minutes, which are "十分钟"
    if (!(percent || ordinal || group || counts_alone) || very) return;
    at_ += measure;
    if (ordinal) begin -= kOrdinal.size();
    add(begin);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;  // of the last number found
  std::vector<ByteRange> found_;
};

}  // namespace

std::vector<ByteRange> find_numbers(std::string_view text) {
  check_size(text);
  return NumberScanner(text).scan();
}

}  // namespace lingua::text
