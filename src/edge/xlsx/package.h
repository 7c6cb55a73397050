#pragma once

#include <cstring>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "edge/xml/xml.h"
#include "edge/zip/zip.h"

namespace horisont {

inline constexpr const char* relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
inline constexpr unsigned parsing = pugi::parse_full | pugi::parse_ws_pcdata;

/// A workbook that is built in a way that cannot be edited safely: the part.
struct Unsafe {
  std::string what;
};

std::string folder_of(const std::string& part);
/// The part that a relationship of `from` points to.
std::string target_of(const std::string& from, std::string target);
std::string relations_of(const std::string& part);

/// Parts as documents: parsed when first asked for, written out when something was changed.
class Package {
 public:
  Package(const std::vector<std::string>& names, const std::map<std::string, std::string>& parts)
      : names_(names.begin(), names.end()), parts_(parts) {}

  bool has(const std::string& name) const { return names_.contains(name) || documents_.contains(name); }
  /// The root must have the plain name that the standard's own examples use: a prefix is another world.
  pugi::xml_node root(const std::string& name, const char* called) {
    pugi::xml_document& document = this->document(name);
    const pugi::xml_node root = document.document_element();
    if (std::strcmp(root.name(), called) != 0) throw Unsafe{name};
    return root;
  }
  pugi::xml_document& document(const std::string& name) {
    auto& document = documents_[name];
    if (!document.first) {
      const auto text = parts_.find(name);
      if (text == parts_.end() || !document.second.load_buffer(text->second.data(), text->second.size(), parsing))
        throw Unsafe{name};
      document.first = true;
    }
    return document.second;
  }
  pugi::xml_node made(const std::string& name, const char* called, const char* space) {
    auto& document = documents_[name];
    if (!document.first) {
      document.first = true;
      pugi::xml_node declaration = document.second.append_child(pugi::node_declaration);
      declaration.append_attribute("version") = "1.0";
      declaration.append_attribute("encoding") = "UTF-8";
      declaration.append_attribute("standalone") = "yes";
      document.second.append_child(called).append_attribute("xmlns") = space;
    }
    return document.second.document_element();
  }
  /// Whether a part says a word at all: one that does not need not be touched.
  bool says(const std::string& name, const char* word) const {
    const auto text = parts_.find(name);
    return text != parts_.end() && text->second.find(word) != std::string::npos;
  }
  /// A new relationship of `part`; gives its id.
  std::string relate(const std::string& part, const std::string& type, const std::string& target) {
    const std::string name = relations_of(part);
    pugi::xml_node root = has(name)
                              ? this->root(name, "Relationships")
                              : made(name, "Relationships", "http://schemas.openxmlformats.org/package/2006/relationships");
    std::set<std::string> taken;
    for (const pugi::xml_node relation : root.children()) taken.insert(relation.attribute("Id").value());
    std::string id;
    for (int i = 1; taken.contains(id = "rIdHorisont" + std::to_string(i)); ++i) {
    }
    pugi::xml_node relation = root.append_child("Relationship");
    relation.append_attribute("Id") = id.c_str();
    relation.append_attribute("Type") = type.c_str();
    relation.append_attribute("Target") = target.c_str();
    return id;
  }
  void content_type(const std::string& part, const std::string& type) {
    pugi::xml_node types = root("[Content_Types].xml", "Types");
    pugi::xml_node override_type = types.append_child("Override");
    override_type.append_attribute("PartName") = ("/" + part).c_str();
    override_type.append_attribute("ContentType") = type.c_str();
  }
  void default_type(const char* extension, const char* type) {
    pugi::xml_node types = root("[Content_Types].xml", "Types");
    for (const pugi::xml_node known : types.children("Default"))
      if (std::string_view(known.attribute("Extension").value()) == extension) return;
    pugi::xml_node made_type = types.prepend_child("Default");
    made_type.append_attribute("Extension") = extension;
    made_type.append_attribute("ContentType") = type;
  }
  void text_part(const std::string& name, std::string text) { texts_[name] = std::move(text); }
  std::string free_name(const std::string& stem, const std::string& ending) const {
    for (int i = 1;; ++i)
      if (const std::string name = stem + std::to_string(i) + ending; !has(name) && !texts_.contains(name)) return name;
  }
  std::map<std::string, std::string> changed() const {
    std::map<std::string, std::string> out = texts_;
    for (const auto& [name, document] : documents_) {
      const auto before = parts_.find(name);
      const pugi::xml_node root = document.second.document_element();
      std::ostringstream text;
      // What stands before the root (the declaration, line breaks) stays as it is.
      const std::ptrdiff_t at = before == parts_.end() || root.next_sibling() ? -1 : root.offset_debug();
      if (at > 0 && before->second.compare(static_cast<std::size_t>(at), std::strlen(root.name()), root.name()) == 0) {
        text << before->second.substr(0, static_cast<std::size_t>(at) - 1);
        root.print(text, "", pugi::format_raw);
      } else {
        document.second.save(text, "", pugi::format_raw);
      }
      const std::string written = text.str();
      if (before == parts_.end() || before->second != written) out[name] = written;
    }
    return out;
  }

 private:
  std::set<std::string> names_;
  const std::map<std::string, std::string>& parts_;
  std::map<std::string, std::pair<bool, pugi::xml_document>> documents_;
  std::map<std::string, std::string> texts_;
};

/// Reads a part to its end, piece by piece; whether it could be read whole.
bool read_whole(const Zip&, const ZipEntry&, const XmlHandler&);

/// A cell's column and row, from 1; 0 and 0 for what is no cell.
struct Address {
  unsigned column = 0, row = 0;
  friend auto operator<=>(const Address&, const Address&) = default;
};
Address address_of(std::string_view cell);

}  // namespace horisont
