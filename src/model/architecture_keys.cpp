// What a file may state that lingua does not compute.
#include "model/architecture_keys.hpp"

#include <utility>

namespace lingua::model {
namespace {

// Keys below the architecture's name that change what the model computes, with the value that changes nothing.
constexpr std::pair<std::string_view, std::uint64_t> kNeutralIntegers[] = {
    {"expert_count", 0}, {"pooling_type", 0}, {"nextn_predict_layers", 0}, {"decoder_block_count", 0}};
constexpr std::pair<std::string_view, double> kNeutralNumbers[] = {
    {"attn_logit_softcapping", 0},  {"final_logit_softcapping", 0},  {"logit_scale", 1},
    {"residual_scale", 1},          {"embedding_scale", 1},          {"attention.scale", 0},
    {"attention.output_scale", 1},  {"attention.max_alibi_bias", 0}, {"attention.clamp_kqv", 0},
    {"rope.scaling.attn_factor", 1}};
constexpr std::pair<std::string_view, bool> kNeutralBooleans[] = {{"attention.causal", true},
                                                                  {"use_parallel_residual", false}};

}  // namespace

void ArchitectureKeys::reject_unsupported() const {
  for (const auto& [name, neutral] : kNeutralIntegers) {
    const std::uint64_t found = gguf_.integer_or(key(name), neutral);
    if (found != neutral) unsupported(name, neutral, found);
  }
  for (const auto& [name, neutral] : kNeutralNumbers) {
    const double found = gguf_.number_or(key(name), neutral);
    if (found != neutral) unsupported(name, neutral, found);
  }
  for (const auto& [name, neutral] : kNeutralBooleans) {
    const bool found = gguf_.boolean_or(key(name), neutral);
    if (found != neutral) unsupported(name, neutral, found);
  }
}

}  // namespace lingua::model
