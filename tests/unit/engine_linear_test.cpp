// Packed matrices against a plain double loop.
#include "engine/linear.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <csignal>
#include <thread>
#include <vector>

#include "engine/kernels/kernels.hpp"
#include "engine/workers.hpp"
#include "support/random_numbers.hpp"

namespace lingua::engine {
namespace {

class LinearTest : public testing::TestWithParam<ComputeType> {
 protected:
  void SetUp() override {
    if (GetParam() == ComputeType::bf16 && !supports(Isa::avx512_bf16)) GTEST_SKIP() << "this CPU lacks bf16";
  }
  const InputKernels& inputs() const {
    const Kernels& k = kernels(best_isa());
    switch (GetParam()) {
      case ComputeType::q8_0:
        return k.q8_inputs;
      case ComputeType::bf16:
        return k.bf16_inputs;
      default:
        return k.f32_inputs;
    }
  }
  // Error of one product of numbers up to 1, relative to the square root of their count.
  double tolerance() const { return GetParam() == ComputeType::f32 ? 1e-6 : 1.0 / 100; }
};
INSTANTIATE_TEST_SUITE_P(Types, LinearTest, testing::Values(ComputeType::f32, ComputeType::bf16, ComputeType::q8_0),
                         [](const auto& info) { return to_string(info.param); });

struct Problem {
  std::size_t in, out;
  std::vector<float> weights, x;

  Problem(std::size_t in_size, std::size_t out_size, std::size_t rows) : in(in_size), out(out_size) {
    test::RandomNumbers random(9);
    weights = random.reals(in * out);
    x = random.reals(rows * in);
  }
  RowReader reader() const {
    return [this](std::size_t output) {
      return StoredRow{model::TensorType::f32, std::as_bytes(std::span(weights).subspan(output * in, in))};
    };
  }
  double expected(std::size_t row, std::size_t output) const {
    double sum = 0;
    for (std::size_t i = 0; i < in; ++i) sum += static_cast<double>(x[row * in + i]) * weights[output * in + i];
    return sum;
  }
};

TEST_P(LinearTest, EqualsThePlainLoop) {
  for (const auto& [in, out] : {std::pair{64u, 96u}, {576u, 960u}, {96u, 261u}, {1536u, 64u}}) {
    const Problem p(in, out, Linear::kMaxRows);
    Buffer staging, scratch;
    const auto packer = make_packer(GetParam());
    const auto linear = packer->make(in, out);
    linear->pack(p.reader(), staging);
    EXPECT_EQ(linear->inputs(), in);
    EXPECT_EQ(linear->outputs(), out);
    std::vector<std::byte> x(inputs().bytes(Linear::kMaxRows * in));
    inputs().convert(p.x.data(), Linear::kMaxRows * in, x.data());
    for (const std::size_t rows : {1u, 2u, 7u, 16u, 33u, 64u}) {
      for (const bool accumulate : {false, true}) {
        std::vector<float> y(rows * out, 10.0f);
        linear->multiply(x.data(), rows, y.data(), accumulate, scratch);
        for (std::size_t i = 0; i < y.size(); i += 13) {
          const double expected = p.expected(i / out, i % out) + (accumulate ? 10 : 0);
          ASSERT_NEAR(y[i], expected, tolerance() * std::sqrt(in)) << in << "x" << out << ", row " << i / out;
        }
      }
    }
  }
}

TEST_P(LinearTest, RowsDoNotDependOnWhatIsMultipliedWithThem) {
  for (const auto& [in, out] : {std::pair{576u, 192u}, {96u, 261u}}) {
    const Problem p(in, out, Linear::kMaxRows);
    Buffer staging, scratch;
    const auto packer = make_packer(GetParam());
    const auto linear = packer->make(in, out);
    linear->pack(p.reader(), staging);
    const std::size_t row_bytes = inputs().bytes(in);
    std::vector<std::byte> x(Linear::kMaxRows * row_bytes);
    inputs().convert(p.x.data(), Linear::kMaxRows * in, x.data());
    for (const bool accumulate : {false, true}) {
      std::vector<float> together(Linear::kMaxRows * out, 1.0f);
      linear->multiply(x.data(), Linear::kMaxRows, together.data(), accumulate, scratch);
      for (const std::size_t rows : {1u, 2u, 3u, 4u, 5u, 6u, 7u, 9u, 26u, 39u, 61u, 63u}) {
        const std::size_t first = Linear::kMaxRows - rows;
        std::vector<float> y(rows * out, 1.0f);
        linear->multiply(x.data() + first * row_bytes, rows, y.data(), accumulate, scratch);
        ASSERT_TRUE(std::equal(y.begin(), y.end(), together.begin() + static_cast<std::ptrdiff_t>(first * out)))
            << in << "x" << out << ", " << rows << " rows";
      }
    }
  }
}

// One matrix, and the primitives that it makes on first use, shared by threads.
TEST_P(LinearTest, SharedByThreads) {
  const Problem p(64, 64, Linear::kMaxRows);
  Buffer staging;
  const auto packer = make_packer(GetParam());
  const auto linear = packer->make(64, 64);
  linear->pack(p.reader(), staging);
  std::vector<std::byte> x(inputs().bytes(Linear::kMaxRows * 64));
  inputs().convert(p.x.data(), Linear::kMaxRows * 64, x.data());
  Workers workers(4);
  std::vector<std::vector<float>> y(64);
  std::vector<Buffer> scratch(4);
  workers.run(64, [&](std::size_t item, unsigned worker) {
    const std::size_t rows = item % 16 + 1;
    y[item].resize(rows * 64);
    linear->multiply(x.data(), rows, y[item].data(), false, scratch[worker]);
  });
  for (std::size_t item = 16; item < 64; ++item) EXPECT_EQ(y[item], y[item % 16]);
}

// Sends signals, one every 20 microseconds, to the thread that made it.
class SignalRain {
 public:
  SignalRain() : before_(std::signal(SIGUSR1, [](int) { count = count + 1; })) {
    count = 0;
    sender_ = std::thread([this, receiver = pthread_self()] {
      for (; !stop_; std::this_thread::sleep_for(std::chrono::microseconds(20))) pthread_kill(receiver, SIGUSR1);
    });
  }
  ~SignalRain() {
    stop_ = true;
    sender_.join();
    std::signal(SIGUSR1, before_);
  }

  static inline volatile std::sig_atomic_t count = 0;  // handled so far

 private:
  void (*before_)(int);
  std::atomic<bool> stop_ = false;
  std::thread sender_;
};

// A handler runs on the stack of whatever it interrupts, and oneDNN's code has its stack pointer elsewhere at times.
TEST_P(LinearTest, SignalsDoNotDisturb) {
  const Problem p(1536, 576, Linear::kMaxRows);
  Buffer staging;
  const auto packer = make_packer(GetParam());
  const auto linear = packer->make(p.in, p.out);
  linear->pack(p.reader(), staging);
  std::vector<std::byte> x(inputs().bytes(Linear::kMaxRows * p.in));
  inputs().convert(p.x.data(), Linear::kMaxRows * p.in, x.data());
  const auto multiply = [&] {
    std::vector<float> y(Linear::kMaxRows * p.out);
    Buffer scratch;
    linear->multiply(x.data(), Linear::kMaxRows, y.data(), false, scratch);
    return y;
  };
  const std::vector<float> expected = multiply();
  const SignalRain rain;
  for (int i = 0; i < 50 || rain.count < 20; ++i) ASSERT_EQ(multiply(), expected);
}

}  // namespace
}  // namespace lingua::engine
