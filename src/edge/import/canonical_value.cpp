#include "edge/import/import.h"
#include "edge/import/nearest.h"
#include "edge/import/schemas.h"
#include "edge/import/values.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

// The known field that a mistyped one is nearest to.
std::string nearest(const ImportSchema& schema, const std::string& key) {
  std::string best;
  int distance = 4;
  for (const ImportField& field : schema.fields)
    if (const int away = edits(key, field.key, 3); away < distance) distance = away, best = field.key;
  return best;
}

// Why a word is in no list: the value that was most likely meant, else the values that there are. A word of three letters
// or less is near to everything.
Message not_in_list(const std::string& written, const ChoiceList& list) {
  constexpr std::size_t few = 16;  // more than anybody reads: municipalities
  const std::string key = heading_key(written);
  if (const Bilingual near = nearest_choice(list, key, std::min(2, static_cast<int>(characters(key) / 4))); !near.sv.empty())
    return {"correct.not-in-list", {written, in_both(near.sv, near.en), ""}};
  std::string sv, en;
  for (const ListedChoice& choice : list.choices) {
    sv += (sv.empty() ? "" : ", ") + choice.shown.sv;
    en += (en.empty() ? "" : ", ") + choice.shown.en;
  }
  return {"correct.not-in-list", {written, "", list.choices.size() <= few ? in_both(sv, en) : std::string()}};
}

}  // namespace

Result<std::string> canonical_value(const ImportSchemas& schemas, RecordKind kind, const std::string& field_key,
                                    const std::string& text, const ProjectTerms& project, Date today) {
  const ImportSchema& schema = schemas.of(kind);
  const auto index = schema.field(field_key);
  if (!index) {
    if (const std::string near = nearest(schema, field_key); !near.empty())
      return problem("correct.unknown-field", field_key, near);
    std::string all;
    for (const ImportField& known : schema.fields) all += (all.empty() ? "" : ", ") + known.key;
    return problem("correct.unknown-field-of", field_key, all);
  }
  const ImportField& field = schema.fields[*index];
  const std::string tidied = tidy(text).text;
  if (tidied.empty()) return std::string();
  const CellView cell{.kind = CellView::Kind::Text, .text = tidied};
  const Period operation = project.operation();
  const auto because = [&](const Message& why) {
    const auto heading = [&](const std::vector<std::string>& names) { return names.empty() ? field_key : names.front(); };
    return problem("correct.value", in_both(heading(field.headings_sv), heading(field.headings_en)), in_both(words(why, Language::Swedish), words(why, Language::English)));
  };
  const auto wrong = [&](std::string_view code) { return because({std::string(code), {tidied}}); };
  switch (field.type) {
    case FieldType::Date: {
      const Date latest = operation.last ? operation.last->plus_days(731) : today.plus_days(731);
      const auto day =
          read_day(cell, false, {},
                   {.earliest = Date::of(1900, 1, 1)->days(), .latest = latest.days(), .middle_year = operation.first.year()});
      // What is said of a column counts its dates; here is one.
      if (day.error == "date.order-ambiguous") return wrong("correct.date-ambiguous");
      if (!day.error.empty()) return wrong(day.error);
      return Date::of_days(day.value).iso();
    }
    case FieldType::Month: {
      const auto month = Month::parse(tidied);
      if (!month) return wrong("month.form");
      return month->iso();
    }
    case FieldType::YesNo:
    case FieldType::YesNoUnknown:
    case FieldType::YesNoUndisclosed: {
      const int answer = yes_or_no(tidied, {});
      if (answer == -2 || (answer == -1 && field.type == FieldType::YesNo))
        return because({"correct.not-in-list", {tidied, "", in_both("ja, nej", "yes, no")}});
      if (field.type == FieldType::YesNoUndisclosed && says_not_disclosed(tidied)) return std::string("not_disclosed");
      return std::string(answer == 1 ? "yes" : answer == 0 ? "no" : "unknown");
    }
    case FieldType::Choice:
    case FieldType::Municipality: {
      for (const auto& choice : field.list->choices)
        if (choice.word == tidied) return choice.word;
      const auto found = field.list->by_key.find(heading_key(tidied));
      if (found == field.list->by_key.end()) return because(not_in_list(tidied, *field.list));
      return field.list->choices[found->second].word;
    }
    case FieldType::Identity: {
      const auto number = PersonalIdentityNumber::parse(tidied, today);
      if (!number) return tl::make_unexpected(number.error());
      return number->number.digits();
    }
    case FieldType::Hours: {
      const auto minutes = read_hours(cell, {});
      if (!minutes.error.empty()) return wrong(minutes.error);
      return std::to_string(minutes.value);
    }
    case FieldType::Email:
    case FieldType::Phone: {
      if (says_unknown(tidied)) return std::string();
      const bool email = field.type == FieldType::Email;
      if (email ? !is_email(tidied) : !is_phone(tidied)) return wrong(email ? "email.form" : "phone.form");
      return tidied;
    }
    default:
      if (field.max > 0 && characters(tidied) > static_cast<std::size_t>(field.max)) return wrong("text.too-long");
      return tidied;
  }
}

}  // namespace horisont
