#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "log/export.h"
#include "log/verify.h"
#include "support/places.h"

inline std::string contents_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string example() {
  return contents_of(std::filesystem::path(HORISONT_SOURCE_DIR) / "docs/formats/example.eliglog");
}

inline std::string with_trailer(std::string text) {
  text.resize(text.rfind("end ") == std::string::npos ? text.size() : text.rfind("end "));
  return text + "end " + tlog::hex(tlog::sha256(text)) + "\n";
}

inline tlog::Answer read(const std::string& text, const tlog::Question& question = {}) {
  std::istringstream in(text);
  return tlog::verify_export(in, question);
}

inline std::string said(const tlog::Answer& answer) {
  std::string all;
  for (const std::string& line : answer.lines) all += line + "\n";
  return all;
}
