#include "engine/output_head.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace lingua::engine {
namespace {

// sum of exp(logit) over one panel, as exp(maximum) * sum
struct PanelSum {
  float maximum, sum;
};

// -ln(exp(logit) / sum over panels), in double: the differences of large numbers are what matters.
float surprisal(std::span<const PanelSum> panels, float logit) {
  double maximum = panels.front().maximum, sum = 0;
  for (const PanelSum& panel : panels) maximum = std::max(maximum, static_cast<double>(panel.maximum));
  for (const PanelSum& panel : panels) sum += panel.sum * std::exp(panel.maximum - maximum);
  const double value = maximum + std::log(sum) - logit;
  return value < 0 ? 0 : static_cast<float>(value);  // rounding; NaN stays NaN
}

}  // namespace

void OutputHead::run(const std::byte* hidden, std::span<const TokenId> targets, std::span<float> surprisals,
                     Workers& workers) const {
  const std::size_t rows = targets.size(), panels = matrix_.slices.size();
  std::vector<PanelSum> sums(rows * panels);
  std::vector<float> target_logits(rows);
  std::vector<Buffer> logits(workers.threads()), scratch(workers.threads());
  workers.run(panels, [&](std::size_t panel, unsigned worker) {
    const Linear& linear = *matrix_.slices[panel];
    const std::size_t width = linear.outputs(), first_token = panel * matrix_.width;
    auto* const out = logits[worker].as<float>(Linear::kMaxRows * matrix_.width);
    for (std::size_t first = 0; first < rows; first += Linear::kMaxRows) {
      const std::size_t count = std::min(Linear::kMaxRows, rows - first);
      linear.multiply(hidden + first * row_bytes_, count, out, false, scratch[worker]);
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t row = first + i, target = static_cast<std::size_t>(targets[row]) - first_token;
        PanelSum& sum = sums[row * panels + panel];
        kernels_.log_sum_exp(out + i * width, width, &sum.maximum, &sum.sum);
        if (target < width) target_logits[row] = out[i * width + target];  // unsigned: also false below the panel
      }
    }
  });
  for (std::size_t row = 0; row < rows; ++row) {
    surprisals[row] = surprisal(std::span(sums).subspan(row * panels, panels), target_logits[row]);
  }
}

}  // namespace lingua::engine
