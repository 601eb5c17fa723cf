// `lingua expand` and `lingua recover`: from a result file back to the original, and to the original's words.
#include <fmt/format.h>

#include <lingua/error.hpp>

#include "commands/commands.hpp"
#include "input/read.hpp"
#include "input/result_json.hpp"
#include "output_file.hpp"
#include "report/report.hpp"
#include "text_format.hpp"

namespace lingua::cli {
namespace {

template <typename Parse>
auto read_result(const std::string& path, std::uint64_t max_bytes, Parse parse) {
  try {
    return parse(read_text(path, max_bytes));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::input_malformed) throw;
    throw Error(error.code(), input_name(path) + ": " + error.what());
  }
}

void write(const std::string& output, const std::string& bytes) {
  output.empty() ? write_stdout(bytes) : write_file(output, bytes);
}

std::string recovery_json(const RecoveredAnswer& recovered, const std::string& answer) {
  Json list = Json::array();
  for (const Recovery& recovery : recovered.recoveries) {
    list.push_back(
        {{"begin", recovery.begin},
         {"end", recovery.end},
         {"said", answer.substr(recovery.begin, recovery.end - recovery.begin)},
         {"source",
          {{"part", recovery.source.part}, {"begin", recovery.source.begin}, {"end", recovery.source.end}}}});
  }
  return json_lines({{"version", 1}, {"text", recovered.text}, {"recoveries", std::move(list)}});
}

}  // namespace

void run_expand(const ExpandArguments& arguments) {
  if (!arguments.output.empty()) check_writable(arguments.output);
  write(arguments.output, read_result(arguments.file, arguments.max_bytes, original_of_result));
}

void run_recover(const RecoverArguments& arguments) {
  if (!arguments.output.empty()) check_writable(arguments.output);
  const SourceMap map = read_result(arguments.file, arguments.max_bytes, parse_result_json);
  const std::string answer =
      arguments.answer_text ? *arguments.answer_text : read_text(arguments.answer, arguments.max_bytes);
  require_utf8("the answer", answer);
  const RecoveredAnswer recovered = map.recover(answer, arguments.max_gap);
  write(arguments.output, arguments.json ? recovery_json(recovered, answer) : recovered.text);
  if (!arguments.quiet)
    fmt::print(stderr, "{} put back into the original's words\n", counted(recovered.recoveries.size(), "quotation"));
}

}  // namespace lingua::cli
