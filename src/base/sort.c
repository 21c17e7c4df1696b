/* Numbers in order. */
#include "base/sort.h"

#include <stdbool.h>
#include <stdlib.h>

enum { FEW = 32 };

static int
compare(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static bool
are_sorted(const uint32_t *numbers, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (numbers[i - 1] > numbers[i])
            return false;
    }
    return true;
}

static void
sort_few(uint32_t *numbers, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint32_t number = numbers[i];
        size_t at = i;
        for (; at > 0 && numbers[at - 1] > number; at--)
            numbers[at] = numbers[at - 1];
        numbers[at] = number;
    }
}

void
cas_sort_numbers(uint32_t *numbers, size_t count)
{
    if (count <= FEW)
        sort_few(numbers, count);
    else if (!are_sorted(numbers, count))
        qsort(numbers, count, sizeof *numbers, compare);
}

size_t
cas_sort_once(uint32_t *numbers, size_t count)
{
    size_t kept = 0;
    cas_sort_numbers(numbers, count);
    for (size_t i = 0; i < count; i++) {
        if (!kept || numbers[kept - 1] != numbers[i])
            numbers[kept++] = numbers[i];
    }
    return kept;
}
