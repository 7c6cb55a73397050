#include "edge/demo/paper.h"

#include "edge/files/files.h"

namespace horisont::demo {
namespace {

constexpr Day excel_day_of_1970 = 25569;

// What the cell looks like, which is what Excel puts into a CSV file.
std::string shown(const PlainCell& cell) {
  struct Show {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string& words) const { return words; }
    std::string operator()(const PlainCell::Number& number) const {
      std::string digits = number.digits;
      if (const auto point = digits.find('.'); point != std::string::npos) digits[point] = ',';
      return digits;
    }
    std::string operator()(Date day) const { return iso(day.days()); }
    std::string operator()(const PlainCell::Duration& time) const {
      const std::string minutes = std::to_string(time.minutes % 60);
      return std::to_string(time.minutes / 60) + ":" + (minutes.size() < 2 ? "0" : "") + minutes;
    }
    std::string operator()(const PlainCell::Formula& formula) const { return (*this)(PlainCell::Number{formula.value, {}}); }
  };
  return std::visit(Show{}, cell.value);
}

std::string quoted(const std::string& field) {
  if (field.find_first_of(";\"\n") == std::string::npos) return field;
  std::string out = "\"";
  for (const char c : field) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

// The letters of our lists all lie in Latin-1, but for the dash.
std::string windows_1252(const std::string& utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    if (lead < 0x80) {
      out += utf8[i];
    } else if (lead < 0xE0) {
      out += static_cast<char>((lead & 0x03) << 6 | (static_cast<unsigned char>(utf8[++i]) & 0x3F));
    } else {
      out += '\x96';
      i += 2;
    }
  }
  return out;
}

}  // namespace

PlainCell text(std::string words, bool bold) {
  PlainCell cell;
  if (!words.empty()) cell.value = std::move(words);
  cell.bold = bold;
  return cell;
}

PlainCell whole(std::int64_t number) { return {PlainCell::Number{std::to_string(number), ""}, false}; }

PlainCell date(Day day, DateForm form) {
  switch (form) {
    case DateForm::Cell:
      return {Date::of_days(day), false};
    case DateForm::Iso:
      return text(iso(day));
    case DateForm::Worded:
      return text(worded(day));
    case DateForm::Slashed:
      return text(slashed(day));
    case DateForm::Compact:
      return text(compact(day));
    case DateForm::Serial:
      return whole(day + excel_day_of_1970);
  }
  return {};
}

std::string decimal_hours(std::int64_t minutes, char sign) {
  std::string out = (minutes < 0 ? "-" : "") + std::to_string(std::abs(minutes) / 60);
  switch (std::abs(minutes) % 60) {
    case 15:
      return out + sign + "25";
    case 30:
      return out + sign + "5";
    case 45:
      return out + sign + "75";
    default:
      return out;
  }
}

PlainCell hours(std::int64_t minutes, HoursForm form) {
  const std::string rest = std::to_string(minutes % 60), whole_hours = std::to_string(minutes / 60);
  switch (form) {
    case HoursForm::Number:
      return {PlainCell::Number{decimal_hours(minutes, '.'), ""}, false};
    case HoursForm::Comma:
      return text(decimal_hours(minutes, ','));
    case HoursForm::Duration:
      return {PlainCell::Duration{minutes}, false};
    case HoursForm::Clock:
      return text(whole_hours + ":" + (rest.size() < 2 ? "0" : "") + rest);
    case HoursForm::Words:
      return text(minutes % 60 == 0 ? whole_hours + " tim" : whole_hours + " h " + rest + " min");
  }
  return {};
}

Paper::Paper(Manifest& manifest, std::string project, std::string kind, std::string file, std::string sheet, FileForm form)
    : manifest_(manifest), form_(form) {
  const std::string ending = form == FileForm::Excel ? ".xlsx" : ".csv";
  where_ = {project, std::move(kind), "indata/" + project + "/" + file + ending,
            form == FileForm::Excel ? sheet : std::string()};
  sheet_.name = std::move(sheet);
  if (form == FileForm::Windows1252) habit("text.encoding-assumed");
}

std::uint32_t Paper::row(std::vector<PlainCell> cells) {
  sheet_.rows.push_back(std::move(cells));
  return static_cast<std::uint32_t>(sheet_.rows.size());
}

std::uint32_t Paper::data(std::vector<PlainCell> cells) {
  ++data_rows_;
  return row(std::move(cells));
}

void Paper::title(const std::string& words, std::uint32_t columns) {
  row({text(words, true)});
  merge(1, columns);
}

void Paper::merge(std::uint32_t column1, std::uint32_t column2) {
  const auto last = static_cast<std::uint32_t>(sheet_.rows.size());
  if (excel()) sheet_.merges.push_back({last, column1, last, column2});
}

void Paper::hide(std::uint32_t hidden) {
  sheet_.hidden_rows.push_back(hidden);
  habit("row.hidden", "sheet");
}

void Paper::hidden_sheet(const std::string& name, const std::string& words) {
  PlainSheet other;
  other.name = name;
  other.rows = {{text(words)}};
  other.hidden = true;
  others_.push_back(std::move(other));
  habit("sheet.hidden");
}

void Paper::fault(std::uint32_t row, std::uint32_t column, std::string code, std::string what) {
  manifest_.fault(where_, row, column, std::move(code), std::move(what));
}

void Paper::habit(std::string code, const std::string& group) { manifest_.habit(where_, std::move(code), group); }

PlainCell Paper::number(const std::string& twelve, NumberForm form) {
  const std::string ten = twelve.substr(2);
  switch (form) {
    case NumberForm::TwelveHyphen:
      return text(twelve.substr(0, 8) + "-" + twelve.substr(8));
    case NumberForm::TenHyphen:
      return text(ten.substr(0, 6) + "-" + ten.substr(6));
    case NumberForm::Twelve:
      return text(twelve);
    case NumberForm::TwelveAsNumber:
      return {PlainCell::Number{twelve, "0"}, false};
    case NumberForm::TenAsText:
      habit("pnr.century-assumed", "number");
      return text(ten);
    case NumberForm::TenAsNumber:
      break;
  }
  // A number cell keeps no leading zeros.
  const auto first = ten.find_first_not_of('0');
  if (first == 0)
    habit("pnr.century-assumed", "number");
  else
    habit("pnr.zero-restored");
  return {PlainCell::Number{ten.substr(first), ""}, false};
}

PlainCell Paper::dated(Day day, DateForm form, const std::string& heading) {
  if (form == DateForm::Serial) habit("date.serial-without-format", heading);
  return date(day, form);
}

void Paper::save(const std::filesystem::path& folder) {
  manifest_.file(where_, data_rows_);
  const auto path = folder / std::filesystem::path(std::u8string(where_.file.begin(), where_.file.end()));
  std::error_code told_by_the_write;
  std::filesystem::create_directories(path.parent_path(), told_by_the_write);
  if (excel()) {
    std::vector<PlainSheet> sheets{std::move(sheet_)};
    for (PlainSheet& other : others_) sheets.push_back(std::move(other));
    write_plain_workbook(path, sheets);
    return;
  }
  std::string bytes = form_ == FileForm::Utf8 ? "\xEF\xBB\xBF" : "";
  std::size_t width = 0;
  for (const auto& cells : sheet_.rows) width = std::max(width, cells.size());
  for (const auto& cells : sheet_.rows) {
    std::string line;
    for (std::size_t c = 0; c < width; ++c)
      line += (c > 0 ? ";" : "") + (c < cells.size() ? quoted(shown(cells[c])) : std::string());
    bytes += (form_ == FileForm::Windows1252 ? windows_1252(line) : line) + "\r\n";
  }
  write_file(path, bytes);
}

}  // namespace horisont::demo
