// Hides what differs between oneDNN 2 and 3, and the library's habits that do not suit shared threads.
#include "engine/onednn.hpp"

#include <csignal>
#include <mutex>

#include <fmt/format.h>

#include <lingua/error.hpp>

#include "engine/kernels/isa.hpp"

namespace lingua::engine::onednn {
namespace {

using dnnl::memory;

memory::dim dim(std::size_t n) { return static_cast<memory::dim>(n); }

memory::data_type type_of(const memory::desc& desc) {
#if DNNL_VERSION_MAJOR >= 3
  return desc.get_data_type();
#else
  return desc.data_type();
#endif
}

dnnl::matmul::primitive_desc describe(const memory::desc& in, const memory::desc& weights, const memory::desc& out,
                                      const dnnl::primitive_attr& attributes) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl::matmul::primitive_desc(cpu(), in, weights, out, attributes);
#else
  return dnnl::matmul::primitive_desc(dnnl::matmul::desc(in, weights, out), attributes, cpu());
#endif
}

// oneDNN takes non-const handles, also of what it only reads.
memory wrap(const memory::desc& desc, const void* data) { return memory(desc, cpu(), const_cast<void*>(data)); }

// A stream on the CPU runs in place, on the calling thread.
dnnl::stream& stream() {
  thread_local dnnl::stream stream(cpu());
  return stream;
}

// Holds back the signals of this thread. In the products that oneDNN 2.6 generates for AVX2 the stack pointer lies
// within a heap block part of the time: a signal handler that runs then writes its frame over the heap. Signals that
// an instruction causes cannot be held back.
class SignalsHeldBack {
 public:
  SignalsHeldBack() {
    sigset_t others;
    sigfillset(&others);
    for (const int own : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS}) sigdelset(&others, own);
    pthread_sigmask(SIG_BLOCK, &others, &before_);
  }
  ~SignalsHeldBack() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsHeldBack(const SignalsHeldBack&) = delete;
  SignalsHeldBack& operator=(const SignalsHeldBack&) = delete;

 private:
  sigset_t before_;
};

// Runs `make`, one at a time: the library's cache of primitives is not as thread-safe as it claims (2.6, by the
// thread sanitizer).
template <class Make>
void make_primitive(const Make& make) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  try {
    make();
  } catch (const dnnl::error& error) {
    throw Error(ErrorCode::internal, fmt::format("oneDNN: {}", error.what()));
  }
}

dnnl::cpu_isa equivalent(Isa isa) {
  switch (isa) {
    case Isa::portable:
      return dnnl::cpu_isa::sse41;
    case Isa::avx2:
      return dnnl::cpu_isa::avx2;
    case Isa::avx512:
      return dnnl::cpu_isa::avx512_core;
    case Isa::avx512_vnni:
      return dnnl::cpu_isa::avx512_core_vnni;
    case Isa::avx512_bf16:
      return dnnl::cpu_isa::avx512_core_bf16;
    case Isa::amx:
      return dnnl::cpu_isa::avx512_core_amx;
  }
  return dnnl::cpu_isa::all;
}

// LINGUA_ISA holds for oneDNN too. It can be limited only before it is used for the first time in the process; on
// CPUs other than x86-64 it knows no limits.
dnnl::engine make_engine() {
  if (const auto isa = highest_isa_allowed();
      isa && dnnl::set_max_cpu_isa(equivalent(*isa)) == dnnl::status::invalid_arguments) {
    throw Error(ErrorCode::invalid_option,
                fmt::format("LINGUA_ISA={}: oneDNN was used in this process before, and can no longer be limited",
                            to_string(*isa)));
  }
  return {dnnl::engine::kind::cpu, 0};
}

}  // namespace

const dnnl::engine& cpu() {
  static const dnnl::engine engine = make_engine();
  return engine;
}

memory::desc any_layout(std::size_t inputs, std::size_t outputs, memory::data_type type) {
  return {{dim(inputs), dim(outputs)}, type, memory::format_tag::any};
}

Product::Product(std::size_t rows, std::size_t inputs, std::size_t outputs, const memory::desc& packed,
                 bool accumulate) {
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);  // the library's own is not safe to share by threads
  if (accumulate) {
    dnnl::post_ops add;
    add.append_sum();
    attributes.set_post_ops(add);
  }
  const memory::desc in({dim(rows), dim(inputs)}, type_of(packed), memory::format_tag::ab);
  const memory::desc out({dim(rows), dim(outputs)}, memory::data_type::f32, memory::format_tag::ab);
  make_primitive([&] {
    const auto description = describe(in, packed, out, attributes);
    in_ = description.src_desc();
    packed_ = description.weights_desc();
    out_ = description.dst_desc();
    scratch_ = description.scratchpad_desc();
    matmul_ = dnnl::matmul(description);
  });
}

void Product::execute(const void* in, const void* weights, float* out, void* scratch) const {
  const SignalsHeldBack guard;
  matmul_.execute(stream(), {{DNNL_ARG_SRC, wrap(in_, in)},
                             {DNNL_ARG_WEIGHTS, wrap(packed_, weights)},
                             {DNNL_ARG_DST, wrap(out_, out)},
                             {DNNL_ARG_SCRATCHPAD, wrap(scratch_, scratch)}});
}

Packing::Packing(std::size_t inputs, std::size_t outputs, const memory::desc& packed)
    : rows_({dim(inputs), dim(outputs)}, type_of(packed), memory::format_tag::ba), packed_(packed) {
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  make_primitive([&] {
    const dnnl::reorder::primitive_desc description(cpu(), rows_, cpu(), packed_, attributes);
    scratch_ = description.scratchpad_desc();
    reorder_ = dnnl::reorder(description);
  });
}

void Packing::execute(const void* rows, void* weights, Buffer& scratch) const {
  const SignalsHeldBack guard;
  reorder_.execute(stream(), {{DNNL_ARG_FROM, wrap(rows_, rows)},
                              {DNNL_ARG_TO, wrap(packed_, weights)},
                              {DNNL_ARG_SCRATCHPAD, wrap(scratch_, scratch.as<std::byte>(scratch_.get_size()))}});
}

}  // namespace lingua::engine::onednn
