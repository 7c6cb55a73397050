#include "core/cases/record.h"

#include <array>
#include <cstdio>

namespace horisont {
namespace {

constexpr std::array<std::string_view, 5> kinds{"participants", "attendance", "staff-time", "results", "evidence"};

}  // namespace

std::string_view name_of(RecordKind kind) { return kinds[static_cast<std::size_t>(kind)]; }

std::optional<RecordKind> record_kind(std::string_view name) {
  for (std::size_t i = 0; i < kinds.size(); ++i)
    if (kinds[i] == name) return static_cast<RecordKind>(i);
  return std::nullopt;
}

std::string participant_reference(std::uint32_t person) {
  char text[16];
  std::snprintf(text, sizeof text, "D-%04llu", static_cast<unsigned long long>(person) + 1);
  return text;
}

std::optional<std::uint32_t> person_of_reference(std::string_view reference) {
  if (reference.size() < 6 || reference.size() > 12 || (reference[0] != 'D' && reference[0] != 'd') || reference[1] != '-')
    return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : reference.substr(2)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (number == 0 || number > 0xFFFFFFFEULL) return std::nullopt;
  return static_cast<std::uint32_t>(number - 1);
}

std::string_view signature_of(const TimeRecord& time) {
  if (time.flags & TimeNotSigned) return "none";
  if (!(time.flags & TimeSigned)) return "not_stated";
  constexpr std::string_view kinds[] = {"signed", "portal_code", "email_exception", "paper"};
  return kinds[(time.flags & TimePaper) / TimePortalCode];
}

}  // namespace horisont
