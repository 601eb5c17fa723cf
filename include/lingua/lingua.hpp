// llmlingua.cpp: long prompts made short (LLMLingua, arXiv 2310.05736).
//
//   auto model = lingua::Model::load(lingua::default_model_path());
//   lingua::Compressor compressor(model);
//   auto result = compressor.compress({.instruction = "Answer the question.\n\n",
//                                      .contexts = {first_document, second_document},
//                                      .question = "Who signed the contract?"},
//                                     {.target = lingua::Ratio{4}});
//   std::cout << result.text;
#pragma once

#include <lingua/compressor.hpp>
#include <lingua/error.hpp>
#include <lingua/log_fold.hpp>
#include <lingua/model.hpp>
#include <lingua/options.hpp>
#include <lingua/prompt.hpp>
#include <lingua/result.hpp>
#include <lingua/scorer.hpp>
#include <lingua/sections.hpp>
#include <lingua/source_map.hpp>
#include <lingua/version.hpp>
