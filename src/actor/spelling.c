/* Names compared as people write them.
 *
 * A name is folded (NFKD, case folded, accents and vowel points dropped; letters that Unicode
 * does not take apart, such as o with a stroke, by a small table), then split into words at
 * spaces, dashes, punctuation and symbols. Apostrophes and their like join: Liwa' is liwa.
 * Its key is its words written together without articles:
 *   - "the" before another word
 *   - al, el, ul before another word: Liwa al-Quds, Liwa el Quds -> liwaquds
 *   - the same with its l turned into the next word's first letter (ash-Sham, as-Suri, an-Nusra),
 *     if that word does begin with it: "as" in "as Suri" is an article, in "as Ali" it is none
 *   - the Arabic article written as one word with at least two more letters
 * A name of nothing but punctuation is its own key.
 *
 * Marks that carry a vowel or another letter stay (Devanagari, Burmese, Thai, Japanese): to drop
 * them would make different names equal. Kept are therefore marks of all combining classes but
 * 1, 10 to 36 and 200 to 240.
 */
#include "actor/spelling.h"

#include <utf8proc.h>

enum { MOST_PARTS = 32, MOST_WORDS = 32 };

struct letter {
    utf8proc_int32_t from;
    const char *to;
};

/* What case folding and decomposition leave apart, though spellings of one name mix it. */
static const struct letter letters[] = {
    {0x00E6, "ae"},     {0x00F0, "d"},      {0x00F8, "o"},      {0x00FE, "th"},     {0x0111, "d"},
    {0x0127, "h"},      {0x0131, "i"},      {0x0142, "l"},      {0x0153, "oe"},     {0x0640, ""},
    {0x0629, "\u0647"}, {0x0649, "\u064A"}, {0x06CC, "\u064A"}, {0x06A9, "\u0643"},
};

static bool
is_apostrophe(utf8proc_int32_t c)
{
    return c == '\'' || c == '`' || c == 0xB4 || (c >= 0x2B9 && c <= 0x2C1) || c == 0x2C8 ||
           c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2032 || c == 0xFF07;
}

static bool
is_dropped_mark(const utf8proc_property_t *property)
{
    int class = property->combining_class;
    return property->category == UTF8PROC_CATEGORY_MN &&
           (class == 1 || (class >= 10 && class <= 36) || (class >= 200 && class <= 240));
}

static void
add_letter(struct cas_buffer *out, utf8proc_int32_t c)
{
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (letters[i].from == c) {
            cas_buffer_text(out, letters[i].to);
            return;
        }
    }
    utf8proc_uint8_t bytes[4];
    cas_buffer_add(out, bytes, (size_t)utf8proc_encode_char(c, bytes));
}

/* One character that stands for itself, decomposed already. */
static void
add_part(struct cas_buffer *out, utf8proc_int32_t c)
{
    const utf8proc_property_t *property = utf8proc_get_property(c);
    if (is_dropped_mark(property) || property->category == UTF8PROC_CATEGORY_CF)
        return;
    if (property->category == UTF8PROC_CATEGORY_PD)
        cas_buffer_char(out, '-');
    else if ((property->category >= UTF8PROC_CATEGORY_ZS &&
              property->category <= UTF8PROC_CATEGORY_ZP) ||
             (c >= '\t' && c <= '\r') || c == 0x85)
        cas_buffer_char(out, ' ');
    else
        add_letter(out, c);
}

static void
add_folded(struct cas_buffer *out, utf8proc_int32_t c)
{
    if (is_apostrophe(c)) {
        cas_buffer_char(out, '\'');
        return;
    }
    utf8proc_int32_t parts[MOST_PARTS];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        c, parts, MOST_PARTS, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &boundary);
    if (count > MOST_PARTS || count < 0) {
        add_part(out, c);
        return;
    }
    for (utf8proc_ssize_t i = 0; i < count; i++)
        add_part(out, parts[i]);
}

static bool
is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ' || c == '-' || c == '\'';
}

void
cas_spelling_fold(struct cas_buffer *out, const char *s, size_t n)
{
    const char *end = s + n;
    while (s < end) {
        const char *run = s;
        while (s < end && is_plain((unsigned char)*s))
            s++;
        cas_buffer_add(out, run, (size_t)(s - run));
        if (s == end)
            return;
        utf8proc_int32_t c;
        utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)s, end - s, &c);
        if (length <= 0) {
            cas_buffer_char(out, *s++);
            continue;
        }
        add_folded(out, c);
        s += length;
    }
}

bool
cas_spelling_holds(const struct cas_buffer *folded, struct cas_text part)
{
    return !part.n || (folded->n && memmem(folded->s, folded->n, part.s, part.n));
}

/* --- words ----------------------------------------------------------------------------------- */

static bool
parts_words(utf8proc_int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_CC;
}

/* Append the words of a folded text, a space between two. */
static void
add_words(struct cas_buffer *out, const char *s, size_t n)
{
    const char *end = s + n;
    size_t begin = out->n;
    bool parted = false;
    while (s < end) {
        utf8proc_int32_t c;
        utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)s, end - s, &c);
        size_t step = length > 0 ? (size_t)length : 1;
        if (length > 0 && parts_words(c)) {
            parted = parted || c != '\'';
        } else {
            if (parted && out->n > begin)
                cas_buffer_char(out, ' ');
            parted = false;
            cas_buffer_add(out, s, step);
        }
        s += step;
    }
}

/* Take the next word off a text of words. False at its end. */
static bool
next_word(struct cas_text *rest, struct cas_text *out)
{
    if (!rest->n)
        return false;
    const char *space = memchr(rest->s, ' ', rest->n);
    size_t n = space ? (size_t)(space - rest->s) : rest->n;
    *out = (struct cas_text){rest->s, n, NULL};
    size_t step = space ? n + 1 : n;
    rest->s += step;
    rest->n -= step;
    return true;
}

static bool
is_one_of(struct cas_text word, const char *const *words)
{
    for (; *words; words++) {
        if (cas_text_is(word, *words))
            return true;
    }
    return false;
}

/* ash, adh, an, ... with the sound that the next word begins with */
static bool
is_sun_article(struct cas_text word, struct cas_text next)
{
    static const char *const sounds[] = {"t", "th", "d", "dh", "r", "z", "s", "sh", "n", "l", NULL};
    if (word.n < 2 || word.n > 3 || (word.s[0] != 'a' && word.s[0] != 'e'))
        return false;
    struct cas_text sound = {word.s + 1, word.n - 1, NULL};
    return is_one_of(sound, sounds) && next.n > sound.n && !memcmp(next.s, sound.s, sound.n);
}

/* Whether a word is an article before what is left of the name. */
static bool
is_article(struct cas_text word, struct cas_text rest)
{
    static const char *const plain[] = {"the", "al", "el", "ul", NULL};
    struct cas_text next;
    if (!next_word(&rest, &next))
        return false;
    return is_one_of(word, plain) || is_sun_article(word, next);
}

/* The word without an Arabic article written together with it. */
static struct cas_text
without_arabic_article(struct cas_text word)
{
    const char *article = "\u0627\u0644";
    if (word.n >= 8 && !memcmp(word.s, article, 4))
        return (struct cas_text){word.s + 4, word.n - 4, NULL};
    return word;
}

static struct cas_text
text_from(const struct cas_buffer *buffer, size_t begin)
{
    return (struct cas_text){buffer->s ? buffer->s + begin : NULL, buffer->n - begin, NULL};
}

static void
add_key(struct cas_buffer *out, struct cas_text words)
{
    struct cas_text word;
    while (next_word(&words, &word)) {
        if (is_article(word, words))
            continue;
        word = without_arabic_article(word);
        cas_buffer_add(out, word.s, word.n);
    }
}

/* The words of a name, in a buffer that the caller ends. */
static struct cas_buffer
words_of(const char *name, size_t n)
{
    struct cas_buffer folded, words;
    cas_buffer_init(&folded);
    cas_buffer_init(&words);
    cas_spelling_fold(&folded, name, n);
    if (folded.s)
        add_words(&words, folded.s, folded.n);
    words.failed = words.failed || folded.failed;
    cas_buffer_done(&folded);
    return words;
}

void
cas_spelling_key(struct cas_buffer *out, const char *name, size_t n)
{
    size_t begin = out->n;
    struct cas_buffer words = words_of(name, n);
    add_key(out, text_from(&words, 0));
    if (out->n == begin)
        cas_buffer_add(out, name, n);
    out->failed = out->failed || words.failed;
    cas_buffer_done(&words);
}

/* --- near misses ------------------------------------------------------------------------------ */

/* One side of a comparison. `count` 0 where the name has more words than are compared. */
struct side {
    struct cas_buffer text, key;
    struct cas_text words[MOST_WORDS];
    size_t count; /* articles included */
    bool minor[MOST_WORDS];
};

static bool
is_minor(struct cas_text word, struct cas_text rest)
{
    static const char *const particles[] = {"of", "and", "for", "in", "on", "at", "to",
                                            "de", "des", "du",  "la", "le", "y",  NULL};
    return is_article(word, rest) || (rest.n && is_one_of(word, particles));
}

static void
side_init(struct side *side, const char *name, size_t n)
{
    side->text = words_of(name, n);
    cas_buffer_init(&side->key);
    add_key(&side->key, text_from(&side->text, 0));
    side->count = 0;
    struct cas_text rest = text_from(&side->text, 0), word;
    while (next_word(&rest, &word)) {
        if (side->count == MOST_WORDS) {
            side->count = 0;
            return;
        }
        side->minor[side->count] = is_minor(word, rest);
        side->words[side->count++] = word;
    }
}

static void
side_done(struct side *side)
{
    cas_buffer_done(&side->text);
    cas_buffer_done(&side->key);
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "4th Brigade" is not "5th Brigade": names whose numbers differ are never alike. */
static bool
same_numbers(const struct side *a, const struct side *b)
{
    const char *x = a->text.s, *y = b->text.s;
    for (;;) {
        while (*x && !is_digit(*x))
            x++;
        while (*y && !is_digit(*y))
            y++;
        if (!*x || !*y)
            return *x == *y;
        for (; is_digit(*x) && *x == *y; x++)
            y++;
        if (is_digit(*x) || is_digit(*y))
            return false;
    }
}

static bool
same_but_spaces(const struct side *a, const struct side *b)
{
    const char *x = a->text.s, *y = b->text.s;
    for (;; x++, y++) {
        while (*x == ' ')
            x++;
        while (*y == ' ')
            y++;
        if (*x != *y)
            return false;
        if (!*x)
            return true;
    }
}

static bool
same_word(struct cas_text a, struct cas_text b)
{
    return a.n == b.n && memcmp(a.s, b.s, a.n) == 0;
}

static size_t
major_count(const struct side *side)
{
    size_t count = 0;
    for (size_t i = 0; i < side->count; i++)
        count += !side->minor[i];
    return count;
}

/* Whether every word of `few` but articles and particles stands in `many`, each once. */
static bool
is_within(const struct side *few, const struct side *many)
{
    bool taken[MOST_WORDS] = {false};
    for (size_t i = 0; i < few->count; i++) {
        if (few->minor[i])
            continue;
        size_t j = 0;
        while (j < many->count &&
               (taken[j] || many->minor[j] || !same_word(few->words[i], many->words[j])))
            j++;
        if (j == many->count)
            return false;
        taken[j] = true;
    }
    return major_count(few) > 0;
}

/* Whether `short_form` spells the first letters of the words from `at` on; articles and
 * particles may lend theirs or not (AQIM, SOHR). */
static bool
spells(struct cas_text short_form, const struct side *side, size_t at)
{
    if (!short_form.n)
        return at == side->count || (side->minor[at] && spells(short_form, side, at + 1));
    if (at == side->count)
        return false;
    if (side->minor[at] && spells(short_form, side, at + 1))
        return true;
    if (side->words[at].s[0] != short_form.s[0])
        return false;
    short_form.s++;
    short_form.n--;
    return spells(short_form, side, at + 1);
}

/* Short forms and their names are short: this also bounds the ways that spells() tries. */
static bool
is_initials(const struct side *short_form, const struct side *name)
{
    if (short_form->count != 1 || name->count < 2 || name->count > 12)
        return false;
    struct cas_text word = short_form->words[0];
    return word.n >= 2 && word.n <= 12 && spells(word, name, 0);
}

/* Differences allowed: one in five letters, at most three; none in a name below five. */
static unsigned
letters_apart(const struct side *a, const struct side *b, double *score)
{
    size_t shorter = a->key.n < b->key.n ? a->key.n : b->key.n;
    size_t longer = a->key.n < b->key.n ? b->key.n : a->key.n;
    unsigned limit = shorter / 5 > 3 ? 3 : (unsigned)(shorter / 5);
    if (!limit || longer - shorter > limit)
        return 0;
    unsigned distance = cas_text_distance(a->key.s, a->key.n, b->key.s, b->key.n, limit);
    if (distance > limit)
        return 0;
    *score = 1.0 - (double)distance / (double)longer;
    return distance;
}

static struct cas_likeness
likeness(const struct side *a, const struct side *b)
{
    double score = 0;
    size_t x = major_count(a), y = major_count(b);
    if (a->key.n == b->key.n && !memcmp(a->key.s, b->key.s, a->key.n))
        return (struct cas_likeness){1.0,
                                     "one name but for case, accents, punctuation or articles"};
    if (!same_numbers(a, b))
        return (struct cas_likeness){0.0, ""};
    if (same_but_spaces(a, b))
        return (struct cas_likeness){0.95, "the same letters, an article written together"};
    if (x == y && is_within(a, b))
        return (struct cas_likeness){0.95, "the same words, ordered or joined in another way"};
    if (letters_apart(a, b, &score))
        return (struct cas_likeness){score, "a letter or two apart"};
    if (is_initials(a, b) || is_initials(b, a))
        return (struct cas_likeness){0.8, "one is the initials of the other"};
    if (x < y ? is_within(a, b) : is_within(b, a))
        return (struct cas_likeness){0.5 + 0.3 * (double)(x < y ? x : y) / (double)(x < y ? y : x),
                                     "every word of one stands in the other"};
    return (struct cas_likeness){0.0, ""};
}

bool
cas_spelling_compare(const char *a, size_t an, const char *b, size_t bn, struct cas_likeness *out)
{
    struct side x, y;
    side_init(&x, a, an);
    side_init(&y, b, bn);
    bool failed = x.text.failed || x.key.failed || y.text.failed || y.key.failed;
    *out = (struct cas_likeness){0.0, ""};
    if (!failed && x.key.n && y.key.n)
        *out = likeness(&x, &y);
    else if (!failed && an == bn && (!an || !memcmp(a, b, an)))
        *out = (struct cas_likeness){1.0, "the same text"};
    side_done(&x);
    side_done(&y);
    return !failed;
}
