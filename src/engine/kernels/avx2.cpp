// The kernels for x86-64 with AVX2 and FMA.
#define LINGUA_ISA avx2
#define LINGUA_LANES 8
#include "engine/kernels/kernels.inc"
