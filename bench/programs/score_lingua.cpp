// Scores with lingua: bench_lingua MODEL COMPUTE_TYPE THREADS.
#include <exception>
#include <iostream>
#include <vector>

#include "load.hpp"
#include "serve.hpp"

int main(int argc, char** argv) {
  using namespace lingua;
  if (argc != 4) {
    std::cerr << "usage: bench_lingua MODEL COMPUTE_TYPE THREADS\n";
    return 2;
  }
  try {
    const auto model = bench::load(argv);
    bench::serve_scores(model->info().vocabulary, [&](const std::vector<TokenId>& ids) {
      std::vector<float> surprisals(ids.size());
      model->new_scorer()->score(ids, surprisals);
      return surprisals;
    });
  } catch (const std::exception& error) {
    std::cerr << "bench_lingua: " << error.what() << '\n';
    return 1;
  }
}
