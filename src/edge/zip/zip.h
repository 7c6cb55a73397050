#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/result.h"
#include "edge/zip/directory.h"

namespace horisont {

/// An archive in memory whose directory passed `zip_directory`, and whose parts are inflated in pieces under the limits
/// of intake 2.2: 150 MiB for a part, 200 MiB in all, 100 : 1 after 1 MiB.
class Zip {
 public:
  static Result<Zip> open(std::string bytes, std::uint64_t most_parts = most_zip_parts);
  Zip(Zip&&) noexcept;
  Zip& operator=(Zip&&) noexcept;
  ~Zip();

  const std::vector<ZipEntry>& entries() const;
  /// The entry of that name, compared without case; null when there is none.
  const ZipEntry* find(std::string_view name) const;

  /// A part on its way out; lives no longer than its archive.
  class Part {
   public:
    /// The next piece (64 KiB at most), valid until the next call; empty at the end. A Problem: "file.damaged" (check
    /// sum, length), "file.too-large", "file.suspicious".
    Result<std::string_view> next();
    Part(Part&&) noexcept;
    ~Part();

   private:
    friend class Zip;
    struct State;
    explicit Part(std::unique_ptr<State>);
    std::unique_ptr<State> state_;
  };
  Result<Part> part(const ZipEntry&) const;

  /// A whole small part; more than `limit` bytes are "file.too-large".
  Result<std::string> text(const ZipEntry&, std::size_t limit = 1 << 20) const;

 private:
  struct State;
  explicit Zip(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

}  // namespace horisont
