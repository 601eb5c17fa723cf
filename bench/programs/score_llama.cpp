// The same with llama.cpp: bench_llama MODEL FLASH_ATTENTION(0|1) THREADS. Logits of every token, in batches of 512,
// and a vectorised log-softmax on all threads, as a careful user of its library would write it.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <llama.h>

#include "serve.hpp"

namespace {

constexpr int kBatch = 512;

float surprisal(std::span<const float> logits, llama_token token) {
  const float top = *std::max_element(logits.begin(), logits.end());
  float sum = 0;
  for (const float logit : logits) sum += std::exp(logit - top);
  return top + std::log(sum) - logits[static_cast<std::size_t>(token)];
}

// "<|endoftext|>" where the vocabulary has it, else the beginning of a sequence: what lingua takes.
llama_token separator_of(const llama_vocab* vocabulary) {
  const std::string_view text = "<|endoftext|>";
  llama_token found[32];
  const int count = llama_tokenize(vocabulary, text.data(), static_cast<int>(text.size()), found, 32, false, true);
  return count == 1 ? found[0] : llama_vocab_bos(vocabulary);
}

class Scorer {
 public:
  Scorer(llama_context* context, const llama_vocab* vocabulary, int threads)
      : context_(context),
        vocabulary_(static_cast<std::size_t>(llama_vocab_n_tokens(vocabulary))),
        separator_(separator_of(vocabulary)),
        threads_(threads),
        batch_(llama_batch_init(kBatch, 0, 1)) {}

  std::size_t vocabulary() const { return vocabulary_; }

  /// Surprisals of `ids` after the token that separates documents.
  std::vector<float> score(const std::vector<llama_token>& ids) {
    llama_memory_clear(llama_get_memory(context_), false);
    std::vector<float> surprisals(ids.size());
    for (std::size_t begin = 0; begin < ids.size(); begin += kBatch) {
      const std::size_t end = std::min(ids.size(), begin + kBatch);
      decode(ids, begin, end);
      in_threads(begin, end, [&](std::size_t i) {
        const float* row = llama_get_logits(context_) + (i - begin) * vocabulary_;
        surprisals[i] = surprisal({row, vocabulary_}, ids[i]);
      });
    }
    return surprisals;
  }

 private:
  /// Position i holds token i - 1, so that its logits predict token i.
  void decode(const std::vector<llama_token>& ids, std::size_t begin, std::size_t end) {
    batch_.n_tokens = static_cast<int>(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      const std::size_t k = i - begin;
      batch_.token[k] = i == 0 ? separator_ : ids[i - 1];
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
  std::size_t vocabulary_;
  llama_token separator_;
  std::size_t threads_;
  llama_batch batch_;
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
  Scorer scorer(context, llama_model_get_vocab(model), threads);
  lingua::bench::serve_scores(scorer.vocabulary(),
                              [&](const std::vector<llama_token>& ids) { return scorer.score(ids); });
  llama_free(context);
  llama_model_free(model);
}
