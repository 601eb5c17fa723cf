#include "engine/weight_source.hpp"

namespace lingua::engine {
namespace {

// Where element `i` of a head is in the file when its first `paired` elements are pairs of neighbours.
std::size_t place_of(std::size_t i, std::size_t paired) {
  if (i >= paired) return i;
  return i < paired / 2 ? 2 * i : 2 * (i - paired / 2) + 1;
}

}  // namespace

MatrixSource::MatrixSource(std::initializer_list<MatrixSource> parts) {
  for (const MatrixSource& part : parts) parts_.insert(parts_.end(), part.parts_.begin(), part.parts_.end());
}

std::size_t MatrixSource::inputs() const { return parts_.front().tensor->shape.front(); }

std::size_t MatrixSource::outputs() const {
  std::size_t rows = 0;
  for (const Part& part : parts_) rows += part.tensor->rows();
  return rows;
}

StoredRow MatrixSource::row(std::size_t output) const {
  auto part = parts_.begin();
  for (; output >= part->tensor->rows(); ++part) output -= part->tensor->rows();
  if (part->paired != 0) {
    const std::size_t within = output % part->head_size;
    output += place_of(within, part->paired) - within;
  }
  return {part->tensor->type, part->tensor->row(output)};
}

MatrixSource WeightSource::matrix(const std::string& name, std::size_t inputs, std::size_t outputs) const {
  return MatrixSource(gguf_.tensor(name, {inputs, outputs}));
}

std::vector<float> WeightSource::vector(const std::string& name, std::size_t size) const {
  const model::Tensor& tensor = gguf_.tensor(name, {size});
  std::vector<float> values(size);
  model::dequantize(tensor.type, tensor.data, values);
  return values;
}

std::vector<float> WeightSource::table(const std::string& name, std::size_t size, std::size_t rows) const {
  const model::Tensor& tensor = gguf_.tensor(name, {size, rows});
  std::vector<float> values(size * rows);
  model::dequantize(tensor.type, tensor.data, values);
  return values;
}

MatrixSource WeightSource::rotated_matrix(const std::string& name, std::size_t heads) const {
  return {gguf_.tensor(name, {d_.embedding, heads * d_.head_size}), d_.head_size, paired()};
}

std::vector<float> WeightSource::rotated_vector(const std::string& name, std::size_t heads) const {
  const std::vector<float> values = vector(name, heads * d_.head_size);
  std::vector<float> ordered(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t within = i % d_.head_size;
    ordered[i] = values[i - within + place_of(within, paired())];
  }
  return ordered;
}

std::size_t WeightSource::paired() const {
  return d_.positions == model::Positions::rotate_adjacent ? d_.rope_dimensions : 0;
}

}  // namespace lingua::engine
