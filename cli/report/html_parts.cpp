// Words and maps. A token may hold half a character, so spans are grown until they end between code points.
#include "report/html_parts.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cctype>
#include <cmath>
#include <iterator>

namespace lingua::cli {
namespace {

bool is_boundary(std::string_view text, std::size_t offset) {
  return offset >= text.size() || (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80;
}

/// Whether the byte belongs to a letter or digit of a script that puts spaces between words (below U+2000).
bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 ? byte < 0xE2 : std::isalnum(byte) != 0 || c == '_' || c == '\'';
}

/// Whether a token that starts at `offset` goes on with the word before it.
bool continues_word(std::string_view text, std::size_t offset) {
  if (!is_boundary(text, offset)) return true;
  std::size_t before = offset - 1;
  while (!is_boundary(text, before)) --before;
  return is_word_byte(text[offset]) && is_word_byte(text[before]);
}

std::string tooltip(const ShownWord& word) {
  if (std::isnan(word.surprisal)) return "not scored";
  if (word.tokens == 1) return fmt::format("{:.2f} nats", word.surprisal);
  return fmt::format("{:.2f} nats, mean of {} tokens", word.surprisal, word.tokens);
}

int shade(double surprisal) { return std::isnan(surprisal) ? 0 : std::clamp(static_cast<int>(surprisal), 0, 9); }

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '\n':
      case '\t':
      case '\r':
        out += c;
        break;
      default:
        if (byte < 0x20 || byte == 0x7F) {
          fmt::format_to(std::back_inserter(out), "&#{};", byte == 0x7F ? 0x2421 : 0x2400 + byte);
        } else {
          out += c;
        }
    }
  }
  return out;
}

std::vector<ShownWord> shown_words(const PartResult& part) {
  std::vector<ShownWord> words;
  std::size_t scored = 0;
  double sum = 0;
  for (const TokenResult& token : part.tokens) {
    const bool splits_character = !is_boundary(part.original, token.begin);
    const bool joins =
        !words.empty() &&
        (splits_character || (words.back().kept == token.kept && continues_word(part.original, token.begin)));
    if (!joins) {
      words.push_back({token.begin, token.end, token.kept, NAN, 0});
      scored = 0;
      sum = 0;
    }
    ShownWord& word = words.back();
    word.end = token.end;
    ++word.tokens;
    if (std::isnan(token.surprisal)) continue;
    sum += token.surprisal;
    word.surprisal = sum / static_cast<double>(++scored);
  }
  return words;
}

std::string words_html(const PartResult& part) {
  // White space in the end would only leave a hole in the page.
  const std::string_view text =
      std::string_view(part.original).substr(0, part.original.find_last_not_of(" \r\n") + 1);
  std::string out;
  for (const ShownWord& word : shown_words(part)) {
    if (word.begin >= text.size()) break;
    fmt::format_to(std::back_inserter(out), "<span class=\"{} s{}\" data-t=\"{}\">{}</span>", word.kept ? 'k' : 'd',
                   shade(word.surprisal), tooltip(word),
                   html_escaped(text.substr(word.begin, word.end - word.begin)));
  }
  return out;
}

std::string map_svg(const PartResult* begin, const PartResult* end) {
  std::string path, lines;
  std::size_t position = 0;
  for (const PartResult* part = begin; part != end; ++part) {
    if (part != begin) fmt::format_to(std::back_inserter(lines), "<line x1=\"{0}\" x2=\"{0}\" y2=\"1\"/>", position);
    for (std::size_t i = 0; i < part->tokens.size();) {
      std::size_t run_end = i;
      while (run_end < part->tokens.size() && part->tokens[run_end].kept == part->tokens[i].kept) ++run_end;
      if (part->tokens[i].kept) {
        fmt::format_to(std::back_inserter(path), "M{0} 0h{1}v1h-{1}z", position + i, run_end - i);
      }
      i = run_end;
    }
    position += part->tokens.size();
  }
  return fmt::format(
      "<svg class=\"map\" viewBox=\"0 0 {} 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
      "<path d=\"{}\"/>{}</svg>",
      std::max<std::size_t>(position, 1), path, lines);
}

}  // namespace lingua::cli
