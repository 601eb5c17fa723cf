// Chats in, chats out.
#include "input/chat.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <lingua/error.hpp>

namespace lingua::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> texts_of(const Chat& chat, Role role) {
  std::vector<std::string> texts;
  for (const Piece& piece : chat.pieces()) {
    if (piece.role == role) texts.push_back(piece.text);
  }
  return texts;
}

using Kept = std::vector<std::vector<ByteSpan>>;

/// What `rewrite` gets so that piece i becomes texts[i], which is a stretch of it.
Kept kept(const Chat& chat, const std::vector<std::string>& texts) {
  Kept spans;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto begin = chat.pieces()[i].text.find(texts[i]);
    spans.push_back(texts[i].empty() ? std::vector<ByteSpan>()
                                     : std::vector{ByteSpan{begin, begin + texts[i].size()}});
  }
  return spans;
}

Kept all(const Chat& chat) {
  std::vector<std::string> texts;
  for (const Piece& piece : chat.pieces()) texts.push_back(piece.text);
  return kept(chat, texts);
}

std::string without(std::string text, std::string_view cut) { return text.erase(text.find(cut), cut.size()); }

constexpr const char* kChat = R"({"model": "m", "messages": [
  {"role": "system", "content": "Be brief."},
  {"role": "user", "content": "Hi", "name": "ann"},
  {"role": "assistant", "content": null, "tool_calls": [{"id": "1"}]},
  {"role": "tool", "tool_call_id": "1", "content": "42"},
  {"role": "assistant", "content": [{"type": "text", "text": "It is 42."}, {"type": "image_url", "image_url": {}}]},
  {"role": "user", "content": "Thanks. Why?"},
  {"role": "developer", "content": "Now."}], "temperature": 0.5})";

TEST(Chat, RolesFollowThePlace) {
  const Chat chat(kChat);
  EXPECT_THAT(texts_of(chat, Role::instruction), ElementsAre("Be brief.", "Now."));
  EXPECT_THAT(texts_of(chat, Role::context), ElementsAre("Hi", "42", "It is 42."));
  EXPECT_THAT(texts_of(chat, Role::question), ElementsAre("Thanks. Why?"));
}

TEST(Chat, TurnsKnowWhoSpeaksAndWhen) {
  const Chat chat(kChat);
  std::vector<std::pair<Speaker, std::size_t>> turns;
  for (const auto& [speaker, age] : chat.turns()) turns.emplace_back(speaker, age);
  EXPECT_THAT(turns, ElementsAre(std::pair(Speaker::system, 6), std::pair(Speaker::user, 5),
                                 std::pair(Speaker::tool, 3), std::pair(Speaker::assistant, 2),
                                 std::pair(Speaker::user, 1), std::pair(Speaker::system, 0)));
}

TEST(Chat, UnchangedTextsGiveTheChatBack) {
  const Chat chat(kChat);
  const auto rewritten = chat.rewrite(all(chat));
  EXPECT_EQ(rewritten.text, kChat);
  EXPECT_EQ(rewritten.removed, 0u);
}

TEST(Chat, OfResultsThatAreJsonOnlyLongStringsChange) {
  const Chat chat(R"([{"role": "tool", "content": "{\"id\": 7,  \"text\": \"one\\ntwo three\", \"x\": \"ab\"}"},
    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "1", "content": "[\"four five\", 6.0]"}]},
    {"role": "assistant", "content": "{\"no\": \"result\"}"}, {"role": "tool", "content": "{\"no\": JSON}"},
    {"role": "tool", "content": "\"no structure\""}, {"role": "tool", "content": "[1, 2, \"3\"]"}])",
                  5);
  EXPECT_THAT(texts_of(chat, Role::context), ElementsAre("one\ntwo three", "four five", R"({"no": "result"})",
                                                         R"({"no": JSON})", R"("no structure")"));
  EXPECT_EQ(chat.rewrite(kept(chat, {"one\n", "", "{", "{", "no"})).text,
            R"([{"role": "tool", "content": "{\"id\": 7,  \"text\": \"one\\n\", \"x\": \"ab\"}"},
    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "1", "content": "[\"\", 6.0]"}]},
    {"role": "assistant", "content": "{"}, {"role": "tool", "content": "{"},
    {"role": "tool", "content": "no"}, {"role": "tool", "content": "[1, 2, \"3\"]"}])");
}

TEST(Chat, OnlyContentsChange) {
  const Chat chat(R"([ {"role":"user",  "content": "a\u0020b", "x":[1, 2.50, 1E2]}])");
  EXPECT_EQ(chat.rewrite(kept(chat, {" "})).text, R"([ {"role":"user",  "content": "\u0020", "x":[1, 2.50, 1E2]}])");
}

TEST(Chat, EmptyTurnsGoUnlessSomethingHangsOnThem) {
  const Chat chat(kChat);
  const auto rewritten = chat.rewrite(Kept(6));
  EXPECT_EQ(rewritten.removed, 1u);  // "Hi"; not the image, the calls, the tool's answer, system and question
  auto expected = without(kChat, "{\"role\": \"user\", \"content\": \"Hi\", \"name\": \"ann\"},\n  ");
  expected = without(expected, R"({"type": "text", "text": "It is 42."}, )");
  for (const char* text : {"Be brief.", "42", "Thanks. Why?", "Now."}) expected = without(expected, text);
  EXPECT_EQ(rewritten.text, expected);
}

TEST(Chat, OneMessageIsLeft) {
  const Chat chat(R"([{"role": "assistant", "content": "a"}, {"role": "assistant", "content": "b"}])");
  EXPECT_EQ(chat.rewrite(Kept(2)).text,
            R"([{"role": "assistant", "content": ""}, {"role": "assistant", "content": ""}])");
}

constexpr const char* kAnthropicChat = R"({"model": "m", "max_tokens": 9,
  "system": [{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}], "messages": [
  {"role": "user", "content": "What is the weather?"},
  {"role": "assistant", "content": [
    {"type": "text", "text": "I look."}, {"type": "tool_use", "id": "t1", "name": "get", "input": {"text": "Ulm", "n": 1.0}}]},
  {"role": "user", "content": [
    {"type": "tool_result", "tool_use_id": "t1", "content": [
      {"type": "text", "text": "Sunny, 20 degrees."}, {"type": "image", "source": {"data": "aGk="}}]},
    {"type": "tool_result", "tool_use_id": "t2", "content": "Rain.", "is_error": false},
    {"type": "tool_result", "tool_use_id": "t3"},
    {"type": "text", "text": "And tomorrow?"}]}]})";

TEST(Chat, OfTheOtherApi) {
  const Chat chat(kAnthropicChat);
  EXPECT_THAT(texts_of(chat, Role::instruction), ElementsAre("Be brief."));
  EXPECT_THAT(texts_of(chat, Role::context),
              ElementsAre("What is the weather?", "I look.", "Sunny, 20 degrees.", "Rain."));
  EXPECT_THAT(texts_of(chat, Role::question), ElementsAre("And tomorrow?"));
  EXPECT_EQ(chat.turns()[3].speaker, Speaker::tool);
  EXPECT_EQ(chat.rewrite(all(chat)).text, kAnthropicChat);
  EXPECT_THAT(texts_of(Chat(R"({"system": "S", "messages": [{"role": "user", "content": "Q"}]})"), Role::instruction),
              ElementsAre("S"));
}

TEST(Chat, CallsAndResultsOfToolsKeepTheirShape) {
  const Chat chat(kAnthropicChat);
  const auto rewritten = chat.rewrite(kept(chat, {"Be brief.", "", "", "20", "", "And tomorrow?"}));
  EXPECT_EQ(rewritten.removed, 1u) << "the first question; not the call, whose result refers to it";
  auto expected = without(kAnthropicChat, "{\"role\": \"user\", \"content\": \"What is the weather?\"},\n  ");
  expected = without(expected, R"({"type": "text", "text": "I look."}, )");
  for (const char* text : {"Sunny, ", " degrees.", "Rain."}) expected = without(expected, text);
  EXPECT_EQ(rewritten.text, expected);
}

std::string chat_error(const std::string& json) {
  try {
    const Chat chat(json);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::input_malformed);
    return error.what();
  }
  return "";
}

TEST(Chat, ErrorsNameThePlace) {
  EXPECT_THAT(chat_error("{}"), HasSubstr("without \"messages\""));
  EXPECT_THAT(chat_error("3"), HasSubstr("the chat is a number"));
  EXPECT_THAT(chat_error("[]"), HasSubstr("no messages"));
  EXPECT_THAT(chat_error(R"({"messages": {}})"), HasSubstr("messages is an object, not an array"));
  EXPECT_THAT(chat_error("[7]"), HasSubstr("messages[0] is a number"));
  EXPECT_THAT(chat_error(R"([{"content": "a"}])"), HasSubstr("messages[0].role is missing"));
  EXPECT_THAT(chat_error(R"([{"role": "bot", "content": "a"}])"), HasSubstr("messages[0].role is \"bot\", none of"));
  EXPECT_THAT(chat_error(R"([{"role": "user", "content": 1}])"), HasSubstr("messages[0].content is a number"));
  EXPECT_THAT(chat_error(R"([{"role": "user", "content": ["a"]}])"), HasSubstr("messages[0].content[0]"));
  EXPECT_THAT(chat_error(R"([{"role": "user", "content": [{"type": "text"}]}])"), HasSubstr("text is missing"));
  EXPECT_THAT(chat_error(R"([{"role": "user", "content": [{"type": "tool_result", "content": 1}]}])"),
              HasSubstr("messages[0].content[0].content is a number"));
  EXPECT_THAT(chat_error(R"({"system": 1, "messages": [{"role": "user", "content": ""}]})"),
              HasSubstr("system is a number"));
}

}  // namespace
}  // namespace lingua::cli
