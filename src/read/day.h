/* A date as tables write it: more spellings than a dossier's one.
 *
 *   2014-01-22, 2014/1/22, 2014-01, 2014     year first
 *   20140122, 201401, 20140122063000         digits alone
 *   22/01/2014, 22.1.2014, 22-01-14          day first; month first where the caller knows so
 *   22 January 2014, 22-Jan-14, January 22, 2014, January 2014, 01/2014
 *
 * A time of day behind it is passed over. Month or day 0 is one that nobody knows, year 0000 no
 * date at all. A year of two digits lies between 1969 and 2068.
 */
#ifndef CAS_READ_DAY_H
#define CAS_READ_DAY_H

#include <casus/date.h>

#include "base/text.h"

enum cas_day_order { CAS_DAY_FIRST, CAS_MONTH_FIRST };

/* `out` is written on CASUS_DATE_OK only, all zero where the text is blank or says year 0000. */
enum casus_date_fault cas_day_read(struct cas_text text, enum cas_day_order order,
                                   struct casus_date *out);
/* The same of numbers from columns of their own; 0 is unknown, a day without a month too. */
enum casus_date_fault cas_day_of_numbers(int year, int month, int day, struct casus_date *out);

#endif
