#include "edge/demo/people.h"

namespace horisont::demo {
namespace {

const std::vector<std::string> women{
    "Emma",     "Elin",   "Amanda",  "Hanna",  "Julia", "Ida",   "Sara",  "Moa",    "Felicia",  "Linnéa",  "Alva",   "Ebba",
    "Wilma",    "Maja",   "Klara",   "Ellen",  "Agnes", "Tilda", "Thea",  "Saga",   "Nora",     "Matilda", "Frida",  "Johanna",
    "Rebecka",  "Sofia",  "Josefin", "Lovisa", "Tuva",  "Vera",  "Amina", "Fatima", "Zahra",    "Leila",   "Olivia", "Isabelle",
    "Cornelia", "Emelie", "Malin",   "Stina",  "Åsa",   "Märta", "Ester", "Signe",  "Nathalie", "Evelina", "Alma",   "Denise"};
const std::vector<std::string> men{"Lucas", "Oscar",     "William", "Elias",  "Hugo",     "Oliver",  "Alexander", "Viktor",
                                   "Filip", "Anton",     "Gustav",  "Emil",   "Simon",    "Isak",    "Axel",      "Albin",
                                   "Linus", "Ludvig",    "Melvin",  "Edvin",  "Jonathan", "Rasmus",  "Måns",      "Jakob",
                                   "Erik",  "Sebastian", "Tobias",  "Adam",   "Hampus",   "Joel",    "Noah",      "Mohammed",
                                   "Ali",   "Hassan",    "Yusuf",   "Kevin",  "Robin",    "Pontus",  "Love",      "Björn",
                                   "Östen", "Nils",      "Arvid",   "Sixten", "Marcus",   "Fredrik", "Dennis",    "Kalle"};
const std::vector<std::string> families{
    "Andersson",  "Johansson",  "Karlsson",   "Nilsson",    "Eriksson",    "Larsson",   "Olsson",     "Persson",   "Svensson",
    "Gustafsson", "Pettersson", "Jonsson",    "Jansson",    "Hansson",     "Bengtsson", "Jönsson",    "Lindberg",  "Jakobsson",
    "Magnusson",  "Lindström",  "Olofsson",   "Lindqvist",  "Lindgren",    "Axelsson",  "Berg",       "Bergström", "Lundberg",
    "Lind",       "Lundgren",   "Mattsson",   "Berglund",   "Fredriksson", "Sandberg",  "Henriksson", "Forsberg",  "Sjöberg",
    "Wallin",     "Engström",   "Eklund",     "Danielsson", "Håkansson",   "Lundin",    "Gunnarsson", "Björk",     "Bergman",
    "Wikström",   "Isaksson",   "Fransson",   "Bergqvist",  "Nyström",     "Holmberg",  "Arvidsson",  "Löfgren",   "Söderberg",
    "Nyberg",     "Blomqvist",  "Claesson",   "Mårtensson", "Nordström",   "Öberg",     "Hassan",     "Ahmed",     "Ali",
    "Åström",     "Ekström",    "Hermansson", "Ström",      "Hedlund",     "Dahlberg",  "Älvgren"};

std::string digits_of(Day day) { return compact(day); }

}  // namespace

char check_digit(const std::string& nine) {
  // Every second digit counts double, from the last one; a double of two digits counts as their sum.
  int total = 0;
  bool twice = true;
  for (auto digit = nine.rbegin(); digit != nine.rend(); ++digit, twice = !twice) {
    const int value = (*digit - '0') * (twice ? 2 : 1);
    total += value / 10 + value % 10;
  }
  return static_cast<char>('0' + (10 - total % 10) % 10);
}

std::string Registry::number_for(const std::string& yyyymmdd, bool woman) {
  const int first = lottery_.between(0, 9);
  for (int i = 0; i < 10; ++i) {
    const int serial = 980 + (first + i) % 10 * 2 + (woman ? 0 : 1);
    std::string number = yyyymmdd + std::to_string(serial);
    number += check_digit(number.substr(2));
    bool confusing = numbers_.contains(number);
    for (std::size_t a = 0; a < number.size() && !confusing; ++a)
      for (std::size_t b = a + 1; b < number.size() && !confusing; ++b) {
        std::string swapped = number;
        std::swap(swapped[a], swapped[b]);
        confusing = swapped != number && numbers_.contains(swapped);
      }
    if (confusing) continue;
    numbers_.insert(number);
    return number;
  }
  return {};
}

Participant Registry::born_on(Day day) {
  Participant person;
  births_.insert(day);
  person.born = day;
  person.woman = lottery_.chance(47);
  person.given = lottery_.one_of(person.woman ? women : men);
  person.family = lottery_.one_of(families);
  person.number = number_for(digits_of(day), person.woman);
  return person;
}

Participant Registry::someone(Day earliest, Day latest) {
  for (;;) {
    const Day day = lottery_.between(earliest, latest);
    if (births_.contains(day)) continue;
    Participant person = born_on(day);
    if (!person.number.empty()) return person;
  }
}

}  // namespace horisont::demo
