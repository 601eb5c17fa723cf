#define LINGUA_ISA avx512
#define LINGUA_LANES 16
#include "engine/kernels/kernels.inc"
