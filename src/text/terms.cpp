#include "text/terms.hpp"

#include "text/code_points.hpp"
#include "text/segment.hpp"

namespace lingua::text {

std::vector<std::string> terms(std::string_view text) {
  std::vector<std::string> terms;
  for (const auto [begin, end] : letter_runs(text)) {
    auto& term = terms.emplace_back();
    for (std::size_t i = begin; i < end;) append(term, u_foldCase(next_code_point(text, i), U_FOLD_CASE_DEFAULT));
  }
  return terms;
}

}  // namespace lingua::text
