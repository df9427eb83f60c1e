// Visibility of the library's compiled symbols, and the one place that names its ABI version.
// Every public header opens `namespace orm::inline v0`; a change of layout or meaning opens the next one.
#pragma once

#define ORM_EXPORT __attribute__((visibility("default")))
