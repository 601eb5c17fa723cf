// Standings of sentences.
#include "compress/relevance/standing.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "compress/relevance/bm25.hpp"
#include "text/terms.hpp"

namespace lingua::compress {
namespace {

constexpr double kRepeated = 0.6, kShared = 0.3;  // of the weight of a sentence

using Word = std::size_t;                 ///< a number for each word that there is
using DistinctWords = std::vector<Word>;  ///< of a sentence

/// The words of all sentences.
class SentenceWords {
 public:
  explicit SentenceWords(std::span<const Sentence> sentences) {
    for (const auto& sentence : sentences) sentences_.push_back(number(sentence.text));
    for (std::size_t i = 0; i < sentences.size(); ++i)
      for (const auto word : sentences_[i]) count(word, sentences[i].source);
    for (const auto& count : counts_)
      weights_.push_back(inverse_document_frequency(static_cast<double>(sentences.size()), count.sentences));
  }

  std::size_t size() const { return counts_.size(); }
  const DistinctWords& of(std::size_t sentence) const { return sentences_[sentence]; }
  bool is_shared(Word word) const { return counts_[word].is_shared; }

  /// The part of a sentence's weight that words have of which `holds` is true; 0 where there are no words.
  template <typename Holds>
  double share(std::size_t sentence, Holds holds) const {
    double all = 0, some = 0;
    for (const auto word : sentences_[sentence]) {
      all += weights_[word];
      if (holds(word)) some += weights_[word];
    }
    return all > 0 ? some / all : 0;
  }

 private:
  struct Count {
    double sentences = 0;  ///< that have the word
    std::size_t source = 0;
    bool is_shared = false;  ///< whether several texts have it
  };

  DistinctWords number(std::string_view text) {
    DistinctWords words;
    for (auto& term : text::terms(text))
      words.push_back(numbers_.try_emplace(std::move(term), numbers_.size()).first->second);
    std::ranges::sort(words);
    words.erase(std::unique(words.begin(), words.end()), words.end());
    counts_.resize(numbers_.size());
    return words;
  }

  void count(Word word, std::size_t source) {
    auto& count = counts_[word];
    if (count.sentences > 0 && count.source != source) count.is_shared = true;
    ++count.sentences;
    count.source = source;
  }

  std::unordered_map<std::string, Word> numbers_;
  std::vector<DistinctWords> sentences_;
  std::vector<Count> counts_;
  std::vector<double> weights_;
};

/// Of each sentence how much of it stands in other texts; 1 in a text that has little in common with the others.
std::vector<double> shared_parts(std::span<const Sentence> sentences, const SentenceWords& words) {
  struct Sum {
    double shared = 0, sentences = 0;
  };
  std::vector<double> parts;
  std::map<std::size_t, Sum> sums;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    parts.push_back(words.share(i, [&](Word word) { return words.is_shared(word); }));
    auto& sum = sums[sentences[i].source];
    sum.shared += parts[i];
    ++sum.sentences;
  }
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const auto& sum = sums[sentences[i].source];
    if (sum.shared < kShared * sum.sentences) parts[i] = 1;
  }
  return parts;
}

}  // namespace

std::vector<Standing> standings(std::span<const Sentence> sentences) {
  const SentenceWords words(sentences);
  const auto shared = shared_parts(sentences, words);
  std::vector<bool> told(words.size());
  std::vector<Standing> standings;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const bool has_words = !words.of(i).empty();
    if (words.share(i, [&](Word word) { return told[word]; }) > kRepeated) {
      standings.push_back(Standing::repeats);
    } else if (has_words && shared[i] < kShared) {
      standings.push_back(Standing::digresses);
    } else {
      standings.push_back(Standing::tells);
      for (const auto word : words.of(i)) told[word] = true;
    }
  }
  return standings;
}

}  // namespace lingua::compress
