/* One record while it is read: its problems, its memory, and the checks that all formats share.
 *
 * Every problem of a record is told, not the first alone; `bad` says that there was one. `status`
 * is not CASUS_OK once the reading must end: the policy says so, or memory is out. From then on
 * nothing is told any more, so functions need not look at it between fields.
 */
#ifndef CAS_READ_RECORD_H
#define CAS_READ_RECORD_H

#include "read/reader.h"

struct cas_record {
    struct cas_input *input;
    const char *at; /* the record's begin */
    struct cas_arena *arena;
    bool bad;
    enum casus_status status;
    struct casus_error *err;
    const struct casus_where *where; /* where it stood, if it was kept until later; else NULL */
};

/* Begin a record at `at`: the scratch memory is empty, the locator stands there. */
void cas_record_begin(struct cas_record *record, struct cas_input *input, const char *at,
                      struct casus_error *err);
void cas_record_problem(struct cas_record *record, const char *at, enum cas_msg code,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));
void cas_record_no_memory(struct cas_record *record);
/* Zeroed memory until the next record, or NULL (the status then says so). */
void *cas_record_alloc(struct cas_record *record, size_t count, size_t size);
/* A copy of the buffer's text until the next record; the buffer is emptied. */
struct cas_text cas_record_keep(struct cas_record *record, struct cas_buffer *buffer);

/* Where the record stands. */
struct casus_where cas_record_where(const struct cas_record *record);

/* A text of the input as a message shows it: "'one line, not long'". @return `out` */
enum { CAS_QUOTED = 128 };
const char *cas_quoted(struct cas_text text, char out[CAS_QUOTED]);

/* --- checks: each tells its problem at the text's own place ---------------------------------- */

/* Ids and names: 1 to 10,000 characters. */
void cas_check_name(struct cas_record *record, struct cas_text text);
/* A date, or a problem and an unknown date. */
struct casus_date cas_check_date(struct cas_record *record, struct cas_text text);
/* An interval's ends are in order; `at` is its place. */
void cas_check_period(struct cas_record *record, const char *at, const struct casus_period *period);
/* low <= best <= high; `at` is the place of what holds them. */
void cas_check_figure(struct cas_record *record, const char *at, const struct casus_figure *figure);
/* Words: the value, or a problem and the first. */
enum casus_kind cas_check_kind(struct cas_record *record, struct cas_text text);
enum casus_stance cas_check_stance(struct cas_record *record, struct cas_text text);
char cas_check_reliability(struct cas_record *record, struct cas_text text);
/* A bit of CAS_LOSS kinds, or a problem and 0. */
uint8_t cas_check_loss_kind(struct cas_record *record, struct cas_text text);
double cas_check_degrees(struct cas_record *record, const char *at, double value, double most);
/* A whole number of people, or a problem and -1. */
int64_t cas_check_count(struct cas_record *record, const char *at, double value);
/* The event's relation and direction from its type and from what it says of them. An absent text
 * says nothing; `directed` < 0 neither. */
void cas_check_relation(struct cas_record *record, struct cas_rec_event *event,
                        struct cas_text relation, int directed);
/* One of the parties is known. */
void cas_check_parties(struct cas_record *record, const struct cas_rec_event *event);

/* --- to the sink ------------------------------------------------------------------------------ */

enum casus_status cas_record_actor(struct cas_record *record, struct cas_rec_actor *actor);
enum casus_status cas_record_source(struct cas_record *record, struct cas_rec_source *source);
enum casus_status cas_record_event(struct cas_record *record, struct cas_rec_event *event);
enum casus_status cas_record_claim(struct cas_record *record, struct cas_rec_claim *claim);

#endif
