// Ranking by attention, with a scorer whose attention is plain to see: a token looks at its like.
#include <gmock/gmock.h>

#include <lingua/compressor.hpp>

#include "compress/prompt/conversation.hpp"
#include "compress/relevance/attention_relevance.hpp"
#include "support/errors.hpp"
#include "support/ngram_model.hpp"

namespace lingua {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t kScorerBytes = 100'000;

/// weights[row][i] is 1 where the tokens are the same, 0.01 elsewhere.
class LookingScorer final : public Scorer {
 public:
  explicit LookingScorer(std::size_t span) : span_(span) {}

  std::size_t size() const noexcept override { return ids_.size(); }
  void truncate(std::size_t size) override { ids_.resize(size), scorer_.truncate(size); }
  void append(std::span<const TokenId> ids) override {
    ids_.insert(ids_.end(), ids.begin(), ids.end());
    scorer_.append(ids);
  }
  void score(std::span<const TokenId> ids, std::span<float> surprisal) override {
    ids_.insert(ids_.end(), ids.begin(), ids.end());
    scorer_.score(ids, surprisal);
  }
  std::size_t forwarded_tokens() const noexcept override { return scorer_.forwarded_tokens(); }
  std::size_t memory_bytes() const noexcept override { return kScorerBytes; }
  std::size_t attention_span() const noexcept override { return span_; }
  void attend(std::span<const TokenId> ids, std::span<float> weights) override {
    const auto before = ids_.size();
    ASSERT_EQ(weights.size(), ids.size() * before);
    ASSERT_LE(before + ids.size(), span_);
    for (std::size_t row = 0; row < ids.size(); ++row)
      for (std::size_t i = 0; i < before; ++i) weights[row * before + i] = ids_[i] == ids[row] ? 1.0F : 0.01F;
    append(ids);
  }

 private:
  std::size_t span_;
  std::vector<TokenId> ids_;
  test::NgramScorer scorer_;
};

class LookingModel final : public ScoringModel {
 public:
  explicit LookingModel(std::size_t span) : span_(span) {}
  std::vector<Token> tokenize(std::string_view text) const override { return model_.tokenize(text); }
  std::unique_ptr<Scorer> new_scorer() const override { return std::make_unique<LookingScorer>(span_); }
  const std::string& id() const noexcept override { return model_.id(); }

 private:
  std::size_t span_;
  test::NgramModel model_;
};

Compressor compressor(std::size_t span = 4096, MemoryLimits limits = {}) {
  return Compressor(std::make_shared<LookingModel>(span), limits);
}

Options to(Target target) {
  Options options;
  options.target = target;
  return options;
}

const Prompt kDocuments{
    .contexts = {"Birds sing songs all day. Ships sail over seas.\n\n",
                 "We ate well that evening. The contract was signed by Anna. Then it rained for hours.\n\n"},
    .question = "The contract was signed by whom?"};

TEST(ByAttention, KeepsWhatTheQuestionLooksAt) {
  const auto result = compressor().compress(kDocuments, to(Tokens{18}));
  EXPECT_THAT(result.text, HasSubstr("The contract was signed by Anna."));
  EXPECT_THAT(result.parts.back().text, kDocuments.question);
  EXPECT_EQ(result.tokens_after, 18u);
  EXPECT_THAT(result.notes, IsEmpty());
}

// Half of two neighbours on either side, of the same context: 8 + (4 + 2) / 2, 4 + (8 + 2 + 0) / 2, ...
TEST(ByAttention, SentencesCountWithTheirNeighbours) {
  std::vector<compress::Place> sentences;
  for (const std::size_t part : {1u, 1u, 1u, 1u, 2u, 2u}) sentences.push_back({part, {}});
  EXPECT_THAT(compress::with_neighbours(std::vector<double>{8, 4, 2, 0, -6, 100}, sentences),
              ElementsAre(11, 9, 8, 3, 44, 97));
  EXPECT_THAT(compress::with_neighbours({}, {}), IsEmpty());
}

// Blocks of a few tokens each: what is found in one can be compared with what is found in another.
TEST(ByAttention, ReadsInBlocksWhatDoesNotFitTheSpan) {
  for (const std::size_t span : {32u, 40u, 64u}) {
    const auto result = compressor(span).compress(kDocuments, to(Tokens{18}));
    EXPECT_THAT(result.text, HasSubstr("The contract was signed by Anna.")) << span;
    EXPECT_EQ(result.tokens_after, 18u) << span;
  }
}

std::size_t tokens_of(const std::string& text) { return test::NgramModel().tokenize(text).size(); }

/// Of the questions about kDocuments, the tokens that were forwarded to rank by them, one question after the other.
/// What the token stage forwards is taken off: a question that was asked before forwards nothing else.
std::vector<std::size_t> forwarded_to_rank(const Compressor& compressor, const std::vector<std::string>& questions) {
  std::vector<std::size_t> forwarded;
  for (const auto& question : questions) {
    Prompt prompt = kDocuments;
    prompt.question = question;
    const auto first = compressor.compress(prompt, to(Tokens{20})).forwarded_tokens;
    forwarded.push_back(first - compressor.compress(prompt, to(Tokens{20})).forwarded_tokens);
  }
  return forwarded;
}

const std::vector<std::string> kQuestions = {"The contract was signed by whom?", "Who ate well?",
                                             "Ships sail where?"};
const std::size_t kContexts = tokens_of(kDocuments.contexts[0]) + tokens_of(kDocuments.contexts[1]);
const std::size_t kNeutral = tokens_of("N/A\n\nAnswer:");

std::size_t asked(std::size_t question) { return tokens_of(kQuestions[question] + "\n\nAnswer:"); }

TEST(Reuse, ContextsAreReadOnceForAllQuestions) {
  EXPECT_THAT(forwarded_to_rank(compressor(), kQuestions),
              ElementsAre(kContexts + asked(0) + kNeutral, asked(1), asked(2)));
}

TEST(Reuse, WithoutMemoryForReadingsOnlyTheNeutralQuestionIsSaved) {
  EXPECT_THAT(forwarded_to_rank(compressor(4096, {.readings = 0}), kQuestions),
              ElementsAre(kContexts + asked(0) + kNeutral, kContexts + asked(1), kContexts + asked(2)));
}

// Two blocks, and memory for one of them.
TEST(Reuse, OfTextsBeyondTheLimitTheFirstBlockIsKept) {
  const auto small = compressor(32, {.readings = kScorerBytes + 1000});
  const auto forwarded = forwarded_to_rank(small, kQuestions), all = forwarded_to_rank(compressor(32), kQuestions);
  EXPECT_EQ(forwarded[0], all[0]);
  EXPECT_GT(forwarded[1], all[1]);
  EXPECT_LT(forwarded[1], all[1] + kContexts);
  EXPECT_EQ(forwarded[2] - all[2], forwarded[1] - all[1]) << "the same one is kept for good";
}

TEST(Reuse, OtherContextsAreReadAnew) {
  const auto shared = compressor();
  Prompt changed = kDocuments;
  changed.contexts[1].insert(0, "Later ");
  shared.compress(kDocuments, to(Tokens{20}));
  const auto result = shared.compress(changed, to(Tokens{20})),
             fresh = compressor().compress(changed, to(Tokens{20}));
  EXPECT_EQ(result.forwarded_tokens, fresh.forwarded_tokens);
  EXPECT_EQ(result.kept, fresh.kept);
}

TEST(ByAttention, IsLeftOutWhereItCannotBeHad) {
  auto asked = to(Tokens{18});
  asked.rank_by = RankBy::attention;
  auto plain = to(Tokens{18});
  plain.rank_by = RankBy::surprisal;

  const auto mute = Compressor(std::make_shared<test::NgramModel>());
  const auto without = mute.compress(kDocuments, asked);
  EXPECT_EQ(without.text, mute.compress(kDocuments, plain).text);
  EXPECT_THAT(without.notes, testing::Contains(HasSubstr("ranked by surprisal")));
  EXPECT_THAT(mute.compress(kDocuments, to(Tokens{18})).notes, IsEmpty());

  const Prompt no_question{.contexts = kDocuments.contexts};
  EXPECT_EQ(compressor().compress(no_question, to(Tokens{10})).text, mute.compress(no_question, to(Tokens{10})).text);
}

TEST(ByAttention, NeedsNoContexts) {
  auto options = to(Tokens{5});
  options.question_rate = 0.5;
  EXPECT_LE(compressor().compress({.question = "The contract was signed by whom exactly?"}, options).tokens_after,
            5u);
}

TEST(ByAttention, RejectsARecencyThatIsNoShare) {
  auto options = to(Tokens{18});
  options.recency = 1.5;
  EXPECT_EQ(test::error_of([&] { compressor().compress(kDocuments, options); }).code, ErrorCode::invalid_option);
}

const Prompt kChat{.contexts = {"User: The contract was signed by Anna. We ate well.\n\n",
                                "Assistant: Birds sing songs all day. Ships sail over seas.\n\n",
                                "User: Then it rained for hours. We ate well that evening.\n\n",
                                "Assistant: Nobody was there to see. The lamps went out early.\n\n"},
                   .question = "User: The contract was signed by whom?"};

TEST(Conversations, KeepTheNewestTextFirst) {
  const auto chat = compressor().compress(kChat, to(Tokens{32}));
  EXPECT_THAT(chat.text, HasSubstr("The lamps went out early."));
  EXPECT_EQ(chat.text, chat.parts[2].text + chat.parts[3].text + kChat.question);
  auto options = to(Tokens{32});
  options.recency = 0;
  EXPECT_THAT(compressor().compress(kChat, options).text, HasSubstr("The contract was signed by Anna."));
}

TEST(Conversations, MayBeSaidToBeOne) {
  Prompt chat{
      .contexts = {"The contract was signed by Anna. We ate well.\n\n", "Nobody was there. The lamps went out.\n\n"},
      .question = "The contract was signed by whom?"};
  EXPECT_THAT(compressor().compress(chat, to(Tokens{16})).text, HasSubstr("The contract was signed by Anna."));
  chat.conversation = true;
  EXPECT_THAT(compressor().compress(chat, to(Tokens{16})).text, HasSubstr("The lamps went out."));
}

TEST(Conversations, AreTurnsOfFewSpeakers) {
  const auto speaker = [](const Prompt& prompt) {
    return compress::next_speaker(compress::tokenize(prompt, test::NgramModel(), Options{}));
  };
  EXPECT_EQ(speaker(kChat), "Assistant:");
  EXPECT_EQ(speaker(kDocuments), std::nullopt);
  EXPECT_EQ(speaker({.contexts = {"Question: 1 + 1?\n\n", "Question: 2 + 2?\n\n"}, .question = "Question: 3?"}),
            std::nullopt);
  EXPECT_EQ(speaker({.contexts = {"User: Hi.\n\n", "Hello.\n\n"}, .question = "User: Bye."}), std::nullopt);
  EXPECT_EQ(speaker({.contexts = {"User: Hi.\n\n", "Bot: Hello.\n\n"}}), std::nullopt);
  EXPECT_EQ(speaker({.contexts = {"Ana: Hi.\n\n", "Bo: Hello.\n\n"}, .question = "Ana: Bye."}), "Bo:");
}

}  // namespace
}  // namespace lingua
