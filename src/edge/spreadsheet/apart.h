#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "edge/spreadsheet/spreadsheet.h"

// Reading in a child process: whatever a file does to the reader happens to a process that holds nothing else.

namespace horisont {

/// How the reading child is started: program and words. It gets the file as descriptor 0 and answers on descriptor 1.
struct ReadingChild {
  std::vector<std::string> command;
  std::chrono::milliseconds patience{60'000};
};

/// From now on `read_workbook` and `TextRows` read in this child. Set once, at the start of a program that can be its own child;
/// other programs (and the sanitizers, which do not start under a limit on addresses) read where they are.
void read_files_in(std::optional<ReadingChild>);

/// Reads the file in the child and checks every field of the answer. Problems beside those of reading: "reader.too-slow",
/// "reader.out-of-memory", "reader.crashed" (with the file's SHA-256). A kernel without filter of system calls is the
/// notice "reader.no-filter". Throws FileError, also when no child can be started.
Result<Workbook> read_workbook_apart(const std::filesystem::path&, const ReadingChild&);

/// What the child does: takes the whole file from descriptor 0, gives up files, network, processes and memory above 1 GiB,
/// reads, and answers on descriptor 1. The result is its exit status. `behaviour` takes the reader's place in tests.
int serve_reading_child(const std::function<Result<Workbook>(std::string bytes)>& behaviour = {});
/// The same for a text file, whose rows are answered as they are cut. `words` are those that follow the command's:
/// "text", separator, encoding, the last two empty where they are to be found out.
int serve_text_child(std::span<const std::string> words);

/// Reads a workbook from memory; what `read_workbook` does after opening the file.
Result<Workbook> read_workbook_bytes(std::string bytes);

}  // namespace horisont
