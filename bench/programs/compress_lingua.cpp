// Compresses with lingua: bench_compress MODEL COMPUTE_TYPE THREADS. Answers
// {"prompt": {"instruction", "contexts", "question"}, "ratio": 20, "preset": "standard" | "paper", "single_pass":
// true, "fresh": true} with what was kept of each token and how long it took, inside the model and outside. `fresh`
// forgets the contexts seen before.
#include <atomic>
#include <exception>
#include <iostream>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "load.hpp"
#include "serve.hpp"

namespace lingua::bench {
namespace {

/// Passes everything on to another model, and adds up the time that its forward passes take.
class TimedModel final : public ScoringModel {
 public:
  explicit TimedModel(std::shared_ptr<const Model> model) : model_(std::move(model)) {}

  std::vector<Token> tokenize(std::string_view text) const override { return model_->tokenize(text); }
  std::unique_ptr<Scorer> new_scorer() const override {
    return std::make_unique<TimedScorer>(model_->new_scorer(), seconds_);
  }
  const std::string& id() const noexcept override { return model_->id(); }

  double take_seconds() const { return seconds_.exchange(0); }

 private:
  class TimedScorer final : public Scorer {
   public:
    TimedScorer(std::unique_ptr<Scorer> scorer, std::atomic<double>& seconds)
        : scorer_(std::move(scorer)), seconds_(seconds) {}

    std::size_t size() const noexcept override { return scorer_->size(); }
    void truncate(std::size_t size) override { scorer_->truncate(size); }
    void append(std::span<const TokenId> ids) override {
      seconds_ += seconds_of([&] { scorer_->append(ids); });
    }
    void score(std::span<const TokenId> ids, std::span<float> surprisal) override {
      seconds_ += seconds_of([&] { scorer_->score(ids, surprisal); });
    }
    void score_each(std::span<const TextToScore> texts) override {
      seconds_ += seconds_of([&] { scorer_->score_each(texts); });
    }
    std::size_t forwarded_tokens() const noexcept override { return scorer_->forwarded_tokens(); }

   private:
    std::unique_ptr<Scorer> scorer_;
    std::atomic<double>& seconds_;
  };

  std::shared_ptr<const Model> model_;
  mutable std::atomic<double> seconds_ = 0;
};

Options options_of(const nlohmann::json& request) {
  Options options = options_for(request.value("preset", "standard") == "paper" ? Preset::paper : Preset::standard);
  options.target = Ratio{request.at("ratio")};
  options.rank_by = RankBy::surprisal;  // what LLMLingua ranks by: the two do the same work
  if (request.value("single_pass", false)) options.method = Method::single_pass;
  return options;
}

nlohmann::json describe(const Result& result, double seconds, double model_seconds) {
  std::string kept;
  for (const PartResult& part : result.parts) {
    for (const TokenResult& token : part.tokens) kept += token.kept ? '1' : '0';
  }
  return {{"kept", kept},
          {"tokens", result.tokens_before},
          {"forwarded", result.forwarded_tokens},
          {"seconds", seconds},
          {"model_seconds", model_seconds}};
}

void run(std::shared_ptr<const Model> loaded) {
  const auto model = std::make_shared<TimedModel>(std::move(loaded));
  auto compressor = std::make_unique<Compressor>(model);
  serve([&](const nlohmann::json& request) {
    if (request.value("fresh", false)) compressor = std::make_unique<Compressor>(model);
    const nlohmann::json& parts = request.at("prompt");
    const Prompt prompt{.instruction = parts.value("instruction", ""),
                        .contexts = parts.value("contexts", std::vector<std::string>()),
                        .question = parts.value("question", "")};
    Result result;
    const double seconds = seconds_of([&] { result = compressor->compress(prompt, options_of(request)); });
    return describe(result, seconds, model->take_seconds());
  });
}

}  // namespace
}  // namespace lingua::bench

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: bench_compress MODEL COMPUTE_TYPE THREADS\n";
    return 2;
  }
  try {
    lingua::bench::run(lingua::bench::load(argv));
  } catch (const std::exception& error) {
    std::cerr << "bench_compress: " << error.what() << '\n';
    return 1;
  }
}
