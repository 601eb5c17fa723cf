// Puts question and restrictive sentence together.
#include "compress/scores/probe.hpp"

#include <algorithm>
#include <memory>
#include <string_view>

#include "text/lines.hpp"
#include "text/script.hpp"

namespace lingua::compress {
namespace {

/// The paper's sentence, or a translation of it.
std::string_view default_restriction(std::string_view question) {
  switch (text::script_of(question)) {
    case text::Script::han:
      return "我们可以在给定的文档中找到这个问题的答案。";
    case text::Script::kana:
      return "この質問の答えは、与えられた文書の中にあります。";
    case text::Script::hangul:
      return "이 질문의 답은 주어진 문서에서 찾을 수 있습니다.";
    case text::Script::cyrillic:
      return "Ответ на этот вопрос можно найти в данных документах.";
    case text::Script::arabic:
      return "يمكننا الحصول على إجابة هذا السؤال من المستندات المعطاة.";
    case text::Script::latin:
    case text::Script::other:
      break;
  }
  return "We can get the answer to this question in the given documents.";
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(text::kBlanks);
  return begin == std::string_view::npos ? std::string_view() : text::without_end(text.substr(begin));
}

bool is_full_width(std::string_view text) {
  const auto script = text::script_of(text);
  return script == text::Script::han || script == text::Script::kana;
}

}  // namespace

std::vector<TokenId> Probe::after(std::string_view context, std::span<const Token> tokens) const {
  auto all = ids_of(tokens);
  if (!context.empty() && text::kBlanks.find(context.back()) == std::string_view::npos)
    all.insert(all.end(), blank_line.begin(), blank_line.end());
  all.insert(all.end(), ids.begin(), ids.end());
  return all;
}

ScoreCache::Scores Probe::find(ScoreCache& cache, std::span<const TokenId> all) const {
  return cache.find(text, bytes_of(all.first(all.size() - ids.size())));
}

void Probe::remember(ScoreCache& cache, std::span<const TokenId> all, std::span<const float> surprisals) const {
  cache.insert(text, std::make_shared<const std::vector<float>>(surprisals.begin(), surprisals.end()),
               bytes_of(all.first(all.size() - ids.size())));
}

std::optional<Probe> make_probe(const TokenizedPrompt& prompt, const ScoringModel& model,
                                const QuestionSurprisal& options) {
  const auto part = std::ranges::find(prompt.parts, Role::question, &Part::role);
  const auto question = part == prompt.parts.end() ? std::string_view() : trimmed(part->text);
  if (question.empty()) return std::nullopt;

  Probe probe;
  probe.text = question;
  const std::string_view restriction =
      options.restriction ? std::string_view(*options.restriction) : default_restriction(question);
  if (!restriction.empty()) probe.text.append(is_full_width(question) ? "" : " ").append(restriction);
  probe.ids = ids_of(model.tokenize(probe.text));
  probe.blank_line = ids_of(model.tokenize("\n\n"));
  probe.question = ids_of(model.tokenize(question));
  probe.question.insert(probe.question.end(), probe.blank_line.begin(), probe.blank_line.end());
  return probe;
}

}  // namespace lingua::compress
