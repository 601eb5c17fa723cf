#include "text/terms.hpp"

#include <gmock/gmock.h>

namespace lingua::text {
namespace {

using testing::ElementsAre;

TEST(Terms, AreRunsOfLettersAndDigitsInOneCase) {
  EXPECT_THAT(terms("The Pump's price: 1,200 EUR (ord_8F)."),
              ElementsAre("the", "pump", "s", "price", "1", "200", "eur", "ord_8f"));
  EXPECT_THAT(terms("ÄRGER ärger ΣΟΦΟΣ"), ElementsAre("ärger", "ärger", "σοφοσ"));
  EXPECT_THAT(terms(" ... "), ElementsAre());
}

TEST(Terms, ArePairsOfCharactersWhereThereAreNoSpaces) {
  EXPECT_THAT(terms("新水泵，2台"), ElementsAre("新水", "水泵", "2", "台"));
  EXPECT_THAT(terms("A股 水 水"), ElementsAre("a", "股", "水", "水"));
  EXPECT_THAT(terms("ポンプ"), ElementsAre("ポン", "ンプ"));
}

}  // namespace
}  // namespace lingua::text
