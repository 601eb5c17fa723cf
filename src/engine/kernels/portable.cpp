// The kernels for any CPU.
#define LINGUA_ISA portable
#define LINGUA_LANES 4
#include "engine/kernels/kernels.inc"
