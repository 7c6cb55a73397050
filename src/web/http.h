#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace horisont::web {

/// Names and values in the order they came. A name that is not there gives an empty value.
using Fields = std::vector<std::pair<std::string, std::string>>;
const std::string& value_of(const Fields&, std::string_view name);

/// The head of a request that passed `read_head`: every byte of it was judged.
struct Head {
  std::string method;  ///< GET, HEAD or POST
  std::string path;    ///< decoded, begins with "/"
  Fields query;
  Fields headers;  ///< names in lower case
  std::uint64_t length = 0;
  const std::string& header(std::string_view name) const { return value_of(headers, name); }
};

/// A file that came with a form. It lies in a folder of its own, which goes with the request.
struct Upload {
  std::string name;  ///< as the sender called it, without folders
  std::filesystem::path file;
  std::uint64_t size = 0;
};

/// What pages are asked. No socket is behind it, so tests make one by hand.
struct Request {
  Head head;
  Fields form;
  std::optional<Upload> upload;
  const std::string& query(std::string_view name) const { return value_of(head.query, name); }
  const std::string& field(std::string_view name) const { return value_of(form, name); }
};

struct Response {
  int status = 200;
  std::string type = "text/html; charset=utf-8";
  Fields headers;
  std::string body;
};

/// Why a request was not let through: a status and the id of the text that says so.
struct Refusal {
  int status;
  std::string text;
};

std::string_view reason_phrase(int status);
Response see_other(std::string path);
/// A file to keep: its type is ours, its name without what a header cannot carry.
Response download(std::string name, std::string type, std::string body);

/// "a%20b" as "a b"; nothing when an escape is broken. `plus`: a plus is a blank, as in forms.
std::optional<std::string> percent_decoded(std::string_view, bool plus);
std::string percent_encoded(std::string_view);
/// "a=1&b=2" as fields; nothing when an escape is broken or there are more than 500.
std::optional<Fields> read_fields(std::string_view);

}  // namespace horisont::web
