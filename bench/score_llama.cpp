// The same with llama.cpp: bench_llama MODEL FLASH_ATTENTION(0|1) THREADS. Logits of every token, in batches of 512,
// and a vectorised log-softmax on all threads, as a careful user of its library would write it.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iostream>
#include <numeric>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <llama.h>

#include "passes.hpp"

namespace {

constexpr int kBatch = 512;

float surprisal(std::span<const float> logits, llama_token token) {
  const float top = *std::max_element(logits.begin(), logits.end());
  float sum = 0;
  for (const float logit : logits) sum += std::exp(logit - top);
  return top + std::log(sum) - logits[static_cast<std::size_t>(token)];
}

class Scorer {
 public:
  Scorer(llama_context* context, int vocabulary, int threads)
      : context_(context),
        vocabulary_(static_cast<std::size_t>(vocabulary)),
        threads_(threads),
        batch_(llama_batch_init(kBatch, 0, 1)) {}

  /// Mean surprisal of `ids` after token 0.
  double score(const std::vector<llama_token>& ids) {
    llama_memory_clear(llama_get_memory(context_), false);
    surprisals_.resize(ids.size());
    for (std::size_t begin = 0; begin < ids.size(); begin += kBatch) {
      const std::size_t end = std::min(ids.size(), begin + kBatch);
      decode(ids, begin, end);
      in_threads(begin, end, [&](std::size_t i) {
        const float* row = llama_get_logits(context_) + (i - begin) * vocabulary_;
        surprisals_[i] = surprisal({row, vocabulary_}, ids[i]);
      });
    }
    return std::accumulate(surprisals_.begin(), surprisals_.end(), 0.0) / static_cast<double>(ids.size());
  }

 private:
  /// Position i holds token i - 1, so that its logits predict token i.
  void decode(const std::vector<llama_token>& ids, std::size_t begin, std::size_t end) {
    batch_.n_tokens = static_cast<int>(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      const std::size_t k = i - begin;
      batch_.token[k] = i == 0 ? 0 : ids[i - 1];
      batch_.pos[k] = static_cast<llama_pos>(i);
      batch_.n_seq_id[k] = 1;
      batch_.seq_id[k][0] = 0;
      batch_.logits[k] = 1;
    }
    if (llama_decode(context_, batch_) != 0) throw std::runtime_error("llama_decode failed");
    llama_synchronize(context_);
  }

  template <typename Body>
  void in_threads(std::size_t begin, std::size_t end, Body&& body) {
    const std::size_t share = (end - begin + threads_ - 1) / threads_;
    std::vector<std::jthread> workers;
    for (std::size_t first = begin; first < end; first += share) {
      workers.emplace_back([&, first] {
        for (std::size_t i = first; i < std::min(end, first + share); ++i) body(i);
      });
    }
  }

  llama_context* context_;
  std::size_t vocabulary_, threads_;
  llama_batch batch_;
  std::vector<float> surprisals_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: bench_llama MODEL FLASH_ATTENTION THREADS\n";
    return 2;
  }
  const auto silent = [](ggml_log_level level, const char* text, void*) {
    if (level == GGML_LOG_LEVEL_ERROR) std::cerr << text;
  };
  llama_log_set(silent, nullptr);
  llama_backend_init();
  llama_model* model = llama_model_load_from_file(argv[1], llama_model_default_params());
  if (model == nullptr) return 1;
  const int threads = std::stoi(argv[3]);
  llama_context_params params = llama_context_default_params();
  params.n_ctx = 8192;
  params.n_batch = params.n_ubatch = kBatch;
  params.n_threads = params.n_threads_batch = threads;
  params.flash_attn_type =
      argv[2] == std::string("1") ? LLAMA_FLASH_ATTN_TYPE_ENABLED : LLAMA_FLASH_ATTN_TYPE_DISABLED;
  llama_context* context = llama_init_from_model(model, params);
  if (context == nullptr) return 1;
  const int vocabulary = llama_vocab_n_tokens(llama_model_get_vocab(model));
  Scorer scorer(context, vocabulary, threads);
  lingua::bench::answer_requests(static_cast<std::size_t>(vocabulary),
                                 [&](const std::vector<llama_token>& ids) { return scorer.score(ids); });
  llama_free(context);
  llama_model_free(model);
}
