// The table of architectures: a new one is a row, and whatever traits it is the first to have.
#include "model/architectures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include <lingua/error.hpp>

namespace lingua::model {
namespace {

using namespace std::string_view_literals;

constexpr std::array kEncoders{"bert"sv,         "modern-bert"sv,  "neo-bert"sv, "nomic-bert"sv, "nomic-bert-moe"sv,
                               "jina-bert-v2"sv, "jina-bert-v3"sv, "eurobert"sv, "t5encoder"sv,  "gemma-embedding"sv};

/// A window that hides nothing is none.
void reject_sliding_window(const ArchitectureKeys& keys, Description& d) {
  const std::uint64_t found = keys.gguf().integer_or(keys.key("attention.sliding_window"), 0);
  if (found != 0 && found < d.window) {
    keys.unsupported("attention.sliding_window", fmt::format("0 or at least {}", d.window), found);
  }
}

/// The norm weights in the file already hold the 1 that Gemma's norm adds to them.
void read_gemma3(const ArchitectureKeys& keys, Description& d) {
  constexpr std::size_t kLayersOf27B = 62;
  d.embedding_scale = std::sqrt(static_cast<float>(d.embedding));
  if (d.layers == kLayersOf27B) {  // query_pre_attn_scalar, which the format has no key for; 27B alone differs
    d.attention_scale = 1 / std::sqrt(static_cast<float>(d.embedding) / static_cast<float>(d.heads));
  }
  d.sliding_window = keys.size_or("attention.sliding_window", kMaxWindow, 0);
  d.full_attention_period = keys.size_or("attention.sliding_window_pattern", kMaxLayers, 6);
  d.rope_base_local = keys.positive_or("rope.freq_base_swa", 10000);
}

constexpr Architecture kArchitectures[] = {
    {"llama", {.positions = Positions::rotate_adjacent, .rope_factors = true}, reject_sliding_window},
    {"qwen2", {.qkv_bias = true}, reject_sliding_window},
    {"qwen3", {.qk_norm = true}, reject_sliding_window},
    {"gemma3", {.qk_norm = true, .activation = Activation::geglu, .post_norms = true}, read_gemma3},
    {"gpt2",
     {.norm = Norm::layer,
      .positions = Positions::learned,
      .fused_qkv = true,
      .qkv_bias = true,
      .attention_output_bias = true,
      .activation = Activation::gelu},
     reject_sliding_window},
};

bool uses_global_tensor(const Traits& t, std::string_view name) {
  const auto is = [&](auto... names) { return ((name == names) || ...); };
  return is("token_embd.weight", "output_norm.weight", "output.weight") ||
         (t.norm == Norm::layer && is("output_norm.bias")) ||
         (t.positions == Positions::learned && is("position_embd.weight")) ||
         (t.rope_factors && is("rope_freqs.weight"));
}

bool uses_layer_tensor(const Traits& t, std::string_view name) {
  const auto is = [&](auto... names) { return ((name == names) || ...); };
  return is("attn_norm.weight", "attn_output.weight", "ffn_norm.weight", "ffn_up.weight", "ffn_down.weight") ||
         (t.norm == Norm::layer && is("attn_norm.bias", "ffn_norm.bias")) || (t.fused_qkv && is("attn_qkv.weight")) ||
         (t.fused_qkv && t.qkv_bias && is("attn_qkv.bias")) ||
         (!t.fused_qkv && is("attn_q.weight", "attn_k.weight", "attn_v.weight")) ||
         (!t.fused_qkv && t.qkv_bias && is("attn_q.bias", "attn_k.bias", "attn_v.bias")) ||
         (t.qk_norm && is("attn_q_norm.weight", "attn_k_norm.weight")) ||
         (t.attention_output_bias && is("attn_output.bias")) || (t.gated() && is("ffn_gate.weight")) ||
         (!t.gated() && is("ffn_up.bias", "ffn_down.bias")) ||
         (t.post_norms && is("post_attention_norm.weight", "post_ffw_norm.weight"));
}

}  // namespace

const Architecture& find_architecture(const ArchitectureKeys& keys) {
  const auto found = std::ranges::find(kArchitectures, keys.architecture(), &Architecture::name);
  if (found != std::end(kArchitectures)) return *found;
  std::vector<std::string_view> names;
  for (const Architecture& architecture : kArchitectures) names.push_back(architecture.name);
  throw Error(ErrorCode::model_unsupported,
              fmt::format("{}: key 'general.architecture': {} is {}; expected one of {}", keys.gguf().path().string(),
                          in_quotes(keys.architecture()),
                          is_encoder(keys.architecture())
                              ? "an encoder, which reads both sides of a word and so cannot score text"
                              : "not an architecture that the engine knows",
                          fmt::join(names, ", ")));
}

bool is_encoder(std::string_view architecture) {
  return std::ranges::find(kEncoders, architecture) != kEncoders.end();
}

bool uses_tensor(const Traits& traits, std::string_view name) {
  if (!name.starts_with("blk.")) return uses_global_tensor(traits, name);
  const std::size_t dot = name.find('.', 4);  // behind the number of the layer
  return dot != std::string_view::npos && uses_layer_tensor(traits, name.substr(dot + 1));
}

}  // namespace lingua::model
