// The weights of a GGUF by the names of its tensors, in the order in which the engine computes with them.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <vector>

#include "engine/linear.hpp"
#include "model/description.hpp"
#include "model/gguf.hpp"

namespace lingua::engine {

/// The rows of a matrix, in one tensor or in several that follow each other. Rope always rotates elements (i, i +
/// n/2) of a head here: where the file's pairs are neighbours, the rows of heads are taken in another order.
class MatrixSource {
 public:
  explicit MatrixSource(const model::Tensor& tensor) : parts_{{&tensor, 0, 0}} {}

  /// A tensor of rows that are heads of `head_size`, of which the first `paired` are pairs of neighbours.
  MatrixSource(const model::Tensor& tensor, std::size_t head_size, std::size_t paired)
      : parts_{{&tensor, head_size, paired}} {}

  /// The parts' rows one after the other.
  MatrixSource(std::initializer_list<MatrixSource> parts);

  std::size_t inputs() const;
  std::size_t outputs() const;
  StoredRow row(std::size_t output) const;

 private:
  struct Part {
    const model::Tensor* tensor;
    std::size_t head_size, paired;
  };
  std::vector<Part> parts_;
};

/// The look-ups throw Error model_invalid when there is no such tensor, or one of another shape. The GGUF and the
/// description outlive what they return.
class WeightSource {
 public:
  WeightSource(const model::Gguf& gguf, const model::Description& description) : gguf_(gguf), d_(description) {}

  MatrixSource matrix(const std::string& name, std::size_t inputs, std::size_t outputs) const;
  std::vector<float> vector(const std::string& name, std::size_t size) const;

  // Over the elements of heads whose queries or keys are rotated.
  MatrixSource rotated_matrix(const std::string& name, std::size_t heads) const;
  std::vector<float> rotated_vector(const std::string& name, std::size_t heads) const;

  /// A vector for each of `rows`, one after the other.
  std::vector<float> table(const std::string& name, std::size_t size, std::size_t rows) const;

 private:
  std::size_t paired() const;

  const model::Gguf& gguf_;
  const model::Description& d_;
};

}  // namespace lingua::engine
