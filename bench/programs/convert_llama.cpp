// Rewrites a GGUF in another type with llama.cpp's own quantiser, so that it may run in its fastest type:
// bench_convert SOURCE TARGET F32|BF16|Q8_0.
#include <iostream>
#include <map>
#include <string>

#include <llama.h>

int main(int argc, char** argv) {
  const std::map<std::string, llama_ftype> types{
      {"F32", LLAMA_FTYPE_ALL_F32}, {"BF16", LLAMA_FTYPE_MOSTLY_BF16}, {"Q8_0", LLAMA_FTYPE_MOSTLY_Q8_0}};
  if (argc != 4 || !types.contains(argv[3])) {
    std::cerr << "usage: bench_convert SOURCE TARGET F32|BF16|Q8_0\n";
    return 2;
  }
  llama_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
  llama_backend_init();
  llama_model_quantize_params params = llama_model_quantize_default_params();
  params.ftype = types.at(argv[3]);
  params.allow_requantize = true;
  return llama_model_quantize(argv[1], argv[2], &params) == 0 ? 0 : 1;
}
