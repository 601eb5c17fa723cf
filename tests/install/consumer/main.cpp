// A program outside of the project: brings its own scorer, compresses with it, and catches an error of the library.
#include <iostream>
#include <lingua/lingua.hpp>

namespace {

// Every byte is a token, and the surprisal of a byte is its value: enough to see that the pipeline runs.
class ByteScorer : public lingua::Scorer {
 public:
  std::size_t size() const noexcept override { return size_; }
  void truncate(std::size_t size) override { size_ = size; }
  void append(std::span<const lingua::TokenId> ids) override { size_ += ids.size(); }
  void score(std::span<const lingua::TokenId> ids, std::span<float> surprisal) override {
    for (std::size_t i = 0; i < ids.size(); ++i) surprisal[i] = static_cast<float>(ids[i]);
    append(ids);
  }
  std::size_t forwarded_tokens() const noexcept override { return size_; }

 private:
  std::size_t size_ = 0;
};

class ByteModel : public lingua::ScoringModel {
 public:
  std::vector<lingua::Token> tokenize(std::string_view text) const override {
    std::vector<lingua::Token> tokens;
    for (std::uint32_t i = 0; i < text.size(); ++i) {
      tokens.push_back({static_cast<unsigned char>(text[i]), i, i + 1});
    }
    return tokens;
  }
  std::unique_ptr<lingua::Scorer> new_scorer() const override { return std::make_unique<ByteScorer>(); }
  const std::string& id() const noexcept override { return id_; }

 private:
  std::string id_ = "bytes";
};

bool compresses() {
  const lingua::Compressor compressor(std::make_shared<ByteModel>());
  const lingua::Result result = compressor.compress({.contexts = {"the quick brown fox jumps over the lazy dog"}},
                                                    {.target = lingua::Tokens{20}, .unit = lingua::Unit::token});
  std::cout << LINGUA_VERSION << ": " << result.text << '\n';
  return result.tokens_after == 20 && result.text.size() == 20;
}

bool throws() {
  try {
    lingua::Model::load("no/such/model.gguf");
  } catch (const lingua::Error& error) {
    std::cout << error.what() << '\n';
    return error.code() == lingua::ErrorCode::model_not_found;
  }
  return false;
}

}  // namespace

int main() { return compresses() && throws() ? 0 : 1; }
