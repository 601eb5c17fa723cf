// The tables of kernels, one per instruction set.
#include "engine/kernels/kernels.hpp"

namespace lingua::engine {

#define LINGUA_DECLARE(isa)    \
  namespace isa {              \
  extern const Kernels kTable; \
  }
LINGUA_DECLARE(portable)
#if defined(LINGUA_X86_KERNELS)
LINGUA_DECLARE(avx2)
LINGUA_DECLARE(avx512)
LINGUA_DECLARE(avx512_vnni)
LINGUA_DECLARE(avx512_bf16)
LINGUA_DECLARE(amx)
#endif
#undef LINGUA_DECLARE

const Kernels& kernels([[maybe_unused]] Isa isa) {
#if defined(LINGUA_X86_KERNELS)
  switch (isa) {
    case Isa::portable:
      break;
    case Isa::avx2:
      return avx2::kTable;
    case Isa::avx512:
      return avx512::kTable;
    case Isa::avx512_vnni:
      return avx512_vnni::kTable;
    case Isa::avx512_bf16:
      return avx512_bf16::kTable;
    case Isa::amx:
      return amx::kTable;
  }
#endif
  return portable::kTable;
}

}  // namespace lingua::engine
