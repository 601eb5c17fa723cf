// Tests that run once for each instruction set.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "engine/kernels/kernels.hpp"

namespace lingua::test {

inline auto all_isas() {
  using engine::Isa;
  return testing::Values(Isa::portable, Isa::avx2, Isa::avx512, Isa::avx512_vnni, Isa::avx512_bf16, Isa::amx);
}

inline std::string isa_of_test(const testing::TestParamInfo<engine::Isa>& info) {
  return engine::to_string(info.param);
}

class EachIsa : public testing::TestWithParam<engine::Isa> {
 protected:
  void SetUp() override {
    if (!engine::supports(GetParam())) GTEST_SKIP() << "this CPU lacks " << engine::to_string(GetParam());
  }
  const engine::Kernels& k() const { return engine::kernels(GetParam()); }
};

}  // namespace lingua::test
