// Hash tables that are filled once and read ever after. Look-ups, of which most find nothing, are what tokenising
// consists of: open addressing answers them with one access to memory where std::unordered_map needs several.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <string_view>
#include <vector>

#include <lingua/scorer.hpp>

namespace lingua::model {

/// `Key` has a hash() and ==.
template <typename Key, typename Value>
class Table {
 public:
  /// A table for at most `capacity` keys.
  explicit Table(std::size_t capacity = 0) : slots_(std::bit_ceil(2 * capacity + 1)) {}

  /// Does nothing when `key` is there already.
  void insert(const Key& key, const Value& value) {
    Slot& slot = slots_[index_of(key)];
    if (!slot.used) slot = {key, value, true};
  }

  /// Null when `key` is not there.
  const Value* find(const Key& key) const {
    const Slot& slot = slots_[index_of(key)];
    return slot.used ? &slot.value : nullptr;
  }

 private:
  struct Slot {
    Key key;
    Value value;
    bool used = false;
  };

  /// Where `key` is, or would be.
  std::size_t index_of(const Key& key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t index = key.hash() & mask;
    while (slots_[index].used && !(slots_[index].key == key)) index = (index + 1) & mask;
    return index;
  }

  std::vector<Slot> slots_;
};

/// Two tokens side by side.
class TokenPair {
 public:
  TokenPair() = default;
  TokenPair(TokenId left, TokenId right)
      : ids_(static_cast<std::uint64_t>(left) << 32 | static_cast<std::uint32_t>(right)) {}
  std::size_t hash() const { return (ids_ * 0x9E3779B97F4A7C15) >> 32; }  // 2^64 / golden ratio: Knuth, section 6.4
  friend bool operator==(TokenPair, TokenPair) = default;

 private:
  std::uint64_t ids_ = 0;
};

/// A table by text, with copies of the texts.
template <typename Value>
class TextTable {
 public:
  TextTable() = default;
  TextTable(const TextTable&) = delete;
  TextTable(TextTable&&) noexcept = default;
  TextTable& operator=(TextTable&&) noexcept = default;

  /// A table for any of `texts`, each once.
  explicit TextTable(const std::vector<std::string_view>& texts) : table_(texts.size()) {
    const auto add_size = [](std::size_t sum, std::string_view text) { return sum + text.size(); };
    texts_.reserve(std::accumulate(texts.begin(), texts.end(), std::size_t{0}, add_size));
  }

  void insert(std::string_view text, const Value& value) {
    const char* const copy = texts_.data() + texts_.size();
    texts_.insert(texts_.end(), text.begin(), text.end());
    table_.insert(Key({copy, text.size()}), value);
  }
  const Value* find(std::string_view text) const { return table_.find(Key(text)); }

 private:
  class Key {
   public:
    Key() = default;
    explicit Key(std::string_view text) : text_(text), hash_(std::hash<std::string_view>{}(text)) {}
    std::size_t hash() const { return hash_; }
    friend bool operator==(const Key& a, const Key& b) { return a.hash_ == b.hash_ && a.text_ == b.text_; }

   private:
    std::string_view text_;
    std::size_t hash_ = 0;
  };

  std::vector<char> texts_;  // never reallocated: the keys point into it
  Table<Key, Value> table_;
};

}  // namespace lingua::model
