#include "edge/zip/zip.h"

#include <zip.h>

#include <algorithm>
#include <utility>

namespace horisont {
namespace {

constexpr std::uint64_t part_limit = 150ull << 20, all_limit = 200ull << 20, ratio_from = 1ull << 20, ratio_limit = 100;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

}  // namespace

struct Zip::State {
  std::string bytes;
  std::vector<ZipEntry> entries;
  zip_t* archive = nullptr;
  std::uint64_t inflated = 0;  // of all parts so far

  ~State() {
    if (archive) zip_discard(archive);
  }
};

struct Zip::Part::State {
  Zip::State& whole;
  const ZipEntry& entry;
  zip_file_t* file;
  std::uint64_t inflated = 0;
  char piece[64 << 10];

  State(Zip::State& zip, const ZipEntry& zip_entry, zip_file_t* zip_file) : whole(zip), entry(zip_entry), file(zip_file) {}
  ~State() { zip_fclose(file); }
};

Zip::Zip(std::unique_ptr<State> state) : state_(std::move(state)) {}
Zip::Zip(Zip&&) noexcept = default;
Zip& Zip::operator=(Zip&&) noexcept = default;
Zip::~Zip() = default;
Zip::Part::Part(std::unique_ptr<State> state) : state_(std::move(state)) {}
Zip::Part::Part(Part&&) noexcept = default;
Zip::Part::~Part() = default;

Result<Zip> Zip::open(std::string bytes, std::uint64_t most_parts) {
  auto state = std::make_unique<State>();
  state->bytes = std::move(bytes);
  auto entries = zip_directory(state->bytes, most_parts);
  if (!entries) return tl::make_unexpected(entries.error());
  state->entries = std::move(*entries);
  zip_source_t* source = zip_source_buffer_create(state->bytes.data(), state->bytes.size(), 0, nullptr);
  if (!source) throw std::bad_alloc();
  state->archive = zip_open_from_source(source, ZIP_RDONLY, nullptr);
  if (!state->archive) {
    zip_source_free(source);
    return problem("file.damaged", "zip");
  }
  return Zip(std::move(state));
}

const std::vector<ZipEntry>& Zip::entries() const { return state_->entries; }

const ZipEntry* Zip::find(std::string_view name) const {
  for (const ZipEntry& entry : state_->entries)
    if (std::equal(name.begin(), name.end(), entry.name.begin(), entry.name.end(),
                   [](char a, char b) { return lower(a) == lower(b); }))
      return &entry;
  return nullptr;
}

Result<Zip::Part> Zip::part(const ZipEntry& entry) const {
  zip_file_t* file = zip_fopen_index(state_->archive, entry.index, 0);
  if (!file) return problem("file.damaged", "zip: " + entry.name);
  return Part(std::make_unique<Part::State>(*state_, entry, file));
}

Result<std::string_view> Zip::Part::next() {
  State& s = *state_;
  const zip_int64_t n = zip_fread(s.file, s.piece, sizeof s.piece);
  if (n < 0) return problem("file.damaged", "zip: " + s.entry.name);  // the check sum, too
  const auto count = static_cast<std::uint64_t>(n);
  s.inflated += count, s.whole.inflated += count;
  if (s.inflated > part_limit) return problem("file.too-large", "150 MiB");
  if (s.whole.inflated > all_limit) return problem("file.too-large", "200 MiB");
  if (s.inflated > s.entry.unpacked || (count == 0 && s.inflated < s.entry.unpacked))
    return problem("file.suspicious", "size of a part, " + s.entry.name);
  if (s.inflated > ratio_from && s.inflated / ratio_limit > s.entry.packed)
    return problem("file.suspicious", "100 : 1, " + s.entry.name);
  return std::string_view(s.piece, count);
}

Result<std::string> Zip::text(const ZipEntry& entry, std::size_t limit) const {
  auto inflating = part(entry);
  if (!inflating) return tl::make_unexpected(inflating.error());
  std::string text;
  for (;;) {
    const auto piece = inflating->next();
    if (!piece) return tl::make_unexpected(piece.error());
    if (piece->empty()) return text;
    if (text.size() + piece->size() > limit) return problem("file.too-large", std::to_string(limit >> 20) + " MiB");
    text += *piece;
  }
}

}  // namespace horisont
