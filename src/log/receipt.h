#pragma once

#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "log/note.h"
#include "log/verify.h"

namespace tlog {

/// What may be sent with a filed workbook: that a log of this size holds it. docs/formats/eliglog.md, 7. No personal data.
struct Receipt {
  std::string report, period;                    ///< as the entry has them
  std::string file;                              ///< the workbook's name, for people: nothing proves it
  std::string sha256, fingerprint, template_id;  ///< of the workbook's bytes, of its cells, of the template's file
  std::string leaf, proof;                       ///< the entry, and its `.tlog-proof`
  /// The checkpoint of the proof. Throws nothing: a receipt that was read has one.
  CheckpointNote note() const;
};
/// What a receipt begins with.
inline constexpr std::string_view receipt_begins = "horisont-receipt 1\n";
std::string text_of(const Receipt&);
/// At most 128 KiB of UTF-8; nothing when it has another form, or its entry is none of a made report.
std::optional<Receipt> receipt_from(std::string_view text);

/// The entry against what the receipt says, its proof, and the signatures; `files` are workbooks that should be the receipt's.
Answer verify_receipt(const Receipt&, const Question&);

/// Each receipt by itself, then the export, which must have the checkpoint and the workbook of each.
Answer verify_export(std::istream&, const std::vector<Receipt>&, Question);

}  // namespace tlog
