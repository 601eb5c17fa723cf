// The way back: from kept ranges to the original, and from a reader's answer to the original's words.
// LongLLMLingua compares tokens with the whole original, by common subsequences; here the source map says where every
// byte of the compressed text came from, so that what an answer quotes has one origin and nothing is guessed.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <lingua/error.hpp>
#include <lingua/source_map.hpp>
#include <optional>
#include <utility>

#include "text/segment.hpp"

namespace lingua {
namespace compress {
namespace {

using text::ByteRange;

/// A text without its white space, and where each byte of it stood.
struct Squeezed {
  std::string bytes;
  std::vector<std::uint32_t> places;

  explicit Squeezed(std::string_view text) {
    for (std::uint32_t i = 0; i < text.size(); ++i) {
      if (std::string_view(" \t\r\n").find(text[i]) != std::string_view::npos) continue;
      bytes += text[i];
      places.push_back(i);
    }
  }

  /// The squeezed offset of the first byte at or behind `place`.
  std::size_t offset_of(std::size_t place) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(places, place) - places.begin());
  }
};

/// The compressed text, and the range of the original behind each of its bytes.
class CompressedText {
 public:
  CompressedText(const std::vector<std::string>& originals, const std::vector<KeptRange>& kept,
                 const std::string& compressed)
      : originals_(originals),
        kept_(kept),
        squeezed_(compressed),
        runs_(text::letter_runs(compressed)),
        by_place_(kept) {
    std::size_t begin = 0;
    for (const auto& range : kept) {
      begins_.push_back(begin);
      begin += range.end - range.begin;
    }
    std::ranges::sort(by_place_, {}, place_of);
    for (const auto& original : originals) original_runs_.push_back(text::letter_runs(original));
  }

  const std::string& bytes() const { return squeezed_.bytes; }

  /// Whether the text may be cut before squeezed byte `offset`: between words, or where something was dropped.
  bool is_boundary(std::size_t offset) const {
    if (offset == 0 || offset >= squeezed_.places.size()) return true;
    const auto place = squeezed_.places[offset];
    const auto run = std::ranges::upper_bound(runs_, place, {}, &ByteRange::begin);
    const bool inside = run != runs_.begin() && std::prev(run)->begin < place && place < std::prev(run)->end;
    return !inside || begins_[range_of(place)] == place;
  }

  /// Whether squeezed bytes `offset` - 1 and `offset` may belong to one quotation: from one part, on one line, with
  /// at most `max_gap` dropped bytes between them.
  bool continues(std::size_t offset, std::size_t max_gap) const {
    const auto before = origin_of(offset - 1), here = origin_of(offset);
    if (before.part != here.part || here.begin - before.end > max_gap) return false;
    const std::string_view gap = std::string_view(originals_[here.part]).substr(before.end, here.begin - before.end);
    return gap.find('\n') == std::string_view::npos;
  }

  /// The original of squeezed bytes [begin, end), with all that was dropped of its outer words.
  KeptRange source_of(std::size_t begin, std::size_t end) const {
    const auto first = origin_of(begin), last = origin_of(end - 1);
    return {first.part, word_begin(first.part, first.begin), word_end(first.part, last.end)};
  }

  std::string_view original_of(const KeptRange& range) const {
    return std::string_view(originals_[range.part]).substr(range.begin, range.end - range.begin);
  }

 private:
  std::size_t range_of(std::size_t place) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(begins_, place) - begins_.begin()) - 1;
  }

  KeptRange origin_of(std::size_t offset) const {
    const auto place = squeezed_.places[offset];
    const auto range = range_of(place);
    const auto begin = kept_[range].begin + place - begins_[range];
    return {kept_[range].part, begin, begin + 1};
  }

  bool is_dropped(std::size_t part, std::size_t begin, std::size_t end) const {
    const auto after = std::ranges::lower_bound(by_place_, std::pair(part, end), {}, place_of);
    return after == by_place_.begin() || std::prev(after)->part != part || std::prev(after)->end <= begin;
  }

  static std::pair<std::size_t, std::size_t> place_of(const KeptRange& range) { return {range.part, range.begin}; }

  static bool is_connector(char c) { return std::string_view("-./:@#").find(c) != std::string_view::npos; }

  /// The letter run of the original that has byte `place`.
  const ByteRange* run_at(std::size_t part, std::size_t place) const {
    const auto& runs = original_runs_[part];
    const auto behind = std::ranges::upper_bound(runs, place, {}, &ByteRange::begin);
    return behind != runs.begin() && std::prev(behind)->end > place ? &*std::prev(behind) : nullptr;
  }

  /// Forwards from `end` over the rest of a torn word, and over dropped words glued to it: "ord" of "ord_8f-3a".
  std::size_t word_end(std::size_t part, std::size_t end) const {
    const auto* torn = run_at(part, end);
    if (torn != nullptr && torn->begin < end && is_dropped(part, end, torn->end)) end = torn->end;
    const std::string& original = originals_[part];
    while (end + 1 < original.size() && is_connector(original[end])) {
      const auto* next = run_at(part, end + 1);
      if (next == nullptr || !is_dropped(part, end, next->end)) break;
      end = next->end;
    }
    return end;
  }

  /// The same backwards.
  std::size_t word_begin(std::size_t part, std::size_t begin) const {
    if (begin == 0) return begin;
    const auto* torn = run_at(part, begin - 1);
    if (torn != nullptr && torn->end > begin && is_dropped(part, torn->begin, begin)) begin = torn->begin;
    const std::string& original = originals_[part];
    while (begin > 1 && is_connector(original[begin - 1])) {
      const auto* next = run_at(part, begin - 2);
      if (next == nullptr || !is_dropped(part, next->begin, begin)) break;
      begin = next->begin;
    }
    return begin;
  }

  const std::vector<std::string>& originals_;
  const std::vector<KeptRange>& kept_;
  Squeezed squeezed_;
  std::vector<ByteRange> runs_;      // of the compressed text
  std::vector<KeptRange> by_place_;  // the kept ranges in the order of the original
  std::vector<std::size_t> begins_;  // of each kept range in the compressed text
  std::vector<std::vector<ByteRange>> original_runs_;
};

/// Walks over an answer and replaces what it quotes.
class Recoverer {
 public:
  Recoverer(const CompressedText& compressed, std::string_view answer, std::size_t max_gap)
      : compressed_(compressed),
        answer_(answer),
        max_gap_(max_gap),
        squeezed_(answer),
        words_(text::letter_runs(answer)) {}

  RecoveredAnswer run() && {
    std::size_t copied = 0;
    for (std::size_t word = 0; word < words_.size();) {
      const auto quotation = longest_quotation(word);
      if (!quotation) {
        ++word;
        continue;
      }
      const std::size_t begin = words_[word].begin, end = words_[quotation->last].end;
      if (quotation->source) {
        result_.text.append(answer_.substr(copied, begin - copied))
            .append(compressed_.original_of(*quotation->source));
        result_.recoveries.push_back({begin, end, *quotation->source});
        copied = end;
      }
      word = quotation->last + 1;
    }
    result_.text.append(answer_.substr(copied));
    return std::move(result_);
  }

 private:
  struct Quotation {
    std::size_t last;                 // word of the answer
    std::optional<KeptRange> source;  // nothing when the words stay as they are
  };

  /// The longest run of words from `first` on that the compressed text has.
  std::optional<Quotation> longest_quotation(std::size_t first) const {
    const std::size_t begin = squeezed_.offset_of(words_[first].begin);
    const std::string_view bytes = compressed_.bytes();
    const std::string_view word =
        std::string_view(squeezed_.bytes).substr(begin, squeezed_.offset_of(words_[first].end) - begin);
    std::size_t longest = 0;                                  // words
    std::vector<std::pair<std::size_t, std::size_t>> places;  // squeezed bytes of the longest
    for (std::size_t at = bytes.find(word); at != std::string_view::npos; at = bytes.find(word, at + 1)) {
      if (!compressed_.is_boundary(at)) continue;
      const auto [words, end] = quoted_words(first, begin, at);
      if (words == 0 || words < longest) continue;
      if (words > longest) places.clear();
      longest = words;
      places.emplace_back(at, end);
    }
    if (longest == 0) return std::nullopt;
    return Quotation{first + longest - 1, source_of(places, first, first + longest - 1)};
  }

  /// How many words of the answer from `first` on stand at squeezed byte `at`, and where they end there.
  std::pair<std::size_t, std::size_t> quoted_words(std::size_t first, std::size_t begin, std::size_t at) const {
    const std::string_view bytes = compressed_.bytes();
    std::size_t words = 0, end = at, i = 0;
    for (std::size_t word = first; word < words_.size(); ++word) {
      const std::size_t size = squeezed_.offset_of(words_[word].end) - begin;
      for (; i < size; ++i) {
        const bool same = at + i < bytes.size() && bytes[at + i] == squeezed_.bytes[begin + i];
        if (!same || (i > 0 && !compressed_.continues(at + i, max_gap_))) return {words, end};
      }
      if (!compressed_.is_boundary(at + i)) continue;
      words = word - first + 1;
      end = at + i;
    }
    return {words, end};
  }

  /// What the original has in all `places`; nothing when that is what the answer says, or when they disagree.
  std::optional<KeptRange> source_of(const std::vector<std::pair<std::size_t, std::size_t>>& places,
                                     std::size_t first, std::size_t last) const {
    const std::string_view said = answer_.substr(words_[first].begin, words_[last].end - words_[first].begin);
    std::optional<KeptRange> source;
    for (const auto& [begin, end] : places) {
      const auto here = compressed_.source_of(begin, end);
      const auto original = compressed_.original_of(here);
      if (Squeezed(original).bytes == Squeezed(said).bytes) return std::nullopt;
      if (source && compressed_.original_of(*source) != original) return std::nullopt;
      if (!source) source = here;
    }
    return source;
  }

  const CompressedText& compressed_;
  std::string_view answer_;
  std::size_t max_gap_;
  Squeezed squeezed_;
  std::vector<ByteRange> words_;
  RecoveredAnswer result_;
};

std::vector<std::string> originals_of(const Result& result) {
  std::vector<std::string> originals;
  for (const auto& part : result.parts) originals.push_back(part.original);
  return originals;
}

void check_ranges(const std::vector<std::string>& originals, const std::vector<KeptRange>& kept) {
  std::vector<std::size_t> ends(originals.size());  // of what each part was kept of so far
  for (const auto& [part, begin, end] : kept) {
    const bool inside = part < originals.size() && begin < end && end <= originals[part].size();
    if (!inside || begin < ends[part])
      throw Error(ErrorCode::input_malformed,
                  fmt::format("the source map is damaged: bytes {} to {} of part {} are {}", begin, end, part,
                              inside ? "out of order" : "not inside the original"));
    ends[part] = end;
  }
}

}  // namespace
}  // namespace compress

SourceMap::SourceMap(const Result& result) : originals_(compress::originals_of(result)), kept_(result.kept) {}

SourceMap::SourceMap(std::vector<std::string> originals, std::vector<KeptRange> kept)
    : originals_(std::move(originals)), kept_(std::move(kept)) {
  compress::check_ranges(originals_, kept_);
}

std::string SourceMap::original() const {
  std::string all;
  for (const auto& original : originals_) all += original;
  return all;
}

std::string SourceMap::compressed() const {
  std::string all;
  for (const auto& range : kept_) all.append(originals_[range.part], range.begin, range.end - range.begin);
  return all;
}

RecoveredAnswer SourceMap::recover(std::string_view answer, std::size_t max_gap) const {
  const std::string text = compressed();
  const compress::CompressedText compressed(originals_, kept_, text);
  return compress::Recoverer(compressed, answer, max_gap).run();
}

}  // namespace lingua
