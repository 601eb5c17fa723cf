// `lingua model`: what a GGUF file holds, without loading its weights.
#include <fmt/format.h>

#include <lingua/error.hpp>

#include "choices.hpp"
#include "commands/commands.hpp"
#include "load_model.hpp"
#include "output_file.hpp"
#include "report/report.hpp"
#include "text_format.hpp"

namespace lingua::cli {
namespace {

std::string types_text(const ModelInfo& info) {
  std::string out;
  for (const auto& [type, count] : info.tensor_types) {
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, type);
  }
  return out;
}

std::string info_text(const ModelInfo& info, bool is_default) {
  std::string out;
  const auto row = [&](std::string_view name, const std::string& value) {
    out += fmt::format("{:<14}{}\n", name, value.empty() ? "(not stated)" : value);
  };
  row("file", info.path.string() + (is_default ? "  (the default)" : ""));
  row("size", fmt::format("{}B", magnitude(static_cast<double>(info.file_bytes))));
  row("name", info.name);
  row("licence", info.licence);
  row("architecture", info.architecture);
  row("parameters", magnitude(static_cast<double>(info.parameters)));
  row("layers", thousands(info.layers));
  row("embedding", thousands(info.embedding));
  row("heads", fmt::format("{} ({} for keys and values)", info.heads, info.kv_heads));
  row("feed forward", thousands(info.feed_forward));
  row("vocabulary", thousands(info.vocabulary));
  row("window", thousands(info.window) + " tokens");
  row("tokenizer", info.tokenizer);
  row("tensors", types_text(info));
  row("can score", !info.unsupported.empty()        ? "no: " + info.unsupported
                   : info.backend == Backend::llama ? "yes, with llama.cpp"
                                                    : "yes");
  return out;
}

std::string info_json(const ModelInfo& info, bool is_default) {
  Json types = Json::object();
  for (const auto& [type, count] : info.tensor_types) types[type] = count;
  return json_lines({{"version", 1},
                     {"path", info.path.string()},
                     {"default", is_default},
                     {"name", info.name},
                     {"licence", info.licence},
                     {"architecture", info.architecture},
                     {"tokenizer", info.tokenizer},
                     {"file_bytes", info.file_bytes},
                     {"parameters", info.parameters},
                     {"layers", info.layers},
                     {"embedding", info.embedding},
                     {"heads", info.heads},
                     {"kv_heads", info.kv_heads},
                     {"feed_forward", info.feed_forward},
                     {"vocabulary", info.vocabulary},
                     {"window", info.window},
                     {"tensor_types", std::move(types)},
                     {"can_score", info.unsupported.empty()},
                     {"backend", name_of(kBackends, info.backend)},
                     {"unsupported", info.unsupported}});
}

}  // namespace

void run_model(const InspectArguments& arguments) {
  const std::filesystem::path path = model_path(arguments.path);
  const bool is_default = arguments.path.empty();
  try {
    const ModelInfo info = inspect_model(path);
    write_stdout(arguments.json ? info_json(info, is_default) : info_text(info, is_default));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::model_not_found || !is_default) throw;
    throw Error(error.code(), fmt::format("the default model is looked for at '{}', and is not there; {}",
                                          path.string(), how_to_get_the_model()));
  }
}

}  // namespace lingua::cli
