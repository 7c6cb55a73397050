#include "web/assets.h"

#include <cstdint>

namespace horisont::web {

// Made from src/web/assets when the program is built.
extern const std::string_view horisont_css, horisont_js, horisont_svg;

namespace {

struct Asset {
  std::string_view name, type;
  std::string_view content;
  std::string path;
};

// FNV-1a: tells one version from another, no more.
std::string digest(std::string_view content) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : content) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  std::string out;
  for (int i = 0; i < 16; ++i, hash >>= 4) out += "0123456789abcdef"[hash & 15];
  return out;
}

const Asset (&assets())[3] {
  static const auto made = [](std::string_view name, std::string_view type, std::string_view content) {
    const std::size_t dot = name.find('.');
    return Asset{name, type, content,
                 "/statisk/" + std::string(name.substr(0, dot)) + "." + digest(content) + std::string(name.substr(dot))};
  };
  static const Asset all[3] = {made("horisont.css", "text/css; charset=utf-8", horisont_css),
                               made("horisont.js", "text/javascript; charset=utf-8", horisont_js),
                               made("horisont.svg", "image/svg+xml", horisont_svg)};
  return all;
}

}  // namespace

std::string_view asset_path(std::string_view name) {
  for (const Asset& asset : assets())
    if (asset.name == name) return asset.path;
  return "";
}

std::optional<Response> asset_response(std::string_view path) {
  for (const Asset& asset : assets())
    if (asset.path == path)
      return Response{.status = 200,
                      .type = std::string(asset.type),
                      .headers = {{"Cache-Control", "public, max-age=31536000, immutable"}},
                      .body = std::string(asset.content)};
  return std::nullopt;
}

}  // namespace horisont::web
