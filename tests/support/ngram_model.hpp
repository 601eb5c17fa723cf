// A scorer small enough to work out by hand, so that tests of the method need no download.
//
// A token is a run of letters and digits with at most one space before it, or any other single byte. Its surprisal is
// that of a cache model with add-one smoothing: after n tokens, of which c were equal to t,
//     p(t) = (c + 1) / (n + kVocabulary).
// So a token is surprising when the (compressed) text before it does not contain it.
#pragma once

#include <cctype>
#include <cmath>
#include <cstdint>
#include <lingua/scorer.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lingua::test {

class NgramScorer final : public Scorer {
 public:
  static constexpr double kVocabulary = 100;

  std::size_t size() const noexcept override { return history_.size(); }
  void truncate(std::size_t size) override { history_.resize(size); }
  void append(std::span<const TokenId> ids) override {
    forwarded_ += ids.size();
    history_.insert(history_.end(), ids.begin(), ids.end());
  }
  void score(std::span<const TokenId> ids, std::span<float> surprisal) override {
    std::map<TokenId, int> counts;
    for (const auto id : history_) ++counts[id];
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto seen = static_cast<double>(history_.size() + i);
      surprisal[i] = static_cast<float>(std::log((seen + kVocabulary) / (counts[ids[i]]++ + 1)));
    }
    append(ids);
  }
  std::size_t forwarded_tokens() const noexcept override { return forwarded_; }

 private:
  std::vector<TokenId> history_;
  std::size_t forwarded_ = 0;
};

class NgramModel final : public ScoringModel {
 public:
  std::vector<Token> tokenize(std::string_view text) const override {
    const auto is_word = [&](std::size_t i) {
      return i < text.size() && std::isalnum(static_cast<unsigned char>(text[i]));
    };
    std::vector<Token> tokens;
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = begin + 1;
      if (is_word(begin) || (text[begin] == ' ' && is_word(end)))
        while (is_word(end)) ++end;
      tokens.push_back({id_of(text.substr(begin, end - begin)), static_cast<std::uint32_t>(begin),
                        static_cast<std::uint32_t>(end)});
      begin = end;
    }
    return tokens;
  }
  std::unique_ptr<Scorer> new_scorer() const override { return std::make_unique<NgramScorer>(); }
  const std::string& id() const noexcept override { return id_; }

 private:
  /// FNV-1a, so that ids are the same everywhere.
  static TokenId id_of(std::string_view text) {
    std::uint32_t hash = 2166136261U;
    for (const auto c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return static_cast<TokenId>(hash & 0x7FFFFFFFU);
  }

  std::string id_ = "ngram";
};

}  // namespace lingua::test
