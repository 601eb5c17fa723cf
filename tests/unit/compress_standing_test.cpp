// Standings of sentences: what repeats others, what digresses, and the rule on random texts, as it stands in the
// header.
#include "compress/relevance/standing.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "support/random_numbers.hpp"

namespace lingua::compress {
namespace {

using enum Standing;
using testing::Each;
using testing::ElementsAre;

TEST(Standings, OfASentenceThatSaysNothingNew) {
  const std::vector<Sentence> sentences = {{0, "The pump broke on Monday."},
                                           {1, "On Monday the PUMP broke!"},
                                           {0, "Divers came at noon."},
                                           {1, "The pump broke at noon on Tuesday, says the harbour."}};
  EXPECT_THAT(standings(sentences), ElementsAre(tells, repeats, tells, tells));
}

TEST(Standings, OtherNumbersAreNews) {
  const std::vector<Sentence> sentences = {{0, "We lost 3 boats in the storm."},
                                           {1, "We lost 45 boats in the storm."},
                                           {1, "3 boats we lost in the storm."}};
  EXPECT_THAT(standings(sentences), ElementsAre(tells, tells, repeats));
}

TEST(Standings, OfASentenceThatOnlyOneTextCaresAbout) {
  const std::vector<Sentence> sentences = {{0, "The old harbour pump broke on Monday."},
                                           {1, "Monday night all boats waited: the old pump had broken down."},
                                           {0, "Subscribe for more stories!"},
                                           {1, "Divers repaired the harbour pump while the boats waited."},
                                           {0, "All boats waited for the divers."}};
  EXPECT_THAT(standings(sentences), ElementsAre(tells, tells, digresses, tells, repeats));
}

TEST(Standings, NoSentenceDigressesOfATextThatHasLittleInCommonWithTheOthers) {
  const std::vector<Sentence> sentences = {
      {0, "The pump broke."}, {1, "Anna paints boats."}, {0, "Divers came."}, {1, "Blue sells best."}};
  EXPECT_THAT(standings(sentences), Each(tells));
}

TEST(Standings, OfWhatHasNoWords) {
  const std::vector<Sentence> sentences = {{0, "* * *"}, {1, ""}, {1, "One."}, {0, "One?"}};
  EXPECT_THAT(standings(sentences), ElementsAre(tells, tells, tells, repeats));
  EXPECT_THAT(standings({}), ElementsAre());
}

TEST(Standings, OfChineseSentences) {
  const std::vector<Sentence> sentences = {{0, "水泵坏了，是星期一。"}, {1, "水泵坏了！"}};
  EXPECT_THAT(standings(sentences), ElementsAre(tells, repeats));
}

/// Sentences of one-letter words, as their sources and words.
struct Letters {
  std::size_t source;
  std::set<char> words;
};

/// The part of the weight of `all` that those of `some` have.
double weight_of(const std::set<char>& some, const std::set<char>& all, const std::vector<Letters>& sentences) {
  double found = 0, sum = 0;
  for (const char word : all) {
    double n = 0;
    for (const auto& sentence : sentences) n += sentence.words.contains(word) ? 1 : 0;
    const double weight = std::log(1 + (static_cast<double>(sentences.size()) - n + 0.5) / (n + 0.5));
    sum += weight;
    if (some.contains(word)) found += weight;
  }
  return sum > 0 ? found / sum : 0;
}

double shared(std::size_t of, const std::vector<Letters>& sentences) {
  std::set<char> others;
  for (const auto& [source, words] : sentences)
    if (source != sentences[of].source) others.insert(words.begin(), words.end());
  return weight_of(others, sentences[of].words, sentences);
}

std::vector<Standing> by_definition(const std::vector<Letters>& sentences) {
  std::vector<Standing> standings;
  std::set<char> told;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    double mean = 0, count = 0;
    for (std::size_t j = 0; j < sentences.size(); ++j) {
      if (sentences[j].source != sentences[i].source) continue;
      mean += shared(j, sentences);
      ++count;
    }
    const auto& words = sentences[i].words;
    const bool old = weight_of(told, words, sentences) > 0.6;
    const bool alone = shared(i, sentences) < 0.3 && mean / count >= 0.3;
    standings.push_back(old ? repeats : alone ? digresses : tells);
    if (standings.back() == tells) told.insert(words.begin(), words.end());
  }
  return standings;
}

TEST(Standings, AreTheirDefinition) {
  test::RandomNumbers random(3);
  std::set<Standing> seen;
  for (int i = 0; i < 200; ++i) {
    std::vector<Letters> sentences;
    std::vector<std::string> texts;
    for (auto left = 2 + random.below(8); left > 0; --left) {
      auto& sentence = sentences.emplace_back(Letters{random.below(3), {}});
      std::string text;
      for (auto words = 1 + random.below(5); words > 0; --words) {
        const auto word = static_cast<char>('a' + random.below(26));
        sentence.words.insert(word);
        text += std::string(1, word) + " ";
      }
      texts.push_back(text);
    }
    std::vector<Sentence> given;
    for (std::size_t s = 0; s < texts.size(); ++s) given.push_back({sentences[s].source, texts[s]});
    const auto found = standings(given);
    EXPECT_EQ(found, by_definition(sentences));
    seen.insert(found.begin(), found.end());
  }
  EXPECT_EQ(seen.size(), 3u) << "some standing was never put to the test";
}

}  // namespace
}  // namespace lingua::compress
