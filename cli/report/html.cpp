// The HTML report: figures, a map of the whole prompt, a table of parts, and the text itself.
#include <fmt/format.h>
#include <algorithm>
#include <filesystem>

#include <lingua/version.hpp>

#include "choices.hpp"
#include "report/html_parts.hpp"
#include "report/html_style.hpp"
#include "report/report.hpp"
#include "text_format.hpp"

namespace lingua::cli {
namespace {

double percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(whole);
}

/// "instruction", "context 3", "question".
std::vector<std::string> part_names(const Result& result) {
  std::vector<std::string> names;
  std::size_t contexts = 0;
  for (const PartResult& part : result.parts) {
    names.emplace_back(to_string(part.role));
    if (part.role == Role::context) names.back() += fmt::format(" {}", ++contexts);
  }
  return names;
}

std::string fact(std::string_view name, const std::string& value) {
  return fmt::format("<li><span>{}</span>{}</li>", name, html_escaped(value));
}

std::string facts(const Report& report) {
  const Result& result = report.result;
  const Options& options = report.options;
  const std::filesystem::path model = report.model["path"].get<std::string>();
  return "<ul class=\"facts\">" + fact("shorter", fmt::format("{:.1f}x", result.ratio())) +
         fact("kept", fmt::format("{:.1f} %", percent(result.tokens_after, result.tokens_before))) +
         fact("budget", thousands(result.budget) + " tokens") +
         fact("method", name_of(kMethods, options.method) + " by " + name_of(kUnits, options.unit)) +
         fact("model", model.stem().string() + ", " + report.model["compute"].get<std::string>()) +
         fact("time", duration(result.seconds.total())) +
         fact("forwarded", thousands(result.forwarded_tokens) + " tokens") + "</ul>\n";
}

std::string heading(const Result& result) {
  return fmt::format("<h1>{}<i>→</i><b>{}</b> <small>tokens</small></h1>\n", thousands(result.tokens_before),
                     thousands(result.tokens_after));
}

std::string table(const Result& result, const std::vector<std::string>& names) {
  std::string rows;
  const std::size_t longest = std::max_element(result.parts.begin(), result.parts.end(), [](auto& a, auto& b) {
                                return a.tokens_before < b.tokens_before;
                              })->tokens_before;
  for (std::size_t i = 0; i < result.parts.size(); ++i) {
    const PartResult& part = result.parts[i];
    rows += fmt::format(
        "<tr{}><td><a href=\"#p{}\">{}</a></td><td><div style=\"width:max(3px,{:.2f}%)\">{}</div></td><td>{}</td>"
        "<td>{}</td><td>{}</td><td>{:.0f} %</td></tr>\n",
        part.tokens_after == 0 ? " class=\"lost\"" : "", i, names[i], percent(part.tokens_before, longest),
        map_svg(&part, &part + 1), thousands(part.tokens_before), thousands(part.tokens_after),
        thousands(part.budget), percent(part.tokens_after, part.tokens_before));
  }
  return "<h2>Parts</h2>\n<div class=\"scroll\"><table><thead><tr><th>part</th><th>what was kept of it</th>"
         "<th>tokens</th><th>kept</th><th>budget</th><th>share</th></tr></thead><tbody>\n" +
         rows + "</tbody></table></div>\n";
}

/// The view is chosen with radio buttons that style sheets read: no script.
std::string controls() {
  std::string scale;
  for (int level = 0; level < 10; ++level) scale += fmt::format("<i class=\"s{}\"></i>", level);
  return R"(<input type="radio" name="view" id="all" checked><input type="radio" name="view" id="keep">)"
         R"(<input type="radio" name="view" id="drop"><input type="checkbox" id="shade" checked>
<div class="bar"><div class="tabs"><label for="all">Everything</label><label for="keep">Kept only</label>)"
         R"(<label for="drop">Dropped only</label></div><label for="shade">shade surprisal</label>)"
         R"(<div class="legend"><span class="k">kept</span><span class="d">dropped</span><span>surprisal 0)"
         "<span class=\"scale\">" +
         scale + "</span>9+ nats</span></div></div>\n";
}

std::string section(const PartResult& part, std::size_t index, const std::string& name) {
  const char* state = part.tokens_after == 0                    ? " class=\"lost\""
                      : part.tokens_after == part.tokens_before ? " class=\"whole\""
                                                                : "";
  return fmt::format(
      "<section id=\"p{}\"{}><header><b>{}</b><span>{} → {} tokens</span></header>"
      "<div class=\"text\" dir=\"auto\">{}</div></section>\n",
      index, state, name, thousands(part.tokens_before), thousands(part.tokens_after), words_html(part));
}

}  // namespace

std::string html_report(const Report& report) {
  const Result& result = report.result;
  const auto names = part_names(result);
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{} → {} tokens</title>\n<style>{}</style></head>\n<body>\n",
      thousands(result.tokens_before), thousands(result.tokens_after), kHtmlStyle);
  page += heading(result) + facts(report);
  for (const std::string& note : result.notes) page += "<p class=\"note\">" + html_escaped(note) + "</p>\n";
  page += map_svg(result.parts.data(), result.parts.data() + result.parts.size());
  page +=
      "<p class=\"caption\">The whole prompt from left to right; green is what was kept, gaps part the parts.</p>\n";
  page += table(result, names) + controls() + "<main>\n";
  for (std::size_t i = 0; i < result.parts.size(); ++i) page += section(result.parts[i], i, names[i]);
  return page + "</main>\n<footer>Surprisal: how little the model expected a word, −ln p. Written by lingua " +
         LINGUA_VERSION + ".</footer>\n</body></html>\n";
}

}  // namespace lingua::cli
