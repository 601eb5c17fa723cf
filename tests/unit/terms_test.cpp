#include "text/terms.hpp"

#include <gmock/gmock.h>

namespace lingua::text {
namespace {

using testing::ElementsAre;

TEST(Terms, AreRunsOfLettersAndDigitsInOneCase) {
  EXPECT_THAT(terms("The Pump's price: 1,200 EUR (ord_8F)."),
              ElementsAre("the", "pump", "s", "price", "1", "200", "eur", "ord_8f"));
  EXPECT_THAT(terms("ÄRGER ärger ΣΟΦΟΣ"), ElementsAre("ärger", "ärger", "σοφοσ"));
  EXPECT_THAT(terms("水泵。"), ElementsAre("水", "泵"));
  EXPECT_THAT(terms(" ... "), ElementsAre());
}

}  // namespace
}  // namespace lingua::text
