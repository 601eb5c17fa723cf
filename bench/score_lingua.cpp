// Scores with lingua: bench_lingua MODEL COMPUTE_TYPE THREADS.
#include <iostream>
#include <numeric>
#include <string>
#include <vector>

#include <lingua/lingua.hpp>

#include "passes.hpp"

int main(int argc, char** argv) {
  using namespace lingua;
  if (argc != 4) {
    std::cerr << "usage: bench_lingua MODEL COMPUTE_TYPE THREADS\n";
    return 2;
  }
  try {
    ComputeType compute = ComputeType::automatic;
    for (const ComputeType type : {ComputeType::f32, ComputeType::bf16, ComputeType::q8_0}) {
      if (std::string(argv[2]) == to_string(type)) compute = type;
    }
    const auto model =
        Model::load(argv[1], {.compute = compute, .threads = static_cast<unsigned>(std::stoul(argv[3]))});
    std::vector<float> surprisals;
    bench::answer_requests(model->info().vocabulary, [&](const std::vector<TokenId>& ids) {
      surprisals.resize(ids.size());
      model->new_scorer()->score(ids, surprisals);
      return std::accumulate(surprisals.begin(), surprisals.end(), 0.0) / static_cast<double>(ids.size());
    });
  } catch (const Error& error) {
    std::cerr << error.what() << '\n';
    return error_info(error.code()).exit_code;
  }
}
