#define LINGUA_ISA avx2
#define LINGUA_LANES 8
#include "engine/kernels/kernels.inc"
