// Which instruction sets may be used: those of the CPU, of the build, and of LINGUA_ISA.
#include "engine/kernels/isa.hpp"

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

#if defined(LINGUA_X86_KERNELS)
#include <cpuid.h>
#endif
#if defined(LINGUA_X86_KERNELS) && defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include <fmt/format.h>

#include <lingua/error.hpp>

namespace lingua::engine {
namespace {

constexpr std::array kAscending = {Isa::portable,    Isa::avx2,        Isa::avx512,
                                   Isa::avx512_vnni, Isa::avx512_bf16, Isa::amx};

#if defined(LINGUA_X86_KERNELS)
// Bits of features in register EDX of CPUID's leaf 7; those that a CPU does not know are 0.
[[maybe_unused]] constexpr unsigned kAmxBf16 = 1u << 22, kAvx512Fp16 = 1u << 23;

bool has_feature(unsigned bit) {
  unsigned a = 0, b = 0, c = 0, features = 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &features) != 0 && (features & bit) != 0;
}
#endif

// Whether the CPU has tiles of bfloat16 and the kernel lets this process use them, which Linux wants to be asked for.
bool ask_for_amx() {
#if defined(LINGUA_X86_KERNELS) && defined(__linux__)
  constexpr long kRequestPermission = 0x1023, kTileData = 18;  // ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA
  return has_feature(kAmxBf16) && syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
#else
  return false;
#endif
}

bool has_amx() {
  static const bool has = ask_for_amx();
  return has;
}

// Whether the CPU has the instructions, and this build has kernels for them.
bool available(Isa isa) {
#if defined(LINGUA_X86_KERNELS)
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  const bool vnni = avx512 && __builtin_cpu_supports("avx512vnni");
  const bool bf16 = vnni && __builtin_cpu_supports("avx512bf16");
  switch (isa) {
    case Isa::portable:
      return true;
    case Isa::avx2:
      return avx2;
    case Isa::avx512:
      return avx512;
    case Isa::avx512_vnni:
      return vnni;
    case Isa::avx512_bf16:
      return bf16;
    case Isa::amx:
      return bf16 && has_amx();
  }
#endif
  return isa == Isa::portable;
}

// Golden Cove or a later core of Intel's.
bool has_slow_bf16() {
#if defined(LINGUA_X86_KERNELS)
  return __builtin_cpu_is("intel") && has_feature(kAvx512Fp16);
#else
  return false;
#endif
}

std::string available_names() {
  std::string names;
  for (const Isa isa : kAscending) {
    if (available(isa)) names += fmt::format("{}{}", names.empty() ? "" : ", ", to_string(isa));
  }
  return names;
}

std::optional<Isa> read_variable() {
  const char* const value = std::getenv("LINGUA_ISA");
  if (value == nullptr || *value == '\0') return std::nullopt;
  for (const Isa isa : kAscending) {
    if (std::string_view(value) == to_string(isa) && available(isa)) return isa;
  }
  throw Error(ErrorCode::invalid_option,
              fmt::format("LINGUA_ISA={}: must be one of {}, the instruction sets of this CPU and build", value,
                          available_names()));
}

}  // namespace

const char* to_string(Isa isa) noexcept {
  switch (isa) {
    case Isa::portable:
      return "portable";
    case Isa::avx2:
      return "avx2";
    case Isa::avx512:
      return "avx512";
    case Isa::avx512_vnni:
      return "avx512_vnni";
    case Isa::avx512_bf16:
      return "avx512_bf16";
    case Isa::amx:
      return "amx";
  }
  return "unknown";
}

std::optional<Isa> highest_isa_allowed() {
  static const std::optional<Isa> allowed = read_variable();
  return allowed;
}

bool supports(Isa isa) { return available(isa) && isa <= highest_isa_allowed().value_or(isa); }

bool has_fast_bf16() { return supports(Isa::amx) || (supports(Isa::avx512_bf16) && !has_slow_bf16()); }

Isa best_isa() {
  Isa best = Isa::portable;
  for (const Isa isa : kAscending) {
    if (supports(isa)) best = isa;
  }
  return best;
}

}  // namespace lingua::engine
