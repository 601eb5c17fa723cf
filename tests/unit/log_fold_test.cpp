// Folding of logs: by hand, and there and back for any text.
#include <gtest/gtest.h>

#include <array>
#include <lingua/log_fold.hpp>
#include <string>

#include "support/errors.hpp"
#include "support/random_numbers.hpp"
#include "support/random_prompts.hpp"

namespace lingua {
namespace {

const std::string kHead = "Folded log: \"~1 a b\" is line ~1 of this list with a, b for its {}.\n";

const std::string kLog =
    "2024-05-01 12:00:01 INFO order ord_8f3a received from 10.0.0.7, 3 items\n"
    "2024-05-01 12:00:02 INFO order ord_77b0 received from 10.0.0.7, 12 items\n"
    "Something else happened here.\n"
    "2024-05-01 12:00:02 INFO order ord_91cc received from 10.0.1.9, 1 items\n"
    "~ and this line begins with a tilde\n"
    "2024-05-01 12:01:00 INFO order ord_1a2b received from 10.0.0.7, 3 items\n";

const std::string kFolded = kHead +
                            "~1 2024-05-01 12:{} INFO order ord_{} received from 10.0.{}, {} items\n\n"
                            "~1 00:01 8f3a 0.7 3\n"
                            "~1 00:02 77b0 0.7 12\n"
                            "Something else happened here.\n"
                            "~1 00:02 91cc 1.9 1\n"
                            "~~ and this line begins with a tilde\n"
                            "~1 01:00 1a2b 0.7 3\n";

TEST(LogFold, ByHand) {
  EXPECT_EQ(fold_log(kLog), kFolded);
  EXPECT_EQ(unfold_log(kFolded), kLog);
  EXPECT_EQ(kFolded.substr(legend_size(kFolded), 19), "~1 00:01 8f3a 0.7 3");
}

TEST(LogFold, WhatDoesNotRepeatStays) {
  for (const std::string log : {"", "\n", "one line", "a\nb\nc\n", "~1 x\n{} y\n"}) {
    EXPECT_EQ(fold_log(log), log);
    EXPECT_EQ(unfold_log(log), log);
    EXPECT_EQ(legend_size(log), 0u);
  }
}

TEST(LogFold, WhatLooksFoldedIsNotTakenForIt) {
  for (const std::string& log : {kHead, kHead + "\n", kFolded, kHead + "~1 {}\n\n~1 x"})
    EXPECT_EQ(unfold_log(fold_log(log)), log);
}

TEST(LogFold, RefusesWhatIsBroken) {
  const auto refused = [](const std::string& body) {
    const auto error = test::error_of([&] { unfold_log(kHead + body); });
    EXPECT_EQ(error.code, ErrorCode::input_malformed);
    return error.message;
  };
  EXPECT_EQ(refused("~1 a {}"), "line 3: the legend of the folded log has no end, a blank line");
  EXPECT_EQ(refused("~2 a {}\n\n"), "line 2: the legend goes on with ~1 , or ends with a blank line");
  EXPECT_EQ(refused("~1 a {}\n\n~1"), "line 4: there are fewer values than the template has places");
  EXPECT_EQ(refused("~1 a {}\n\n~1 b c"), "line 4: there are more values than the template has places");
  EXPECT_EQ(refused("~1 a {}\n\nok\n~2 b"), "line 5: '~2' is none of the 1 templates of the legend");
  EXPECT_EQ(refused("\n~x"), "line 3: '~x' is none of the 0 templates of the legend");
}

TEST(LogFold, ThereAndBackForAnyText) {
  test::RandomPrompts prompts(31);
  auto& random = prompts.numbers();
  const std::array<std::string, 22> kPieces{"\n", "\n", "\n", " ",  " ",  "a",    "b", "1",    "22",  "~", "~1",
                                            "{}", "{",  "}",  "x=", "\r", "中文", "é", "/a/b", "[7]", "",  kHead};
  int folded = 0;
  for (int trial = 0; trial < 20000; ++trial) {
    std::string log;
    for (auto pieces = random.below(60); pieces > 0; --pieces)
      log += random.below(20) == 0 ? prompts.text(3) : kPieces[random.below(kPieces.size())];
    for (auto lines = random.below(8); lines > 0; --lines)
      log += "\nday " + std::to_string(random.below(30)) + " host: [" + std::to_string(random.below(3)) +
             "] worked on {" + std::to_string(random.below(999)) + "} for a long time";
    const auto once = fold_log(log);
    folded += legend_size(once) > kHead.size() + 1;
    ASSERT_EQ(unfold_log(once), log);
    ASSERT_EQ(unfold_log(fold_log(once)), once);
  }
  EXPECT_GT(folded, 5000);
}

}  // namespace
}  // namespace lingua
