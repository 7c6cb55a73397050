#pragma once

// Where the repository and the build lie; one small file knows it, so that the compiler's cache serves every checkout.
extern const char* const HORISONT_SOURCE_DIR;
extern const char* const HORISONT_BINARY_DIR;
