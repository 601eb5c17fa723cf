// The kernels for x86-64 with all of avx512_bf16.cpp, and with the tiles of AMX.
#define LINGUA_ISA amx
#define LINGUA_LANES 16
#define LINGUA_TILES
#include "engine/kernels/kernels.inc"
