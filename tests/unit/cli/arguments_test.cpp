// The command line as a user types it, and what comes of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "app.hpp"
#include "commands/commands.hpp"
#include "values.hpp"

namespace lingua::cli {
namespace {

using testing::HasSubstr;

Arguments parse(std::vector<std::string> words) {
  Arguments arguments;
  const auto app = make_app(arguments);
  std::reverse(words.begin(), words.end());
  app->parse(std::move(words));
  return arguments;
}

/// The message of the usage error; empty when there is none.
std::string usage_error(std::vector<std::string> words) {
  try {
    parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    return error.what();
  }
  return "";
}

TEST(Arguments, DefaultsAreThoseOfTheLibrary) {
  const CompressArguments compress = parse({"compress"}).compress;
  EXPECT_EQ(std::get<Ratio>(compress.options.target).value, 2);
  EXPECT_EQ(compress.options.unit, Options{}.unit);
  EXPECT_EQ(compress.options.max_bytes, 64u << 20);
  EXPECT_EQ(compress.separator, "\n\n");
  EXPECT_FALSE(compress.file);
}

TEST(Arguments, OptionsOverrideThePresetWhereverItStands) {
  for (const auto& words : {std::vector<std::string>{"compress", "--unit", "word", "--preset", "paper"},
                            {"compress", "--preset", "paper", "--unit", "word"}}) {
    const Options options = parse(words).compress.options;
    EXPECT_EQ(options.unit, Unit::word);
    EXPECT_EQ(options.granularity, 2);
    EXPECT_EQ(options.instruction_rate, 0.85);
  }
}

TEST(Arguments, WhatDependsOnTheQuestionArrives) {
  const Options options =
      parse({"compress", "--rank-by", "question", "--restriction", "", "--rank-sentences", "5", "--surprisal-weight",
             "0.5", "--coarsest", "sentence", "--rate-spread", "0.2", "--contrast", "--reorder"})
          .compress.options;
  EXPECT_EQ(options.rank_by, RankBy::question);
  EXPECT_EQ(options.question_surprisal.restriction, "");
  EXPECT_EQ(options.question_surprisal.sentences, 5u);
  EXPECT_EQ(options.question_surprisal.surprisal_weight, 0.5);
  EXPECT_EQ(options.coarsest, Level::sentence);
  EXPECT_EQ(options.rate_spread, 0.2);
  EXPECT_TRUE(options.contrast && options.reorder);

  const Options preset = parse({"compress", "--preset", "longllmlingua", "--no-reorder"}).compress.options;
  EXPECT_TRUE(preset.contrast);
  EXPECT_FALSE(preset.reorder);
}

TEST(Arguments, AChatKeepsItsOrder) {
  EXPECT_THAT(usage_error({"compress", "--input-format", "messages", "--preset", "longllmlingua"}),
              HasSubstr("add --no-reorder"));
  EXPECT_EQ(usage_error({"compress", "--input-format", "messages", "--preset", "longllmlingua", "--no-reorder"}), "");
}

TEST(Arguments, EveryKnobArrives) {
  const Options options = parse({"compress",    "--tokens",
                                 "7",           "--method",
                                 "random",      "--unit",
                                 "token",       "--unit-score",
                                 "sum",         "--segment",
                                 "50",          "--granularity",
                                 "inf",         "--instruction-rate",
                                 "0.5",         "--question-rate",
                                 "0.25",        "--no-dynamic-rates",
                                 "--protect",   "negations",
                                 "--seed",      "9",
                                 "--max-bytes", "2K",
                                 "--decision",  "exact-budget"})
                              .compress.options;
  EXPECT_EQ(std::get<Tokens>(options.target).value, 7u);
  EXPECT_EQ(options.method, Method::random);
  EXPECT_EQ(options.unit, Unit::token);
  EXPECT_EQ(options.unit_score, UnitScore::sum);
  EXPECT_EQ(options.segment, 50u);
  EXPECT_TRUE(std::isinf(options.granularity));
  EXPECT_EQ(options.instruction_rate, 0.5);
  EXPECT_EQ(options.question_rate, 0.25);
  EXPECT_FALSE(options.dynamic_rates);
  EXPECT_EQ(options.protect.numbers, Guard::none);
  EXPECT_EQ(options.protect.negations, Guard::in_kept_text);
  EXPECT_EQ(options.seed, 9u);
  EXPECT_EQ(options.max_bytes, 2048u);
}

TEST(Arguments, ProtectNone) {
  const Protection protect = parse({"compress", "--protect", "none"}).compress.options.protect;
  EXPECT_EQ(protect.numbers, Guard::none);
  EXPECT_EQ(protect.negations, Guard::none);
}

TEST(Arguments, KeepRaisesClassesWhateverTheOrder) {
  const Protection protect =
      parse({"compress", "--keep", "names,numbers", "--protect", "numbers,code"}).compress.options.protect;
  EXPECT_EQ(protect.names, Guard::always);
  EXPECT_EQ(protect.numbers, Guard::always);
  EXPECT_EQ(protect.code, Guard::in_kept_text);
  EXPECT_EQ(protect.negations, Guard::none);
}

TEST(Arguments, PatternsAreAlternatives) {
  EXPECT_EQ(parse({"compress", "--keep-regex", "[ab]", "--keep-regex", "c|d"}).compress.options.protect.pattern,
            "[ab]|c|d");
}

TEST(Arguments, PartsKeepTheOrderOfTheCommandLine) {
  const auto parts = parse({"compress", "--context", "one", "--question-text", "- why?", "--context-text", "[a, b]",
                            "--context", "three"})
                         .compress.parts;
  ASSERT_EQ(parts.size(), 4u);
  EXPECT_EQ(parts[0].value, "one");
  EXPECT_TRUE(parts[0].is_file);
  EXPECT_EQ(parts[1].role, Role::question);
  EXPECT_EQ(parts[1].value, "- why?");
  EXPECT_EQ(parts[2].value, "[a, b]");
  EXPECT_FALSE(parts[2].is_file);
  EXPECT_EQ(parts[3].value, "three");
}

TEST(Arguments, EmptySeparator) { EXPECT_EQ(parse({"compress", "--separator", ""}).compress.separator, ""); }

TEST(Arguments, ModelOptions) {
  const ModelArguments model =
      parse({"score", "--model", "m.gguf", "--compute", "f32", "--threads", "3", "--window", "512"}).score.model;
  EXPECT_EQ(model.path, "m.gguf");
  EXPECT_EQ(model.options.compute, ComputeType::f32);
  EXPECT_EQ(model.options.threads, 3u);
  EXPECT_EQ(model.options.window, 512u);
}

TEST(Arguments, ErrorsNameTheValueAndWhatIsAllowed) {
  EXPECT_THAT(usage_error({"compress", "--tokens", "-5"}), HasSubstr("'-5' is not a whole number"));
  EXPECT_THAT(usage_error({"compress", "--ratio", "five"}), HasSubstr("'five' is not a number"));
  EXPECT_THAT(usage_error({"compress", "--method", "magic"}), HasSubstr("'magic' is none of llmlingua, single-pass"));
  EXPECT_THAT(usage_error({"compress", "--keep", "code,dates"}), HasSubstr("'dates' is none of numbers, negations,"));
  EXPECT_THAT(usage_error({"compress", "--max-bytes", "lots"}), HasSubstr("'lots' is not a number of bytes"));
  EXPECT_THAT(usage_error({"compress", "--reuse-memory", "1G"}), HasSubstr("add --input-format jsonl"));
  EXPECT_THAT(usage_error({"compress", "--threads", "99999999999"}), HasSubstr("from 0 to 4294967295"));
}

TEST(Arguments, ContradictionsAreRefused) {
  EXPECT_THAT(usage_error({"compress", "--ratio", "2", "--tokens", "5"}),
              HasSubstr("--ratio and --tokens contradict each other"));
  EXPECT_THAT(usage_error({"compress", "--json", "--diff"}), HasSubstr("--json and --diff"));
  EXPECT_THAT(usage_error({"compress", "file", "--context", "other"}), HasSubstr("given twice"));
  EXPECT_THAT(usage_error({"compress", "--context", "a", "--split", "none"}), HasSubstr("--split cuts FILE"));
  EXPECT_THAT(usage_error({"compress", "--input-format", "json", "--split", "none"}), HasSubstr("not JSON"));
  EXPECT_THAT(usage_error({"compress", "--input-format", "messages", "--question-text", "x"}),
              HasSubstr("names all parts"));
}

TEST(Arguments, Bytes) {
  EXPECT_EQ(parse_bytes("500"), 500u);
  EXPECT_EQ(parse_bytes("64K"), 64u << 10);
  EXPECT_EQ(parse_bytes("64kib"), 64u << 10);
  EXPECT_EQ(parse_bytes("3MB"), 3u << 20);
  EXPECT_EQ(parse_bytes("2g"), std::uint64_t{2} << 30);
  for (const char* text : {"", "K", "-1", "1.5M", "1T", "1 M", "99999999999G"})
    EXPECT_FALSE(parse_bytes(text)) << text;
}

TEST(Arguments, CompletionsNameEveryOption) {
  Arguments arguments;
  const auto app = make_app(arguments);
  for (const auto& shell : kShells) {
    const std::string script = completion_script(*app, shell.value);
    for (const CLI::App* command : app->get_subcommands({})) {
      EXPECT_THAT(script, HasSubstr(command->get_name()));
      for (const CLI::Option* option : command->get_options()) {
        for (const std::string& name : option->get_lnames()) EXPECT_THAT(script, HasSubstr(name));
      }
    }
    for (const auto& method : kMethods) EXPECT_THAT(script, HasSubstr(method.name));
  }
}

}  // namespace
}  // namespace lingua::cli
