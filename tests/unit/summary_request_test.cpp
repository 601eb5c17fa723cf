// Requests for a summary of everything, and those that ask about something.
#include "text/summary_request.hpp"

#include <gtest/gtest.h>

#include <string>

namespace lingua::text {
namespace {

TEST(SummaryRequests, AskForNothingInParticular) {
  for (const auto* request :
       {"Summarize the text above.", "Please help me summarize this government report.",
        "Write a one-page summary of all news.", "Please generate the Abstract section for this paper.",
        "User: Can you give me the key points, a summary in 3 sentences?", "TL;DR", "tl;dr\n", "Summarise",
        "请总结以上内容。", "请用三句话概括这篇文章的主要内容", "为这份报告写一个简短的摘要（不超过200字）"})
    EXPECT_TRUE(asks_for_summary(request)) << request;
}

TEST(SummaryRequests, AreNotWhatNamesASubject) {
  for (const auto* request :
       {"", "?", "Summarize the discussion about costs.", "What does the abstract say about attention?",
        "Which report is the longest?", "Write a poem.", "Write a text.", "总结张三的观点", "这篇文章讲了什么？",
        "Fasse den Text zusammen.", "Please generate the Related Work section for this paper."})
    EXPECT_FALSE(asks_for_summary(request)) << request;
}

TEST(SummaryRequests, AreShort) {
  const std::string request = "Summarize this.";
  EXPECT_TRUE(asks_for_summary(request + std::string(900, ' ')));
  EXPECT_FALSE(asks_for_summary(request + std::string(1000, ' ')));
}

}  // namespace
}  // namespace lingua::text
