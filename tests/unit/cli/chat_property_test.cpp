// What must hold of any chat: the output is the input with nothing but bytes of texts taken out, and budgets are met.
#include <gtest/gtest.h>

#include <lingua/compressor.hpp>
#include <lingua/error.hpp>

#include "input/chat.hpp"
#include "input/chat_rates.hpp"
#include "input/strict_json.hpp"
#include "random_json.hpp"
#include "support/ngram_model.hpp"
#include "support/random_numbers.hpp"

namespace lingua::cli {
namespace {

/// A character as a chat spells it, and its value.
struct Character {
  std::string spelled, value;
};

/// Chats of both APIs as they may come: spelled in several ways, with odd layout and numbers, and things between the
/// texts that look like texts.
class RandomChats {
 public:
  explicit RandomChats(std::uint32_t seed) : random_(seed) {}

  struct Chat {
    std::vector<std::string> frame;             ///< what stands before, between and behind the texts
    std::vector<std::vector<Character>> texts;  ///< all that are compressed, with their characters

    /// The chat with the characters that `keeps(text, character)` says.
    template <typename Keeps>
    std::string with(Keeps keeps) const {
      std::string json = frame[0];
      for (std::size_t t = 0; t < texts.size(); ++t) {
        for (std::size_t c = 0; c < texts[t].size(); ++c)
          if (keeps(t, c)) json += texts[t][c].spelled;
        json += frame[t + 1];
      }
      return json;
    }
  };

  Chat next() {
    chat_ = {{""}, {}};
    const bool wrapped = random_.below(2) == 0;
    if (wrapped) add(R"({"model": "m",  "temperature":0.250, "messages" : )");
    add("[ ");
    for (auto messages = 1 + random_.below(6); messages > 0; --messages) {
      add_message();
      add(pick({" ,", ",\n\t", ", "}));
    }
    add(R"({"role":"user", "content": ")");
    add_text();
    add("\"} ]");
    if (wrapped) add(R"(, "top_p": 1E0, "x": [1, 2.50, "tail \u0041", {"text": "no text"}]})");
    return chat_;
  }

 private:
  std::string pick(std::initializer_list<const char*> choices) {
    return choices.begin()[random_.below(static_cast<std::uint32_t>(choices.size()))];
  }
  void add(const std::string& text) { chat_.frame.back() += text; }

  void add_text() {
    auto& text = chat_.texts.emplace_back();
    for (auto words = 1 + random_.below(20); words > 0; --words) {
      static const std::vector<Character> kOdd{{"\\n", "\n"},    {"\\u00e9", "é"}, {"\\uD83D\\uDE00", "😀"},
                                               {"中", "中"},     {"\\\"", "\""},   {"\\/", "/"},
                                               {"\\u0041", "A"}, {"\\u4e2d", "中"}};
      if (random_.below(3) == 0) text.push_back(kOdd[random_.below(static_cast<std::uint32_t>(kOdd.size()))]);
      for (const char letter : pick({" the", " cat", " saw 7.", " not", "."})) text.push_back({{letter}, {letter}});
    }
    chat_.frame.emplace_back();
  }

  void add_string() { add("\""), add_text(), add("\""); }

  void add_message() {
    switch (random_.below(5)) {
      case 0:
        add(R"({"role": "assistant","content":null, "tool_calls":[{"id":"c\u0031", "arguments": "{\"n\": 1.0}"}]})");
        break;
      case 1:
        add(R"({"content" : )"), add_string(), add(R"(, "role":"tool", "tool_call_id" :"c1", "cost": 1.50})");
        break;
      case 2:
        add(R"({"role": "assistant", "content": [{"type":"text","text":)"), add_string();
        add(R"( , "x": -0.0}, {"type": "tool_use", "id": "t1", "input": {"text": "a  b", "n": 1e2}}]})");
        break;
      case 3:
        add(R"({"role": "user", "content": [{"tool_use_id": "t1", "type": "tool_result", "content": [{"type": "text", )");
        add("\"text\": "), add_string(), add(R"(}, {"type": "image", "source": "aGk="}]}, {"text": )");
        add_string(), add(R"(,"type": "text"}]})");
        break;
      default:
        add("{\"role\":\"" + pick({"user", "assistant"}) + "\", \"content\": "), add_string(), add("}");
    }
  }

  test::RandomNumbers random_;
  Chat chat_;
};

std::string value_of(const std::vector<Character>& text) {
  std::string value;
  for (const auto& character : text) value += character.value;
  return value;
}

TEST(ChatProperty, AllButTheTextsStaysByteForByte) {
  RandomChats chats(1);
  test::RandomNumbers random(2);
  for (int trial = 0; trial < 2000; ++trial) {
    const auto made = chats.next();
    const std::string json = made.with([](auto, auto) { return true; });
    SCOPED_TRACE(json);
    const Chat chat(json);
    ASSERT_EQ(chat.pieces().size(), made.texts.size());

    std::vector<std::vector<bool>> stays;
    std::vector<std::vector<ByteSpan>> kept;
    for (std::size_t t = 0; t < made.texts.size(); ++t) {
      ASSERT_EQ(chat.pieces()[t].text, value_of(made.texts[t]));
      auto& flags = stays.emplace_back();
      auto& spans = kept.emplace_back();
      std::size_t at = 0;
      for (std::size_t c = 0; c < made.texts[t].size(); ++c) {
        flags.push_back(c == 0 || random.below(2) == 0);  // never empty, so that no message goes
        const std::size_t size = made.texts[t][c].value.size();
        if (flags.back()) spans.push_back({at, at + size});
        at += size;
      }
    }
    const auto rewritten = chat.rewrite(kept);
    EXPECT_EQ(rewritten.text, made.with([&](std::size_t t, std::size_t c) { return stays[t][c]; }));
    EXPECT_EQ(rewritten.removed, 0u);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(ChatProperty, ResultsThatAreJsonStaySo) {
  test::RandomNumbers random(6);
  const auto spelled = [&](const Json& value) {
    return value.dump(static_cast<int>(random.below(3)) - 1, ' ', random.below(2) == 0);
  };
  constexpr std::size_t kMin = 2;
  for (int trial = 0; trial < 1000; ++trial) {
    const Json result = {{"data", test::random_json(random, 4)}, {"status", 200}};
    Json message = {{"role", "tool"}, {"tool_call_id", "c1"}, {"content", spelled(result)}};
    const Chat chat(spelled({message, {{"role", "user"}, {"content", "Q"}}}), kMin);
    std::vector<std::vector<ByteSpan>> kept;
    for (const Piece& piece : chat.pieces())
      kept.push_back({{piece.role == Role::context ? 1u : 0u, piece.text.size()}});
    Json rewritten = Json::parse(chat.rewrite(kept).text)[0];
    EXPECT_EQ(Json::parse(rewritten["content"].get<std::string>()), test::shortened(result, kMin));
    rewritten["content"] = message["content"];
    EXPECT_EQ(rewritten, message);
  }
}

TEST(ChatProperty, BudgetsOfRatesAreMet) {
  const Compressor compressor(std::make_shared<test::NgramModel>());
  RandomChats chats(3);
  test::RandomNumbers random(4);
  int compressed = 0;
  for (int trial = 0; trial < 500; ++trial) {
    const Chat chat(chats.next().with([](auto, auto) { return true; }));
    ChatRates rules;
    for (const Speaker speaker : {Speaker::user, Speaker::assistant, Speaker::tool})
      if (random.below(2) == 0) rules.by_role.emplace_back(speaker, random.below(11) / 10.0);
    if (random.below(2) == 0) rules.by_age.emplace_back(random.below(6), random.below(11) / 10.0);
    const auto assembled = assemble(chat.pieces(), "\n\n");
    const auto prompt = sections_by_rate(assembled.prompt, chat, rules);
    Options options;
    options.target = Rate{0.6};
    try {
      const auto result = compressor.compress_sections(prompt, options);
      ++compressed;
      EXPECT_LE(result.tokens_after, result.budget);
      std::vector<std::size_t> before(prompt.rates.size(), 0), after(prompt.rates.size(), 0);
      for (std::size_t s = 0; s < prompt.sections.size(); ++s) {
        before[prompt.sections[s].group] += result.parts[s].tokens_before;
        after[prompt.sections[s].group] += result.parts[s].tokens_after;
      }
      for (std::size_t g = 1; g < prompt.rates.size(); ++g)
        EXPECT_LE(static_cast<double>(after[g]), *prompt.rates[g] * static_cast<double>(before[g]) + 1e-6);
      EXPECT_EQ(result.parts.back().text, chat.pieces().back().text) << "the last user message";
      EXPECT_LE(chat.rewrite(kept_by_piece(result, assembled.locations)).text.size(), 1u << 20);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::target_unreachable) << error.what();  // the question alone is too long
    }
  }
  EXPECT_GT(compressed, 300);
}

TEST(ChatRates, TheLowestOfAllRulesCounts) {
  const ChatRates rules{{{Speaker::tool, 0.2}, {Speaker::user, 0.9}}, {{4, 0.5}, {10, 0.1}}};
  EXPECT_EQ(rate_of({Speaker::assistant, 3}, rules), std::nullopt);
  EXPECT_EQ(rate_of({Speaker::assistant, 4}, rules), 0.5);
  EXPECT_EQ(rate_of({Speaker::tool, 0}, rules), 0.2);
  EXPECT_EQ(rate_of({Speaker::tool, 9}, rules), 0.2);
  EXPECT_EQ(rate_of({Speaker::user, 9}, rules), 0.5);
  EXPECT_EQ(rate_of({Speaker::tool, 10}, rules), 0.1);
}

TEST(ChatRates, EqualRatesAreOneGroup) {
  const Chat chat(R"([{"role": "system", "content": "S"}, {"role": "user", "content": "a"},
    {"role": "assistant", "content": "b"}, {"role": "tool", "content": ""}, {"role": "tool", "content": "c"},
    {"role": "user", "content": "d"}, {"role": "user", "content": "Q"}])");
  const ChatRates rules{{{Speaker::tool, 0.2}, {Speaker::assistant, 0.2}}, {{5, 0.4}}};
  const auto prompt = sections_by_rate(assemble(chat.pieces(), "").prompt, chat, rules);
  EXPECT_EQ(prompt.instruction, "S");
  EXPECT_EQ(prompt.question, "Q");
  ASSERT_EQ(prompt.sections.size(), 4u);
  const auto rate = [&](std::size_t section) { return prompt.rates.at(prompt.sections[section].group); };
  EXPECT_EQ(rate(0), 0.4);
  EXPECT_EQ(rate(1), 0.2);
  EXPECT_EQ(rate(2), 0.2);
  EXPECT_EQ(rate(3), std::nullopt);
  EXPECT_EQ(prompt.rates.size(), 3u);
}

}  // namespace
}  // namespace lingua::cli
