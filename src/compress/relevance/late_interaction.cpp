// Late interaction.
#include "compress/relevance/late_interaction.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "compress/relevance/bm25.hpp"

namespace lingua::compress {
namespace {

/// A piece has at most so many tokens: evidence stands together.
constexpr std::size_t kPieceTokens = 256;

/// Pieces are represented together until they have so many tokens, which bounds memory and fills forward passes.
constexpr std::size_t kPassTokens = 4096;

/// Of a long question the last tokens count.
constexpr std::size_t kLongestQuestion = 128;

/// Of each token of the question.
std::vector<double> rarity(std::span<const TokenId> question, std::span<const std::vector<TokenId>> texts) {
  const std::set<TokenId> asked(question.begin(), question.end());
  std::vector<std::set<TokenId>> found(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (const auto id : texts[i])
      if (asked.contains(id)) found[i].insert(id);
  const auto n = static_cast<double>(texts.size());
  std::vector<double> idf;
  for (const auto id : question) {
    const auto m =
        static_cast<double>(std::ranges::count_if(found, [&](const auto& ids) { return ids.contains(id); }));
    idf.push_back(inverse_document_frequency(n, m));
  }
  return idf;
}

}  // namespace

/// What representations are measured by: mean and spread of each number.
class LateInteraction::Standard {
 public:
  Standard(std::span<const ScoreCache::Scores> representations, std::size_t size) : mean_(size), scale_(size) {
    std::vector<double> sum(size), squares(size);
    std::size_t rows = 0;
    for (const auto& some : representations) {
      for (std::size_t i = 0; i < some->size(); ++i) {
        const double value = (*some)[i];
        sum[i % size] += value, squares[i % size] += value * value;
      }
      rows += some->size() / size;
    }
    const auto count = static_cast<double>(std::max<std::size_t>(rows, 1));
    for (std::size_t i = 0; i < size; ++i) {
      const double mean = sum[i] / count, variance = squares[i] / count - mean * mean;
      mean_[i] = static_cast<float>(mean);
      scale_[i] = variance > 0 ? static_cast<float>(1 / std::sqrt(variance)) : 0;
    }
  }

  /// `row` in units of the spread, of length 1 unless it is 0.
  void apply(std::span<const float> row, std::span<float> out) const {
    double squares = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      out[i] = (row[i] - mean_[i]) * scale_[i];
      squares += static_cast<double>(out[i]) * out[i];
    }
    const float inverse = squares > 0 ? static_cast<float>(1 / std::sqrt(squares)) : 0;
    for (float& value : out) value *= inverse;
  }

 private:
  std::vector<float> mean_, scale_;
};

/// The tokens of a question, standardised, each with its weight.
class LateInteraction::Question {
 public:
  Question(const std::vector<float>& representations, std::vector<double> weights, Standard standard,
           std::size_t size)
      : standard_(std::move(standard)), weights_(std::move(weights)), columns_(representations.size()), row_(size) {
    const auto count = weights_.size();
    for (std::size_t q = 0; q < count; ++q) {
      standard_.apply(std::span(representations).subspan(q * size, size), row_);
      for (std::size_t i = 0; i < size; ++i) columns_[i * count + q] = row_[i];
    }
  }

  /// Of a piece of a text.
  double match(const std::vector<float>& representations) {
    const auto size = row_.size(), count = weights_.size();
    std::vector<float> best(count, -1), cosines(count);
    for (std::size_t begin = 0; begin < representations.size(); begin += size) {
      standard_.apply(std::span(representations).subspan(begin, size), row_);
      std::ranges::fill(cosines, 0.0F);
      for (std::size_t i = 0; i < size; ++i)
        for (std::size_t q = 0; q < count; ++q) cosines[q] += row_[i] * columns_[i * count + q];
      for (std::size_t q = 0; q < count; ++q) best[q] = std::max(best[q], cosines[q]);
    }
    double sum = 0;
    for (std::size_t q = 0; q < count; ++q) sum += weights_[q] * best[q];
    return sum;
  }

 private:
  Standard standard_;
  std::vector<double> weights_;
  std::vector<float> columns_;  ///< by number, then by token: what is summed up stays in order, side by side
  std::vector<float> row_;
};

bool can_represent(const Scorer& scorer) { return scorer.representation_size() > 0; }

std::vector<double> LateInteraction::relevance(std::span<const TokenId> question,
                                               std::span<const std::vector<TokenId>> texts) const {
  const auto pieces = pieces_of(texts);
  progress_.begin("rank", tokens_in(pieces));
  std::vector<double> relevance(texts.size(), -std::numeric_limits<double>::infinity());
  std::optional<Question> asked;
  for (std::span<const Piece> left = pieces; !left.empty();) {
    const auto group = first_pass_of(left);
    const auto representations = representations_of(group);
    if (!asked) asked.emplace(question_for(question, texts, Standard(representations, size_)));
    for (std::size_t i = 0; i < group.size(); ++i)
      relevance[group[i].text] = std::max(relevance[group[i].text], asked->match(*representations[i]));
    progress_.advance(tokens_in(group));
    left = left.subspan(group.size());
  }
  return relevance;
}

LateInteraction::Question LateInteraction::question_for(std::span<const TokenId> question,
                                                        std::span<const std::vector<TokenId>> texts,
                                                        Standard standard) const {
  const Piece asked{0, question.last(std::min(kLongestQuestion, question.size()))};
  const auto representations = representations_of({&asked, 1});
  return {*representations.front(), rarity(asked.ids, texts), std::move(standard), size_};
}

std::vector<LateInteraction::Piece> LateInteraction::pieces_of(std::span<const std::vector<TokenId>> texts) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (std::span<const TokenId> left = texts[i]; !left.empty(); left = left.subspan(pieces.back().ids.size()))
      pieces.push_back({i, left.first(std::min(kPieceTokens, left.size()))});
  return pieces;
}

std::span<const LateInteraction::Piece> LateInteraction::first_pass_of(std::span<const Piece> pieces) {
  std::size_t count = 0, tokens = 0;
  while (count < pieces.size() && tokens < kPassTokens) tokens += pieces[count++].ids.size();
  return pieces.first(count);
}

std::size_t LateInteraction::tokens_in(std::span<const Piece> pieces) {
  std::size_t tokens = 0;
  for (const auto& piece : pieces) tokens += piece.ids.size();
  return tokens;
}

/// Those that the cache does not know are read together.
std::vector<ScoreCache::Scores> LateInteraction::representations_of(std::span<const Piece> pieces) const {
  std::vector<ScoreCache::Scores> found;
  std::vector<std::vector<float>> rows(pieces.size());
  std::vector<TextToRepresent> unknown;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    found.push_back(cache_.find(bytes_of(pieces[i].ids), {}, ScoreCache::Kind::representation));
    if (found[i]) continue;
    rows[i].resize(pieces[i].ids.size() * size_);
    unknown.push_back({pieces[i].ids, rows[i]});
  }
  scorer_.represent(unknown);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (found[i]) continue;
    found[i] = std::make_shared<const std::vector<float>>(std::move(rows[i]));
    cache_.insert(bytes_of(pieces[i].ids), found[i], {}, ScoreCache::Kind::representation);
  }
  return found;
}

}  // namespace lingua::compress
