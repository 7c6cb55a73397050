// Put before the C library, this writes down which programs another one starts, and lets it start them.

#include <dlfcn.h>
#include <spawn.h>

#include <cstdio>
#include <cstdlib>

extern "C" int posix_spawn(pid_t* id, const char* path, const posix_spawn_file_actions_t* actions,
                           const posix_spawnattr_t* attributes, char* const* words, char* const* surroundings) {
  if (const char* file = std::getenv("HORISONT_SPAWNS"))
    if (std::FILE* out = std::fopen(file, "a")) {
      for (char* const* word = words; *word; ++word) std::fprintf(out, "%s|", *word);
      std::fputc('\n', out);
      std::fclose(out);
    }
  const auto real = reinterpret_cast<decltype(&posix_spawn)>(dlsym(RTLD_NEXT, "posix_spawn"));
  return real(id, path, actions, attributes, words, surroundings);
}
