// The instruction sets that there are kernels for, and which of them may be used here.
#pragma once

#include <optional>

namespace lingua::engine {

/// Instruction sets, each of which includes those before it.
enum class Isa { portable, avx2, avx512, avx512_vnni, avx512_bf16, amx };

const char* to_string(Isa isa) noexcept;

/// What the environment variable LINGUA_ISA says: no instruction set above it is used, neither here nor by oneDNN. To
/// test as on another CPU. Read once. Throws Error: invalid_option (no such name, or beyond this CPU and build).
std::optional<Isa> highest_isa_allowed();

/// Whether the kernels of `isa` may be used: this build has them, the CPU has the instructions, LINGUA_ISA allows it.
bool supports(Isa isa);

/// Whether products of bfloat16 are faster than those of float: in AMX's tiles and on AMD's CPUs. Intel's cores from
/// Golden Cove on, which are those with AVX512-FP16, begin a `vdpbf16ps` every second cycle, and two `vfmadd231ps` in
/// each: half as many multiply-adds (docs/performance.md).
bool has_fast_bf16();

/// The last one that is supported.
Isa best_isa();

}  // namespace lingua::engine
