// Chooses the kernels at run time.
#include "engine/kernels/kernels.hpp"

#include <initializer_list>

namespace lingua::engine {

#define LINGUA_DECLARE(isa)    \
  namespace isa {              \
  extern const Kernels kTable; \
  }
LINGUA_DECLARE(portable)
#if defined(__x86_64__)
LINGUA_DECLARE(avx2)
LINGUA_DECLARE(avx512)
LINGUA_DECLARE(avx512_bf16)
#endif
#undef LINGUA_DECLARE

bool supports(Isa isa) {
#if defined(__x86_64__)
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  switch (isa) {
    case Isa::portable:
      return true;
    case Isa::avx2:
      return avx2;
    case Isa::avx512:
      return avx512;
    case Isa::avx512_bf16:
      return avx512 && __builtin_cpu_supports("avx512bf16");
  }
#endif
  return isa == Isa::portable;
}

Isa best_isa() {
  for (const Isa isa : {Isa::avx512_bf16, Isa::avx512, Isa::avx2}) {
    if (supports(isa)) return isa;
  }
  return Isa::portable;
}

const Kernels& kernels(Isa isa) {
#if defined(__x86_64__)
  switch (isa) {
    case Isa::portable:
      break;
    case Isa::avx2:
      return avx2::kTable;
    case Isa::avx512:
      return avx512::kTable;
    case Isa::avx512_bf16:
      return avx512_bf16::kTable;
  }
#endif
  return portable::kTable;
}

}  // namespace lingua::engine
