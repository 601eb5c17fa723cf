// The kernels for x86-64 with AVX-512 and its dot products of 8-bit integers.
#define LINGUA_ISA avx512_vnni
#define LINGUA_LANES 16
#include "engine/kernels/kernels.inc"
