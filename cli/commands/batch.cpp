// `lingua compress --input-format jsonl`: many prompts, one model. Each line is answered before the next one is read,
// so that another program can hold a conversation with this one.
#include <fmt/format.h>

#include <lingua/compressor.hpp>
#include <lingua/error.hpp>

#include "commands/commands.hpp"
#include "input/batch_line.hpp"
#include "input/read.hpp"
#include "interrupt.hpp"
#include "load_model.hpp"
#include "output_file.hpp"
#include "report/report.hpp"
#include "terminal.hpp"
#include "text_format.hpp"

namespace lingua::cli {
namespace {

class Batch {
 public:
  explicit Batch(const CompressArguments& arguments)
      : arguments_(arguments),
        lines_(arguments.file.value_or("-"), arguments.options.max_bytes),
        progress_(arguments.quiet),
        loaded_(load(arguments.model)),
        compressor_(loaded_.model, {.readings = arguments.reuse_memory.value_or(MemoryLimits{}.readings)}) {}

  /// Answers every line; then throws Error if some of them failed, with the code of the first that did.
  void run() {
    while (const auto line = lines_.next()) {
      ++number_;
      if (line->find_first_not_of(" \t\r") != std::string::npos) write_stdout(answer(*line).dump() + "\n");
    }
    if (first_failure_) {
      throw Error(first_failure_->code(), fmt::format("{} of {} prompts failed, first that of line {}: {}", failed_,
                                                      answered_, failed_line_, first_failure_->what()));
    }
    if (!arguments_.quiet) fmt::print(stderr, "{} compressed\n", counted(answered_, "prompt"));
  }

 private:
  LoadedModel load(const ModelArguments& model) {
    progress_.show("loading the model");
    return load_model(model);
  }

  /// A failure is an answer, too: the lines after it are other prompts.
  Json answer(const std::string& text) {
    ++answered_;
    Json id;
    try {
      Json document = parse_json(text);
      id = id_of(document);
      return with_id(id, compress(parse_batch_line(std::move(document))));
    } catch (const Error& error) {
      if (error.code() == ErrorCode::cancelled) throw;
      remember(error);
      const Json what = {{"code", error_info(error.code()).name}, {"message", error.what()}};
      return with_id(id, {{"version", 1}, {"error", what}});
    }
  }

  Json compress(const BatchLine& line) {
    Options options = arguments_.options;
    options.target = line.target.value_or(options.target);
    options.progress = shown_on(progress_);
    const Result result = compressor_.compress(assemble(line.pieces, arguments_.separator).prompt, options);
    progress_.clear();
    return json_report({result, options, model_json(*loaded_.model), loaded_.seconds});
  }

  static Json with_id(const Json& id, Json document) {
    if (!id.is_null()) document["id"] = id;
    return document;
  }

  void remember(const Error& error) {
    progress_.clear();
    if (failed_++ > 0) return;
    first_failure_ = error;
    failed_line_ = number_;
  }

  const CompressArguments& arguments_;
  LineReader lines_;
  ProgressLine progress_;
  LoadedModel loaded_;
  Compressor compressor_;
  std::size_t number_ = 0, answered_ = 0, failed_ = 0, failed_line_ = 0;
  std::optional<Error> first_failure_;
};

}  // namespace

void run_batch(const CompressArguments& arguments) { Batch(arguments).run(); }

}  // namespace lingua::cli
