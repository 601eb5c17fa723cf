// A walk over JSON that is known to be well-formed: the JSON library has read it, but does not say where values
// stand.
#include "input/json_places.hpp"

#include <algorithm>
#include <span>

#include "input/strict_json.hpp"

namespace lingua::cli {
namespace {

/// Walks over well-formed JSON, nested as deep as parse_json allows.
class Walker {
 public:
  using Visit = std::function<void(const JsonPath&, ByteSpan)>;

  Walker(std::string_view json, const Visit& visit)
      : json_(json), at_(json.starts_with("\xEF\xBB\xBF") ? 3 : 0), visit_(visit) {}

  void take_value() {
    const char first = here();
    const std::size_t begin = at_;
    if (first == '{') {
      take_members('}', true);
    } else if (first == '[') {
      take_members(']', false);
    } else if (first == '"') {
      take_string();
    } else {
      at_ = std::min(json_.find_first_of(" \t\r\n,]}", at_), json_.size());
    }
    visit_(path_, {begin, at_});
  }

 private:
  char here() {
    at_ = json_.find_first_not_of(" \t\r\n", at_);
    return json_[at_];
  }

  /// The literal at the opening quote here.
  std::string_view take_string() {
    const std::size_t begin = at_;
    for (++at_; json_[at_] != '"'; ++at_)
      if (json_[at_] == '\\') ++at_;
    ++at_;
    return json_.substr(begin, at_ - begin);
  }

  void take_members(char close, bool keyed) {
    ++at_;
    for (std::size_t index = 0; here() != close; ++index) {
      if (keyed) {
        path_.push_back(Json::parse(take_string()).get<std::string>());
        here();
        ++at_;  // the colon
      } else {
        path_.push_back(std::to_string(index));
      }
      take_value();
      path_.pop_back();
      if (here() == ',') ++at_;
    }
    ++at_;
  }

  std::string_view json_;
  std::size_t at_;  // behind a byte order mark, which parse_json accepts
  const Visit& visit_;
  JsonPath path_;
};

std::string unescaped(std::string_view step) {
  std::string key;
  for (std::size_t i = 0; i < step.size(); ++i) {
    const bool escape = step[i] == '~' && i + 1 < step.size() && (step[i + 1] == '0' || step[i + 1] == '1');
    key += escape ? (step[++i] == '1' ? '/' : '~') : step[i];
  }
  return key;
}

/// The step that begins behind the slash at the front of `pattern`, which is moved behind it.
std::string_view take_step(std::string_view& pattern) {
  const std::size_t end = std::min(pattern.find('/', 1), pattern.size());
  const std::string_view step = pattern.substr(1, end - 1);
  pattern.remove_prefix(end);
  return step;
}

bool matches(std::span<const std::string> path, std::string_view pattern) {
  if (pattern.empty()) return path.empty();
  std::string_view rest = pattern;
  const std::string_view step = take_step(rest);
  if (step == "**") return matches(path, rest) || (!path.empty() && matches(path.subspan(1), pattern));
  return !path.empty() && (step == "*" || unescaped(step) == path.front()) && matches(path.subspan(1), rest);
}

}  // namespace

void visit_json(std::string_view json, const std::function<void(const JsonPath&, ByteSpan)>& visit) {
  Walker(json, visit).take_value();
}

bool matches_path(const JsonPath& path, std::string_view pattern) { return matches(path, pattern); }

}  // namespace lingua::cli
