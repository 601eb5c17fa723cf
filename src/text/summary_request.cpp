// A request is general if it is made of these words and no others: every other word may be what it is about.
#include "text/summary_request.hpp"

#include <algorithm>
#include <cctype>
#include <span>
#include <string>

#include "text/code_points.hpp"
#include "text/phrases.hpp"

namespace lingua::text {
namespace {

constexpr std::string_view kSummaryWords[] = {
    "abstract",  "gist",        "highlights",  "outline", "overview", "recap",     "summaries", "summarise",
    "summarize", "summarising", "summarizing", "summary", "synopsis", "takeaways", "tl",        "tldr"};

constexpr std::string_view kGeneralWords[] = {
    // Asking
    "please", "can", "could", "would", "you", "i", "we", "me", "us", "need", "want", "help", "task", "question",
    "instruction", "user", "write", "give", "make", "generate", "create", "provide", "produce", "draft", "prepare",
    "read", "now", "then",
    // What is summarized
    "above", "all", "article", "articles", "below", "chapter", "chat", "content", "contents", "conversation",
    "context", "dialogue", "discussion", "document", "documents", "entire", "essay", "everything", "excerpt", "file",
    "following", "given", "government", "interview", "it", "lecture", "main", "material", "meeting", "minutes",
    "news", "page", "paper", "papers", "passage", "passages", "piece", "post", "report", "reports", "research",
    "scientific", "stories", "story", "talk", "text", "texts", "thread", "transcript", "whole",
    // Its form
    "a", "about", "an", "and", "as", "at", "brief", "bullet", "bullets", "clear", "comprehensive", "concise",
    "detailed", "few", "five", "for", "form", "four", "from", "in", "into", "is", "its", "key", "least", "length",
    "list", "long", "max", "maximum", "more", "most", "no", "of", "one", "only", "or", "own", "paragraph",
    "paragraphs", "point", "points", "section", "sentence", "sentences", "short", "single", "than", "that", "the",
    "their", "these", "this", "those", "three", "to", "two", "up", "dr", "what", "with", "within", "word", "words",
    "your"};

constexpr std::string_view kSummaryPhrases[] = {"总结", "總結", "概括", "概述", "摘要",
                                                "归纳", "歸納", "综述", "要点", "要點"};

constexpr std::string_view kGeneralPhrases[] = {
    "请",   "請",   "帮",   "幫",   "给",   "給",   "我",   "我们", "你",   "能",   "可以", "为",   "為",   "把",
    "对",   "對",   "将",   "用",   "以",   "写",   "寫",   "生成", "撰写", "做",   "进行", "進行", "出",   "一",
    "二",   "三",   "几",   "两",   "个",   "個",   "份",   "篇",   "段",   "句",   "下",   "页",   "的",   "了",
    "这",   "這",   "那",   "此",   "该",   "本",   "些",   "所有", "全部", "整",   "全",   "以上", "上述", "上面",
    "以下", "下面", "文",   "文章", "文本", "文档", "文件", "报告", "報告", "论文", "論文", "新闻", "新聞", "会议",
    "會議", "记录", "对话", "故事", "内容", "內容", "主要", "关键", "简短", "简要", "简单", "详细", "中文", "英文",
    "话",   "字",   "不",   "超过", "在",   "以内", "内",   "和",   "与",   "并",   "是",   "什么", "吗"};

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// Moves `offset` behind the ASCII letters that begin there, and returns them in lower case.
std::string take_letters(std::string_view text, std::size_t& offset) {
  std::string word;
  for (; offset < text.size() && std::isalpha(static_cast<unsigned char>(text[offset])) != 0; ++offset)
    word += static_cast<char>(std::tolower(static_cast<unsigned char>(text[offset])));
  return word;
}

}  // namespace

bool asks_for_summary(std::string_view request) {
  constexpr std::size_t kLongest = 1000;  // bytes: who writes more has something particular in mind
  if (request.size() > kLongest) return false;
  bool asks = false;
  for (std::size_t i = 0; i < request.size();) {
    const std::string_view rest = request.substr(i);
    if (const std::string word = take_letters(request, i); !word.empty()) {
      const bool summary = contains(kSummaryWords, word);
      if (!summary && !contains(kGeneralWords, word)) return false;
      asks = asks || summary;
    } else if (const std::size_t summary = longest_phrase(rest, kSummaryPhrases)) {
      i += summary;
      asks = true;
    } else if (const std::size_t general = longest_phrase(rest, kGeneralPhrases)) {
      i += general;
    } else if (u_isalpha(next_code_point(request, i))) {
      return false;
    }
  }
  return asks;
}

}  // namespace lingua::text
