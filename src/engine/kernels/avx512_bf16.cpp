#define LINGUA_ISA avx512_bf16
#define LINGUA_LANES 16
#include "engine/kernels/kernels.inc"
