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

std::vector<std::string> original_texts(const Chat& chat) {
  std::vector<std::string> texts;
  for (const Piece& piece : chat.pieces()) texts.push_back(piece.text);
  return texts;
}

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

TEST(Chat, UnchangedTextsGiveTheChatBack) {
  const Chat chat(kChat);
  const auto rewritten = chat.rewrite(original_texts(chat));
  EXPECT_EQ(rewritten.document.dump(), Json::parse(kChat).dump());
  EXPECT_EQ(rewritten.removed, 0u);
}

TEST(Chat, OnlyContentsChange) {
  const auto rewritten = Chat(R"([{"role": "user", "content": "a b", "x": [1, 2.50]}])").rewrite({"b"});
  EXPECT_EQ(rewritten.document.dump(), R"([{"role":"user","content":"b","x":[1,2.5]}])");
}

TEST(Chat, EmptyTurnsGoUnlessSomethingHangsOnThem) {
  const Chat chat(kChat);
  const auto rewritten = chat.rewrite({"", "", "", "", "", ""});
  EXPECT_EQ(rewritten.removed, 1u);  // "Hi"; not the image, the calls, the tool's answer, system and question
  EXPECT_EQ(rewritten.document["messages"].size(), 6u);
  EXPECT_EQ(rewritten.document["temperature"], 0.5);
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
  EXPECT_EQ(chat.rewrite(original_texts(chat)).document.dump(), Json::parse(kAnthropicChat).dump());
  EXPECT_THAT(texts_of(Chat(R"({"system": "S", "messages": [{"role": "user", "content": "Q"}]})"), Role::instruction),
              ElementsAre("S"));
}

TEST(Chat, CallsAndResultsOfToolsKeepTheirShape) {
  const Chat chat(kAnthropicChat);
  const auto rewritten = chat.rewrite({"Be brief.", "", "", "20", "", "And tomorrow?"});
  EXPECT_EQ(rewritten.removed, 1u) << "the first question; not the call, whose result refers to it";
  auto expected = Json::parse(kAnthropicChat);
  expected["messages"].erase(0);
  expected["messages"][0]["content"].erase(0);
  expected["messages"][1]["content"][0]["content"][0]["text"] = "20";
  expected["messages"][1]["content"][1]["content"] = "";
  EXPECT_EQ(rewritten.document.dump(), expected.dump());
}

std::string chat_error(std::string_view json) {
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
