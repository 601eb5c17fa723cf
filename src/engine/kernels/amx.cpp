// The kernels for x86-64 with AVX-512 and its dot products of 8-bit integers and of bfloat16, and with the tiles of
// AMX.
#define LINGUA_ISA amx
#define LINGUA_LANES 16
#include "engine/kernels/kernels.inc"
