// The kernels for x86-64 with AVX-512 (F, BW, DQ, VL).
#define LINGUA_ISA avx512
#define LINGUA_LANES 16
#include "engine/kernels/kernels.inc"
