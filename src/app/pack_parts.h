#pragma once

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/sample.h"
#include "app/workspace.h"
#include "core/values/result.h"
#include "edge/files/files.h"

// What an audit pack is made of. Some parts are given: the database, the settings, the log, the proofs of its rows, original files.
// All others follow from these, so whoever opens a pack makes them again and compares them byte by byte.
namespace horisont {

constexpr std::size_t pack_part_limit = std::size_t{150} << 20;
constexpr std::size_t pack_limit = std::size_t{200} << 20;  ///< of all parts: what is read of an archive (edge/zip)

/// A new private folder on the same disk as a file or folder to be, which is renamed out of it; what is left in it goes with it.
/// Nothing that is there is taken for ours.
class FolderBeside {
 public:
  explicit FolderBeside(const std::filesystem::path& target) {
    std::string name = target.string() + ".XXXXXX";
    if (!::mkdtemp(name.data())) throw write_error(target, errno);
    path_ = name;
  }
  ~FolderBeside() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  FolderBeside(const FolderBeside&) = delete;
  FolderBeside& operator=(const FolderBeside&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

using PackParts = std::map<std::string, std::string>;  ///< path → bytes

/// What pack.txt says.
struct PackOrder {
  std::string project, sample;
  bool names = false;
  std::string program;
  Date day = Date::of_days(0);
  Language language = Language::Swedish;
  std::string origin;
  std::uint64_t entries = 0;
};
std::string text_of(const PackOrder&);
std::optional<PackOrder> pack_order_from(std::string_view text);  ///< that form only

/// Whether a path is one that a pack may have.
bool is_pack_path(const std::string& path);
/// Whether such a part is given, not made.
bool is_given(const std::string& path);

/// The parts that follow from the given ones; `copy` is the pack's own database and settings.
struct MadeParts {
  PackParts parts;
  std::vector<std::uint32_t> persons;  ///< those that the pack shows
  std::set<std::pair<std::string, std::string>> staff;
  std::vector<std::string> left_out;   ///< units' persons that the pack does not show
  std::size_t reports = 0;             ///< made again
  std::vector<std::string> reports_that_differ;
  std::string index_text, index_behind;  ///< the report of index.xlsx, as reports are kept (core/reports/behind.h)
};
Result<MadeParts> make_parts(const Workspace& copy, const PackOrder&, const PackParts& given);

/// The sampled persons, by the units of the draw.
std::vector<std::uint32_t> sampled_persons(const ProjectState&, const DrawnSample&);

/// Lines of sha256sum: digest, two blanks, path.
std::string manifest_of(const PackParts&);
std::optional<std::map<std::string, std::string>> digests_of(std::string_view manifest);

/// What is sent beside a pack: the log's entry on its list, and its proof (docs/formats/audit-pack.md).
struct PackReceipt {
  std::string manifest, leaf, proof;
};
inline constexpr std::string_view pack_receipt_begins = "horisont-pack-receipt 1\n";
std::string text_of(const PackReceipt&);
std::optional<PackReceipt> pack_receipt_from(std::string_view text);

}  // namespace horisont
