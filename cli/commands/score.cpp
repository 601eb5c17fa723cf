// `lingua score`: the surprisal of every token of a text, as the compressor sees it.
#include <fmt/format.h>
#include <cmath>
#include <numbers>
#include <numeric>

#include <lingua/error.hpp>

#include "commands/commands.hpp"
#include "input/read.hpp"
#include "interrupt.hpp"
#include "load_model.hpp"
#include "output_file.hpp"
#include "report/report.hpp"
#include "terminal.hpp"
#include "text_format.hpp"

namespace lingua::cli {
namespace {

struct Scores {
  std::string text;
  std::vector<Token> tokens;
  std::vector<float> surprisal;  ///< of each token, in nats
  double sum = 0;

  double mean() const { return sum / static_cast<double>(tokens.size()); }
  double perplexity() const { return std::exp(mean()); }
  double bits_per_byte() const { return sum / std::numbers::ln2 / static_cast<double>(text.size()); }
  std::string_view token_text(const Token& token) const {
    return std::string_view(text).substr(token.begin, token.end - token.begin);
  }
};

Scores score(const Model& model, std::string text, ProgressLine& line) {
  constexpr std::size_t kChunk = 512;  // between two looks at Ctrl-C
  Scores scores{std::move(text), {}, {}};
  scores.tokens = model.tokenize(scores.text);
  scores.surprisal.resize(scores.tokens.size());
  std::vector<TokenId> ids(scores.tokens.size());
  std::transform(scores.tokens.begin(), scores.tokens.end(), ids.begin(),
                 [](const Token& token) { return token.id; });
  const auto scorer = model.new_scorer();
  for (std::size_t begin = 0; begin < ids.size(); begin += kChunk) {
    throw_if_interrupted();
    line.show("score", begin, ids.size());
    const std::size_t size = std::min(kChunk, ids.size() - begin);
    scorer->score(std::span(ids).subspan(begin, size), std::span(scores.surprisal).subspan(begin, size));
  }
  scores.sum = std::accumulate(scores.surprisal.begin(), scores.surprisal.end(), 0.0);
  return scores;
}

/// To a millionth: what a float can tell, without the digits that it cannot.
double rounded(double value) { return std::round(value * 1e6) / 1e6; }

std::string json_scores(const Scores& scores, const Model& model) {
  Json tokens = Json::array();
  for (std::size_t i = 0; i < scores.tokens.size(); ++i) {
    const Token& token = scores.tokens[i];
    tokens.push_back(
        {{"id", token.id}, {"begin", token.begin}, {"end", token.end}, {"surprisal", rounded(scores.surprisal[i])}});
  }
  return json_lines({{"version", 1},
                     {"bytes", scores.text.size()},
                     {"mean_surprisal", rounded(scores.mean())},
                     {"perplexity", rounded(scores.perplexity())},
                     {"bits_per_byte", rounded(scores.bits_per_byte())},
                     {"tokens", std::move(tokens)},
                     {"model", model_json(model)}});
}

std::string tsv_scores(const Scores& scores) {
  std::string out = "id\tbegin\tend\tsurprisal\ttext\n";
  for (std::size_t i = 0; i < scores.tokens.size(); ++i) {
    const Token& token = scores.tokens[i];
    out += fmt::format("{}\t{}\t{}\t{:.6f}\t{}\n", token.id, token.begin, token.end, scores.surprisal[i],
                       escaped(scores.token_text(token)));
  }
  return out;
}

std::string text_scores(const Scores& scores) {
  const std::size_t width = std::max<std::size_t>(4, std::to_string(scores.text.size()).size());
  std::string out = fmt::format("{:>{}}  surprisal  token\n", "byte", width);
  for (std::size_t i = 0; i < scores.tokens.size(); ++i) {
    const Token& token = scores.tokens[i];
    out += fmt::format("{:>{}}  {:>9.3f}  \"{}\"\n", token.begin, width, scores.surprisal[i],
                       escaped(scores.token_text(token)));
  }
  return out +
         fmt::format("{} tokens, {} bytes: mean surprisal {:.3f} nats, perplexity {:.2f}, {:.3f} bits per byte\n",
                     thousands(scores.tokens.size()), thousands(scores.text.size()), scores.mean(),
                     scores.perplexity(), scores.bits_per_byte());
}

}  // namespace

void run_score(const ScoreArguments& arguments) {
  if (!arguments.output.empty()) check_writable(arguments.output);
  std::string text = read_text(arguments.file, arguments.max_bytes);
  if (text.empty()) throw Error(ErrorCode::input_malformed, input_name(arguments.file) + " is empty");
  ProgressLine line(false);
  line.show("loading the model");
  const LoadedModel loaded = load_model(arguments.model);
  const Scores scores = score(*loaded.model, std::move(text), line);
  line.clear();
  const std::string out = arguments.format == ScoreFormat::json  ? json_scores(scores, *loaded.model)
                          : arguments.format == ScoreFormat::tsv ? tsv_scores(scores)
                                                                 : text_scores(scores);
  arguments.output.empty() ? write_stdout(out) : write_file(arguments.output, out);
}

}  // namespace lingua::cli
