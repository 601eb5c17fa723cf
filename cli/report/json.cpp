// The JSON report. docs/json.md describes it; its "version" grows when a change could break a reader.
#include <cmath>

#include <lingua/version.hpp>

#include "choices.hpp"
#include "report/report.hpp"

namespace lingua::cli {
namespace {

/// JSON has no infinity; the command line's word for it stands in.
Json number(double value) { return std::isinf(value) ? Json("inf") : Json(value); }

Json target_json(const Target& target) {
  if (const auto* ratio = std::get_if<Ratio>(&target)) return {{"ratio", number(ratio->value)}};
  if (const auto* rate = std::get_if<Rate>(&target)) return {{"rate", rate->value}};
  return {{"tokens", std::get<Tokens>(target).value}};
}

/// Whether each class is protected, and which are kept at any rate.
Json protection_json(const Protection& protection) {
  Json document, keep = Json::array();
  for (const auto& [guard, name] : kTextClasses) {
    document[std::string(name)] = protection.*guard != Guard::none;
    if (protection.*guard == Guard::always) keep.push_back(name);
  }
  document["keep"] = std::move(keep);
  document["pattern"] = protection.pattern;
  return document;
}

Json question_surprisal_json(const QuestionSurprisal& options) {
  return {{"restriction", options.restriction ? Json(*options.restriction) : Json()},
          {"sentences", options.sentences},
          {"surprisal_weight", options.surprisal_weight}};
}

Json options_json(const Options& options) {
  return {{"target", target_json(options.target)},
          {"method", name_of(kMethods, options.method)},
          {"unit", name_of(kUnits, options.unit)},
          {"text_kind", name_of(kTextKinds, options.text_kind)},
          {"unit_score", name_of(kUnitScores, options.unit_score)},
          {"decision", name_of(kDecisions, options.decision)},
          {"granularity", number(options.granularity)},
          {"coarsest", name_of(kLevels, options.coarsest)},
          {"rank_by", name_of(kRankings, options.rank_by)},
          {"question_surprisal", question_surprisal_json(options.question_surprisal)},
          {"instruction_rate", options.instruction_rate},
          {"question_rate", options.question_rate},
          {"dynamic_rates", options.dynamic_rates},
          {"rate_spread", options.rate_spread},
          {"contrast", options.contrast},
          {"reorder", options.reorder},
          {"segment", options.segment},
          {"protect", protection_json(options.protect)},
          {"seed", options.seed},
          {"max_bytes", options.max_bytes}};
}

Json kept_json(const Result& result) {
  Json list = Json::array();
  for (const KeptRange& range : result.kept) {
    list.push_back({{"part", range.part}, {"begin", range.begin}, {"end", range.end}});
  }
  return list;
}

Json units_json(const PartResult& part) {
  Json list = Json::array();
  for (const UnitResult& unit : part.units) {
    list.push_back({{"begin", unit.begin},
                    {"end", unit.end},
                    {"kept", unit.kept},
                    {"reason", to_string(unit.reason)},
                    {"surprisal", std::isnan(unit.surprisal) ? Json() : Json(unit.surprisal)},
                    {"threshold", std::isnan(unit.threshold) ? Json() : Json(unit.threshold)}});
  }
  return list;
}

Json parts_json(const Result& result, bool explain) {
  Json list = Json::array();
  for (const PartResult& part : result.parts) {
    list.push_back({{"role", to_string(part.role)},
                    {"original", part.original},
                    {"text", part.text},
                    {"tokens_before", part.tokens_before},
                    {"tokens_after", part.tokens_after},
                    {"budget", part.budget}});
    if (explain) list.back()["units"] = units_json(part);
  }
  return list;
}

Json seconds_json(const Seconds& seconds, double load) {
  return {{"load", load},
          {"tokenize", seconds.tokenize},
          {"score", seconds.score},
          {"plan", seconds.plan},
          {"compress", seconds.compress},
          {"assemble", seconds.assemble},
          {"total", seconds.total()}};
}

}  // namespace

Json json_report(const Report& report) {
  const Result& result = report.result;
  Json document = {{"version", 1},
                   {"lingua", LINGUA_VERSION},
                   {"text", result.text},
                   {"tokens_before", result.tokens_before},
                   {"tokens_after", result.tokens_after},
                   {"budget", result.budget},
                   {"ratio", result.ratio()},
                   {"notes", result.notes},
                   {"kept", kept_json(result)},
                   {"parts", parts_json(result, report.explain)},
                   {"forwarded_tokens", result.forwarded_tokens},
                   {"seconds", seconds_json(result.seconds, report.load_seconds)},
                   {"model", report.model},
                   {"options", options_json(report.options)}};
  if (report.folded) document["parts"][*report.folded]["folded"] = true;
  if (report.is_chat) {
    Json chat = parse_json(*report.document);
    document["messages"] = chat.is_array() ? chat : chat["messages"];
  }
  if (report.document) document["document"] = *report.document;
  return document;
}

}  // namespace lingua::cli
