// Folding of logs. The format, a page of text that a language model can read as well:
//
//     Folded log: "~1 a b" is line ~1 of this list with a, b for its {}.
//     ~1 {} INFO Received block {} of size 67108864
//
//     ~1 12:00:01 blk_1
//     a line of another make
//
// Fields are what stands between single spaces, so no value has one. A line that begins with "~" itself gets another.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <span>
#include <vector>

#include <lingua/error.hpp>
#include <lingua/log_fold.hpp>

namespace lingua {
namespace {

constexpr std::string_view kHead = "Folded log: \"~1 a b\" is line ~1 of this list with a, b for its {}.\n";
constexpr std::string_view kSlot = "{}";
constexpr char kMark = '~';

using Fields = std::vector<std::string_view>;

Fields split_at(std::string_view text, char separator) {
  Fields fields;
  for (std::size_t end; (end = text.find(separator)) != std::string_view::npos; text.remove_prefix(end + 1))
    fields.push_back(text.substr(0, end));
  fields.push_back(text);
  return fields;
}

/// Whether lines with another value of `field` are of the same make: what has digits, and paths.
bool varies(std::string_view field) {
  return field.starts_with('/') || field.find_first_of("0123456789") != std::string_view::npos;
}

bool is_word_byte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0; }

/// What two values begin with, up to the last byte that is no part of a word.
std::string_view common_begin(std::string_view a, std::string_view b) {
  auto size = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  if (size == a.size() && size == b.size()) return a;
  while (size > 0 && is_word_byte(a[size - 1])) --size;
  return a.substr(0, size);
}

/// What two values end with, in the same way.
std::string_view common_end(std::string_view a, std::string_view b) {
  std::size_t size = 0;
  while (size < std::min(a.size(), b.size()) && a[a.size() - 1 - size] == b[b.size() - 1 - size]) ++size;
  while (size > 0 && is_word_byte(a[a.size() - size])) --size;
  return a.substr(a.size() - size);
}

/// A field of a template: what all values have before and behind the part in which they differ.
struct Slot {
  std::string_view begin, end;
  bool varies = false;
};

/// Lines with the same fields but for those that vary.
class Template {
 public:
  explicit Template(std::span<const Fields> lines) {
    for (std::size_t i = 0; i < lines[0].size(); ++i) slots_.push_back(slot_of(lines, i));
  }

  std::string text() const {
    std::string result;
    for (const Slot& slot : slots_) {
      if (&slot != &slots_.front()) result += ' ';
      result += slot.begin;
      if (slot.varies) result.append(kSlot).append(slot.end);
    }
    return result;
  }

  /// Those of `line`, each with a space before it.
  std::string values_of(const Fields& line) const {
    std::string values;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const auto& [begin, end, varies] = slots_[i];
      const std::size_t fixed = begin.size() + end.size();
      if (varies) values.append(" ").append(line[i].substr(begin.size(), line[i].size() - fixed));
    }
    return values;
  }

 private:
  static Slot slot_of(std::span<const Fields> lines, std::size_t i) {
    Slot slot{lines[0][i], {}};
    for (const Fields& line : lines) {
      slot.varies = slot.varies || line[i] != lines[0][i];
      slot.begin = common_begin(slot.begin, line[i]);
    }
    if (!slot.varies) return {lines[0][i], {}};
    slot.end = lines[0][i].substr(slot.begin.size());
    for (const Fields& line : lines) slot.end = common_end(slot.end, line[i].substr(slot.begin.size()));
    return slot;
  }

  std::vector<Slot> slots_;
};

/// Folds a log in two passes: templates from all lines, then the lines by template.
class Folder {
 public:
  explicit Folder(std::string_view log) : log_(log), lines_(split_at(log, '\n')) {}

  std::string fold() {
    find_templates();
    std::string folded(kHead);
    for (std::size_t i = 0; i < legend_.size(); ++i) folded += fmt::format("~{} {}\n", i + 1, legend_[i]);
    folded += '\n';
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (i > 0) folded += '\n';
      if (replaced_[i].empty() && lines_[i].starts_with(kMark)) folded += kMark;
      folded += replaced_[i].empty() ? lines_[i] : replaced_[i];
    }
    const bool needed = log_.starts_with(kHead);  // lest it be taken for a folded log itself
    return needed || folded.size() < log_.size() ? folded : std::string(log_);
  }

 private:
  void find_templates() {
    replaced_.resize(lines_.size());
    std::map<std::string, std::size_t> index;
    std::vector<std::vector<std::size_t>> groups;  // in the order of their first lines
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].empty() || lines_[i].find(kSlot) != std::string_view::npos) continue;
      const auto [entry, is_new] = index.try_emplace(shape_of(lines_[i]), groups.size());
      if (is_new) groups.emplace_back();
      groups[entry->second].push_back(i);
    }
    for (const auto& group : groups)
      if (group.size() > 1) fold_group(group);
  }

  static std::string shape_of(std::string_view line) {
    std::string shape;
    for (const auto field : split_at(line, ' ')) shape.append(varies(field) ? "0" : field).append(" ");
    return shape;
  }

  /// Takes up a template for the lines of `group` if that saves bytes.
  void fold_group(const std::vector<std::size_t>& group) {
    std::vector<Fields> fields;
    fields.reserve(group.size());
    for (const auto line : group) fields.push_back(split_at(lines_[line], ' '));
    const Template shared(fields);
    const std::string text = shared.text(), name = fmt::format("~{}", legend_.size() + 1);
    std::vector<std::string> shorter;
    std::size_t before = 0, after = name.size() + text.size() + 2;
    for (std::size_t i = 0; i < group.size(); ++i) {
      shorter.push_back(name + shared.values_of(fields[i]));
      before += lines_[group[i]].size();
      after += shorter.back().size();
    }
    if (after >= before) return;
    legend_.push_back(text);
    for (std::size_t i = 0; i < group.size(); ++i) replaced_[group[i]] = std::move(shorter[i]);
  }

  std::string_view log_;
  Fields lines_;
  std::vector<std::string> replaced_;  // by line; empty: stays as it is
  std::vector<std::string> legend_;
};

class Unfolder {
 public:
  explicit Unfolder(std::string_view folded) : lines_(split_at(folded.substr(kHead.size()), '\n')) {}

  std::string unfold() {
    while (line_ < lines_.size() && !lines_[line_].empty()) take_template();
    if (line_ == lines_.size()) refuse("the legend of the folded log has no end, a blank line");
    std::string log;
    for (const std::size_t first = ++line_; line_ < lines_.size(); ++line_) {
      if (line_ > first) log += '\n';
      append_line(log);
    }
    return log;
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw Error(ErrorCode::input_malformed, fmt::format("line {}: {}", line_ + 2, why));
  }

  void take_template() {
    const std::string name = fmt::format("~{} ", templates_.size() + 1);
    if (!lines_[line_].starts_with(name))
      refuse(fmt::format("the legend goes on with {}, or ends with a blank line", name));
    templates_.push_back(lines_[line_++].substr(name.size()));
  }

  void append_line(std::string& log) const {
    std::string_view line = lines_[line_];
    if (!line.starts_with(kMark)) {
      log += line;
      return;
    }
    line.remove_prefix(1);
    if (line.starts_with(kMark)) {
      log += line;
      return;
    }
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
    if (error != std::errc() || number == 0 || number > templates_.size())
      refuse(fmt::format("'~{}' is none of the {} templates of the legend", line.substr(0, line.find(' ')),
                         templates_.size()));
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
    fill(templates_[number - 1], line, log);
  }

  /// `values`: each with a space before it.
  void fill(std::string_view text, std::string_view values, std::string& log) const {
    for (std::size_t slot; (slot = text.find(kSlot)) != std::string_view::npos;
         text.remove_prefix(slot + kSlot.size())) {
      if (!values.starts_with(' ')) refuse("there are fewer values than the template has places");
      values.remove_prefix(1);
      const std::string_view value = values.substr(0, values.find(' '));
      log.append(text.substr(0, slot)).append(value);
      values.remove_prefix(value.size());
    }
    if (!values.empty()) refuse("there are more values than the template has places");
    log += text;
  }

  Fields lines_;
  std::size_t line_ = 0;
  std::vector<std::string_view> templates_;
};

}  // namespace

std::string fold_log(std::string_view log) { return Folder(log).fold(); }

std::size_t legend_size(std::string_view folded) noexcept {
  if (!folded.starts_with(kHead)) return 0;
  const std::size_t end = folded.find("\n\n", kHead.size() - 1);
  return end == std::string_view::npos ? 0 : end + 2;
}

std::string unfold_log(std::string_view folded) {
  return folded.starts_with(kHead) ? Unfolder(folded).unfold() : std::string(folded);
}

}  // namespace lingua
