// How well texts match a query by the words they share with it (Robertson and Zaragoza, "The Probabilistic Relevance
// Framework: BM25 and Beyond", 2009).
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace lingua::compress {

/// How rare something is that `found` of `texts` texts have: ln(1 + (n - m + 1/2) / (m + 1/2)).
double inverse_document_frequency(double texts, double found);

/// Of each of `texts`, 0 or more:
///     sum over the words t of `query` of idf(t) * f * (k1 + 1) / (f + k1 * (1 - b + b * length / mean length)),
/// where f is how often t occurs in the text, and idf(t) its inverse document frequency; k1 = 1.5, b = 0.75.
std::vector<double> bm25(std::span<const std::string_view> texts, std::string_view query);

}  // namespace lingua::compress
