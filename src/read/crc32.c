/* CRC-32, a byte at a time by table. */
#include "read/crc32.h"

void
cas_crc32_init(struct cas_crc32 *crc)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; bit++)
            value = value & 1 ? value >> 1 ^ UINT32_C(0xEDB88320) : value >> 1;
        crc->table[i] = value;
    }
    crc->sum = UINT32_MAX;
    crc->length = 0;
}

void
cas_crc32_add(struct cas_crc32 *crc, const void *bytes, size_t n)
{
    const unsigned char *s = bytes;
    uint32_t sum = crc->sum;
    for (size_t i = 0; i < n; i++)
        sum = crc->table[(sum ^ s[i]) & 0xFF] ^ sum >> 8;
    crc->sum = sum;
    crc->length += n;
}

uint32_t
cas_crc32_sum(const struct cas_crc32 *crc)
{
    return ~crc->sum;
}
