// The most that the CPU can do: multiply-adds between registers, without any memory. bench_limits THREADS.
// Answers {"type": "f32" | "bf16" | "int8"} with operations per second (two per multiply-add) of the widest
// instruction that this CPU has for the type, and with null when it has none.
#include <string>
#include <thread>
#include <vector>

#include "engine/kernels/isa.hpp"
#include "serve.hpp"

namespace {

constexpr int kSums = 12;  // so that none waits for its last addition

struct Loop {
  void (*run)(long rounds) = nullptr;
  double lanes = 0;  ///< multiply-adds of one instruction
};

#if defined(__x86_64__)

// `rounds` times kSums of one instruction; all numbers are zero, which no CPU is slow at.
#define CLEAR(i) "vpxor %%xmm" #i ", %%xmm" #i ", %%xmm" #i "\n"
#define LOOP(name, instruction, r)                                                                                   \
  void name(long rounds) {                                                                                           \
    asm volatile(CLEAR(0) CLEAR(1) CLEAR(2) CLEAR(3) CLEAR(4) CLEAR(5) CLEAR(6) CLEAR(7) CLEAR(8) CLEAR(9)         \
                 CLEAR(10) CLEAR(11) CLEAR(12)                                                                     \
                 "1:\n"                                                                                            \
                 ".irp i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12\n"                                                 \
                 instruction " %%" r "0, %%" r "0, %%" r "\\i\n"                                                   \
                 ".endr\n"                                                                                         \
                 "dec %0\n"                                                                                        \
                 "jnz 1b\n"                                                                                        \
                 "vzeroupper"                                                                                      \
                 : "+r"(rounds)                                                                                    \
                 :                                                                                                 \
                 : "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",  \
                   "xmm11", "xmm12"); \
  }
LOOP(fma_256, "vfmadd231ps", "ymm")
LOOP(fma_512, "vfmadd231ps", "zmm")
LOOP(bf16_512, "vdpbf16ps", "zmm")
LOOP(int8_512, "vpdpbusd", "zmm")
#undef LOOP
#undef CLEAR

// Products of 16 x 32 by 32 x 16 numbers in AMX's tiles: six sums, twice in a round.
void bf16_tiles(long rounds) {
  struct Shapes {
    unsigned char palette = 1, start_row = 0, reserved[14] = {};
    unsigned short row_bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
    unsigned char rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
  };
  static constexpr Shapes kShapes;
  asm volatile(
      "ldtilecfg %1\n"
      "1:\n"
      ".irp i, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5\n"
      "tdpbf16ps %%tmm7, %%tmm6, %%tmm\\i\n"
      ".endr\n"
      "dec %0\n"
      "jnz 1b\n"
      "tilerelease"
      : "+r"(rounds)
      : "m"(kShapes)
      : "cc");
}

Loop loop_for(const std::string& type) {
  const bool avx512 = __builtin_cpu_supports("avx512f");
  if (type == "f32" && avx512) return {fma_512, 16};
  if (type == "f32" && __builtin_cpu_supports("fma")) return {fma_256, 8};
  if (type == "bf16" && lingua::engine::supports(lingua::engine::Isa::amx)) return {bf16_tiles, 16 * 16 * 32};
  if (type == "bf16" && __builtin_cpu_supports("avx512bf16")) return {bf16_512, 32};
  if (type == "int8" && __builtin_cpu_supports("avx512vnni")) return {int8_512, 64};
  return {};
}

#else

Loop loop_for(const std::string&) { return {}; }  // only written for x86-64 so far

#endif

double measure(const Loop& loop, unsigned threads) {
  constexpr long kRounds = 20'000'000;
  const double seconds = lingua::bench::seconds_of([&] {
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < threads; ++i) workers.emplace_back(loop.run, kRounds);
  });
  return 2 * loop.lanes * kSums * kRounds * threads / seconds;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: bench_limits THREADS\n";
    return 2;
  }
  const auto threads = static_cast<unsigned>(std::stoul(argv[1]));
  lingua::bench::serve([&](const nlohmann::json& request) -> nlohmann::json {
    const Loop loop = loop_for(request.at("type"));
    if (loop.run == nullptr) return {{"limit", nullptr}};
    return {{"limit", measure(loop, threads)}};
  });
}
