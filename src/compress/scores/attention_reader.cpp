// Attention of questions to texts.
#include "compress/scores/attention_reader.hpp"

#include <algorithm>
#include <utility>

namespace lingua::compress {
namespace {

/// The last tokens of a question whose attention counts.
constexpr std::size_t kAsked = 64;

/// Mean and last, token by token, of what `question` pays to the text that `scorer` stands after, and still does in
/// the end.
std::vector<float> measure(Scorer& scorer, std::span<const TokenId> question) {
  const auto tokens = scorer.size(), rows = std::min(kAsked, question.size());
  scorer.append(question.first(question.size() - rows));
  const auto size = scorer.size();
  std::vector<float> weights(rows * size);
  scorer.attend(question.last(rows), weights);
  scorer.truncate(tokens);
  std::vector<float> attention;
  attention.reserve(2 * tokens);
  for (std::size_t i = 0; i < tokens; ++i) {
    double sum = 0;
    for (std::size_t row = 0; row < rows; ++row) sum += weights[row * size + i];
    attention.push_back(static_cast<float>(sum / static_cast<double>(rows)));
    attention.push_back(weights[(rows - 1) * size + i]);
  }
  return attention;
}

}  // namespace

std::vector<ScoreCache::Scores> AttentionReader::ask(std::span<const TokenId> text,
                                                     std::span<const std::vector<TokenId>> questions) {
  std::vector<ScoreCache::Scores> attention;
  for (const auto& question : questions)
    attention.push_back(scores_.find(bytes_of(question), bytes_of(text), ScoreCache::Kind::attention));
  if (std::ranges::find(attention, nullptr) == attention.end()) return attention;

  auto scorer = scorer_for(text);
  const auto before = scorer->forwarded_tokens();
  if (scorer->size() == 0) scorer->append(text);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (attention[i]) continue;
    attention[i] = std::make_shared<const std::vector<float>>(measure(*scorer, questions[i]));
    scores_.insert(bytes_of(questions[i]), attention[i], bytes_of(text), ScoreCache::Kind::attention);
  }
  forwarded_ += scorer->forwarded_tokens() - before;
  spare_ = readings_.put(text, std::move(scorer), begin_);
  if (spare_) spare_->truncate(0);
  return attention;
}

/// One that has read `text` already, or else an empty one.
std::unique_ptr<Scorer> AttentionReader::scorer_for(std::span<const TokenId> text) {
  if (auto scorer = readings_.take(text)) return scorer;
  return spare_ ? std::move(spare_) : model_.new_scorer();
}

}  // namespace lingua::compress
