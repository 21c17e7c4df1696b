/* Codes of the schemes by which machines code news: CAMEO (GDELT, ICEWS) and PLOVER (POLECAT).
 *
 * A code is an event of one of our types, or no tie at all, which the reader counts. Attack is what
 * CAMEO calls assault, fight and mass violence, support what it calls material cooperation and aid;
 * words are claims; yielding, inquiries, threats, protest, shows of force, reduced relations and
 * coercion make no tie. The coarse reading (`quads`) takes Schrodt's four classes instead: verbal
 * cooperation 01-05, material cooperation 06-09, verbal conflict 10-14, material conflict 15-20.
 * The tables are codes.def.
 */
#ifndef CAS_CODES_H
#define CAS_CODES_H

#include <casus/model.h>

enum cas_fate {
    CAS_CODE_UNKNOWN, /* no such code */
    CAS_CODE_NO_TIE,
    CAS_CODE_EVENT
};

/* What a code says of an event. */
struct cas_code {
    enum cas_fate fate;
    bool mended; /* a spreadsheet had taken its leading zero */
    enum casus_relation relation;
    const char *type; /* in the table of types, directed; NULL but for CAS_CODE_EVENT */
};

/* An event code of CAMEO: three or four digits. What is left of one whose leading zero is lost is
 * known for it: 10 is 010, 42 is 042, 231 is 0231. */
struct cas_code cas_cameo(const char *code, size_t n, bool quads);
/* A type of event of PLOVER and its mode (n 0: none), in any case of letters. */
struct cas_code cas_plover(const char *kind, size_t n, const char *mode, size_t mode_n, bool quads);

/* The kind of actor that a code of CAMEO's agents (MIL, REB, MED...) means, or -1. */
int cas_agent_kind(const char *code, size_t n);

#endif
