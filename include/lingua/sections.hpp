// A prompt of sections that are compressed at different rates, and the tags that mark them in a text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <lingua/export.hpp>

namespace lingua {

/// A stretch of text.
struct Section {
  std::string text;
  std::size_t group = 0;  ///< index into the rates: the sections of a group are ranked together and share a budget
};

/// Instruction, sections and question, joined, are the whole prompt. Each section is a context of its group, and
/// each group is compressed as a prompt of its own, in view of the question; instruction and question belong to group
/// 0. The target of the options is that of the groups without a rate; where group 0 has no section, its instruction
/// and question keep what their rates say.
struct SectionedPrompt {
  std::string instruction = {};
  std::vector<Section> sections = {};
  std::string question = {};
  bool question_apart =
      false;                  ///< the question is looked at and no more: no part of the prompt, and it costs nothing
  bool conversation = false;  ///< as in Prompt
  /// By group: the share of its tokens that is kept, 0 to 1. 1 keeps everything, 0 nothing; unset: what the target
  /// says.
  std::vector<std::optional<double>> rates = {std::nullopt};
};

/// Reads the tags of LLMLingua's structured prompts: "<llmlingua, rate=0.4>...</llmlingua>" keeps that share,
/// "<llmlingua, compress=False>...</llmlingua>" everything. Attributes may stand in any order, behind commas or
/// spaces, in quotes; compress=False goes before a rate. The text between tags is anything but such tags. Each tag
/// with a rate is a group; group 0 is all text without. The tags themselves are no part of the sections, and a
/// section that would be white space alone belongs to the one before it. Throws Error: input_malformed, with line and
/// column, for tags that are not closed, not opened, nested, or have unknown attributes or values.
LINGUA_API SectionedPrompt parse_tags(std::string_view text);

}  // namespace lingua
