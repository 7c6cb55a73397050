#include "log/export.h"

#include <algorithm>

namespace tlog {

ExportWriter::ExportWriter(std::ostream& out, const std::string& origin, const std::vector<VKey>& log_keys,
                           const std::vector<VKey>& witnesses, std::uint64_t entries, std::uint64_t checkpoints)
    : out_(out) {
  write("horisont-eliglog 1\norigin " + origin + "\n");
  for (const VKey& key : log_keys) write("log " + text_of(key) + "\n");
  for (const VKey& key : witnesses) write("witness " + text_of(key) + "\n");
  write("entries " + std::to_string(entries) + "\ncheckpoints " + std::to_string(checkpoints) + "\n\n");
}

void ExportWriter::write(std::string_view text) {
  hash_.add(text);
  out_.write(text.data(), static_cast<std::streamsize>(text.size()));
}

void ExportWriter::leaf(std::string_view leaf) {
  write(leaf);
  write("\n");
}

void ExportWriter::checkpoint(std::string_view note, std::vector<std::string> cosignature_lines,
                              const std::vector<std::string>& tokens) {
  std::sort(cosignature_lines.begin(), cosignature_lines.end());
  std::string text(note);
  for (const std::string& line : cosignature_lines) text += line;
  write("checkpoint " + std::to_string(std::count(text.begin(), text.end(), '\n')) + "\n" + text);
  std::vector<std::string> token_lines;
  for (const std::string& token : tokens) token_lines.push_back("token rfc3161 " + base64(token) + "\n");
  std::sort(token_lines.begin(), token_lines.end());
  for (const std::string& line : token_lines) write(line);
}

void ExportWriter::end() {
  const std::string line = "end " + hex(hash_.finish()) + "\n";
  out_.write(line.data(), static_cast<std::streamsize>(line.size()));
}

}  // namespace tlog
