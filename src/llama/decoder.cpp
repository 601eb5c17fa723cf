#include "llama/decoder.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include "engine/kernels/kernels.hpp"

namespace lingua::llama {
namespace {

constexpr llama_seq_id kSequence = 0;

// libllama reserves logits for all rows of a batch, twice, whether or not they are used.
constexpr std::size_t kMaxRows = 512, kMinRows = 64, kLogitBytes = std::size_t{128} << 20;

constexpr std::size_t kFirstCapacity = 1024;

struct Batch {
  explicit Batch(std::size_t rows) : value(llama_batch_init(static_cast<std::int32_t>(rows), 0, 1)) {}
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  ~Batch() { llama_batch_free(value); }

  void add(TokenId id, std::size_t position, bool output) {
    const auto i = value.n_tokens++;
    value.token[i] = id;
    value.pos[i] = static_cast<llama_pos>(position);
    value.n_seq_id[i] = 1;
    value.seq_id[i][0] = kSequence;
    value.logits[i] = output ? 1 : 0;
  }

  llama_batch value;
};

}  // namespace

void Decoder::truncate(std::size_t size) {
  if (size >= size_) return;
  const llama_memory_t memory = llama_get_memory(context_.get());
  if (!llama_memory_seq_rm(memory, kSequence, static_cast<llama_pos>(size), -1)) {
    llama_memory_clear(memory, false);
    size = 0;
  }
  size_ = size;
}

void Decoder::reserve(std::size_t positions) {
  if (positions <= capacity_) return;
  const std::size_t capacity = std::min(setup_.window, std::max({positions, 2 * capacity_, kFirstCapacity}));
  ContextHandle larger = make_context(capacity);
  if (size_ != 0) {
    std::vector<std::uint8_t> state(llama_state_seq_get_size(context_.get(), kSequence));
    llama_state_seq_get_data(context_.get(), state.data(), state.size(), kSequence);
    if (llama_state_seq_set_data(larger.get(), state.data(), state.size(), kSequence) == 0) size_ = 0;
  }
  context_ = std::move(larger);
  capacity_ = capacity;
}

void Decoder::read(std::span<const TokenId> ids, std::span<const TokenId> targets, std::span<float> surprisals) {
  const std::size_t unscored = ids.size() - targets.size();
  for (std::size_t done = 0; done < ids.size();) {
    const std::size_t rows = std::min(ids.size() - done, batch_rows());
    const std::size_t end = done + rows, first = std::clamp(unscored, done, end), outputs = end - first;
    decode(ids.subspan(done, rows), outputs);
    done = end;
    if (outputs == 0) continue;
    const auto to = targets.subspan(first - unscored, outputs);
    const auto into = surprisals.subspan(first - unscored, outputs);
    if (setup_.head == nullptr) {
      read_logits(to, into);
    } else {
      setup_.head->run(std::span(hidden_).last(outputs * setup_.head->inputs()), to, into);
    }
  }
}

ContextHandle Decoder::make_context(std::size_t positions) {
  llama_context_params params = llama_context_default_params();
  params.n_ctx = static_cast<std::uint32_t>(positions);
  params.n_batch = params.n_ubatch = static_cast<std::uint32_t>(batch_rows());
  params.n_threads = params.n_threads_batch = static_cast<std::int32_t>(setup_.workers->threads());
  params.swa_full = true;  // without it, a cache with a sliding window cannot be truncated
  params.no_perf = true;
  if (setup_.head != nullptr) {
    params.cb_eval = take_hidden;
    params.cb_eval_user_data = this;
  }
  ContextHandle context(llama_init_from_model(setup_.model, params));
  if (!context) {
    throw failure(ErrorCode::model_unsupported, fmt::format("no context of {} tokens for this model", positions));
  }
  return context;
}

std::size_t Decoder::batch_rows() const {
  const std::size_t fitting = kLogitBytes / sizeof(float) / vocabulary_size(setup_.model);
  return std::clamp(fitting / kMinRows * kMinRows, kMinRows, kMaxRows);
}

// Reads `ids`, of which the last `outputs` get hidden states or logits.
void Decoder::decode(std::span<const TokenId> ids, std::size_t outputs) {
  Batch batch(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) batch.add(ids[i], size_ + i, i + outputs >= ids.size());
  hidden_.clear();
  if (const int result = llama_decode(context_.get(), batch.value); result != 0) {
    truncate(0);
    throw failure(ErrorCode::internal, fmt::format("llama_decode of {} tokens gives {}", ids.size(), result));
  }
  llama_synchronize(context_.get());
  size_ += ids.size();
}

void Decoder::read_logits(std::span<const TokenId> targets, std::span<float> surprisals) {
  const std::size_t vocabulary = vocabulary_size(setup_.model);
  const float* const logits = llama_get_logits(context_.get());
  const engine::Kernels& kernels = engine::kernels(engine::best_isa());
  setup_.workers->run(targets.size(), [&](std::size_t i, unsigned) {
    const float* const row = logits + i * vocabulary;
    float maximum, sum;
    kernels.log_sum_exp(row, vocabulary, &maximum, &sum);
    surprisals[i] = std::max(0.0f, maximum - row[targets[i]] + std::log(sum));
  });
}

// libllama asks for each tensor whether it is wanted, and comes back with those that are; `false` then ends the pass.
bool Decoder::take_hidden(ggml_tensor* tensor, bool ask, void* decoder) {
  if (std::string_view(tensor->name) != OutputHead::kHidden) return !ask;
  if (ask) return true;
  auto& hidden = static_cast<Decoder*>(decoder)->hidden_;
  hidden.resize(static_cast<std::size_t>(ggml_nelements(tensor)));
  ggml_backend_tensor_get(tensor, hidden.data(), 0, ggml_nbytes(tensor));
  return false;
}

}  // namespace lingua::llama
