// The kernels for x86-64 with AVX-512 and its bfloat16 dot products.
#define LINGUA_ISA avx512_bf16
#define LINGUA_LANES 16
#include "engine/kernels/kernels.inc"
