/* How many columns of a terminal a text takes, by Unicode. */
#ifndef CAS_WIDTH_H
#define CAS_WIDTH_H

#include <stddef.h>

/* Columns of n bytes of UTF-8: combining marks take none, wide characters two; a byte that is no
 * UTF-8 takes one. */
size_t cas_width(const char *s, size_t n);
/* Bytes of the longest beginning that takes at most `columns`, with the marks on its last
 * character. */
size_t cas_width_cut(const char *s, size_t n, size_t columns);

#endif
