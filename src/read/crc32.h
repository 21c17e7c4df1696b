/* CRC-32 as gzip has it (RFC 1952): libarchive reads a gzip's check sum and does not compare it. */
#ifndef CAS_READ_CRC32_H
#define CAS_READ_CRC32_H

#include <stddef.h>
#include <stdint.h>

struct cas_crc32 {
    uint32_t table[256];
    uint32_t sum; /* of the bytes so far, inverted */
    uint64_t length;
};

void cas_crc32_init(struct cas_crc32 *crc);
void cas_crc32_add(struct cas_crc32 *crc, const void *bytes, size_t n);
uint32_t cas_crc32_sum(const struct cas_crc32 *crc);

#endif
