// BM25.
#include "compress/relevance/bm25.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "text/terms.hpp"

namespace lingua::compress {
namespace {

constexpr double kSaturation = 1.5, kLengthWeight = 0.75;  // k1 and b

struct CountedText {
  std::map<std::string, double> counts;  ///< of the query's words
  double length = 0;                     ///< words
};

CountedText count(std::string_view text, const std::set<std::string>& wanted) {
  CountedText counted;
  for (const auto& term : text::terms(text)) {
    ++counted.length;
    if (wanted.contains(term)) ++counted.counts[term];
  }
  return counted;
}

}  // namespace

double inverse_document_frequency(double texts, double found) {
  return std::log(1 + (texts - found + 0.5) / (found + 0.5));
}

std::vector<double> bm25(std::span<const std::string_view> texts, std::string_view query) {
  const auto terms = text::terms(query);
  const std::set<std::string> wanted(terms.begin(), terms.end());
  std::vector<double> scores(texts.size(), 0);
  if (wanted.empty()) return scores;
  std::vector<CountedText> counted;
  double length = 0;  // of all texts
  for (const auto text : texts) length += counted.emplace_back(count(text, wanted)).length;

  const auto n = static_cast<double>(texts.size());
  for (const auto& term : wanted) {
    const auto has = [&](const CountedText& text) { return text.counts.contains(term); };
    const auto found = static_cast<double>(std::ranges::count_if(counted, has));
    const double idf = inverse_document_frequency(n, found);
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (!has(counted[i])) continue;
      const double f = counted[i].counts.at(term), relative = counted[i].length * n / length;
      scores[i] += idf * f * (kSaturation + 1) / (f + kSaturation * (1 - kLengthWeight + kLengthWeight * relative));
    }
  }
  return scores;
}

}  // namespace lingua::compress
