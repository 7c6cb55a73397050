#include "support/places.h"

const char* const HORISONT_SOURCE_DIR = SOURCE_DIR;
const char* const HORISONT_BINARY_DIR = BINARY_DIR;
