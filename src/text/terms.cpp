#include "text/terms.hpp"

#include "text/code_points.hpp"
#include "text/segment.hpp"

namespace lingua::text {
namespace {

std::string folded(std::string_view run) {
  std::string term;
  for (std::size_t i = 0; i < run.size();) append(term, u_foldCase(next_code_point(run, i), U_FOLD_CASE_DEFAULT));
  return term;
}

}  // namespace

std::vector<std::string> terms(std::string_view text) {
  const auto runs = letter_runs(text);
  const auto spaceless = [&](std::size_t i) { return is_spaceless(code_point_at(text, runs[i].begin)); };
  const auto goes_on = [&](std::size_t i) {
    return i > 0 && i < runs.size() && runs[i - 1].end == runs[i].begin && spaceless(i - 1) && spaceless(i);
  };
  const auto between = [&](std::uint32_t begin, std::uint32_t end) { return text.substr(begin, end - begin); };
  std::vector<std::string> terms;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!spaceless(i)) {
      terms.push_back(folded(between(runs[i].begin, runs[i].end)));
    } else if (goes_on(i)) {
      terms.emplace_back(between(runs[i - 1].begin, runs[i].end));
    } else if (!goes_on(i + 1)) {
      terms.emplace_back(between(runs[i].begin, runs[i].end));
    }
  }
  return terms;
}

}  // namespace lingua::text
