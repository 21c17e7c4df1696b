/* SHA-256 (FIPS 180-4), for the hash of an input. */
#ifndef CAS_READ_SHA256_H
#define CAS_READ_SHA256_H

#include <stddef.h>
#include <stdint.h>

struct cas_sha256 {
    uint32_t state[8];
    uint64_t length; /* bytes so far */
    unsigned char block[64];
};

void cas_sha256_init(struct cas_sha256 *sha);
void cas_sha256_add(struct cas_sha256 *sha, const void *bytes, size_t n);
/* 64 hexadecimal digits and a NUL; `sha` is used up. */
void cas_sha256_text(struct cas_sha256 *sha, char out[65]);

#endif
