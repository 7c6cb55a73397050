#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/money.h"
#include "core/values/result.h"
#include "log/evp.h"

// A sample that the auditor can draw again, from docs/formats/sample.md alone: the auditor's seed, a checkpoint of the log and
// the frame fix it. Whole numbers only; the one source of chance is SHA-256, because generators differ between platforms.

namespace horisont {

enum class SampleMethod {
  Simple,        ///< every unit has the same chance
  Stratified,    ///< simple within each stratum, sizes proportional to the strata
  MonetaryUnit,  ///< chance proportional to value (monetary unit sample)
};

/// What can be drawn: a participant, a row of a day sheet, a claim.
struct SampleUnit {
  std::string id;       ///< printable ASCII without spaces, unique in the frame
  Money value;          ///< for `MonetaryUnit`
  std::string stratum;  ///< for `Stratified`: printable ASCII without spaces
  friend bool operator==(const SampleUnit&, const SampleUnit&) = default;
};

/// What a draw is bound to besides its frame: a checkpoint of the log, and the bytes that the auditor chose after it.
struct SampleBasis {
  std::string origin;      ///< name of the log
  std::uint64_t size = 0;  ///< entries under the root
  tlog::Digest root{};
  std::string nonce;  ///< 16 to 32 bytes
};

/// The frame as text, one line a unit in the order of their ids as bytes: id, and a tab with the value in öre (`MonetaryUnit`)
/// or the stratum (`Stratified`).
std::string frame_text(SampleMethod, std::vector<SampleUnit>);

tlog::Digest sample_seed(const SampleBasis&, const tlog::Digest& frame);

struct Sample {
  tlog::Digest frame{};                ///< SHA-256 of `frame_text`
  tlog::Digest seed{};                 ///< `sample_seed`
  std::vector<SampleUnit> exhaustive;  ///< `MonetaryUnit`: above the interval, always taken; by id
  std::vector<SampleUnit> drawn;       ///< in the order in which they were drawn; strata by name
  std::vector<SampleUnit> left_out;    ///< `MonetaryUnit`: of no or negative value, audited apart; by id
};

/// Draws `places` units; the whole frame when it has no more. `least` is for `Stratified`: so many from each stratum at the
/// least, or the whole stratum, and the sample grows by what that takes. Refuses a frame without units, a size of 0, an id or
/// stratum of another form, an id that comes twice, a seed of another length, and values whose sum passes 64 bits.
Result<Sample> draw_sample(SampleMethod, std::vector<SampleUnit> frame, std::uint64_t places, const SampleBasis&,
                           std::uint64_t least = 0);

/// How many places each stratum gets: its share rounded down, what is left to the largest remainders (earlier stratum first),
/// then raised to `least` or the stratum's size. `places` must not be above the sum of the sizes.
std::vector<std::uint64_t> proportional_places(const std::vector<std::uint64_t>& sizes, std::uint64_t places,
                                               std::uint64_t least);

}  // namespace horisont
