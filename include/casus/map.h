/** A map: which columns of a table of anybody's own say what of an event. */
#ifndef CASUS_MAP_H
#define CASUS_MAP_H

#include <casus/output.h>

/* A map is written in one line, or stands in a small JSON file; casus_reading.map takes either (what
 * holds a '=' is a line).
 *
 *   from=Attacker,to=Target,type=Kind,type.Firefight=clash,date=When,killed=Dead,list:=;
 *
 *   {"casus-map": 1,
 *    "columns": {"from": "Attacker", "to": "Target", "type": "Kind", "date": "When",
 *                "killed": "Dead"},
 *    "types": {"Firefight": "clash"},
 *    "list": ";"}
 *
 *   KEY=COLUMN       the column that holds it; "A, b" goes in quotes. Columns are known in any case
 *                    of letters
 *   KEY:=VALUE       what holds for every row: type, relation; list, the character between the
 *                    parties of a cell (else a cell is one party); dates, day-first or month-first
 *   type.WORD=TYPE   what the table's own word means
 *
 *   id               of the event; each but once
 *   from, to         parties; one of the two columns must be named. An empty cell is unknown
 *   type, relation   of a dossier's words. Without a type, an attack is of type attack, and so on
 *   sign             above 0 is support, below 0 attack, in place of type and relation
 *   weight           so many events, a whole number up to 100,000
 *   date, until      in any usual spelling
 *   place, lat, lon, note
 *   source           who tells of it, each a source that reports
 *   by               who claims it, an actor that reports
 *   killed, wounded, captured, missing     of nobody known
 *
 * Type, relation or sign must be named: nothing is an attack by default.
 */

/**
 * Write a map as the JSON file that says the same.
 *
 * @param map a line or the path of a file
 * @return CASUS_OK; CASUS_EINVAL (CAS-195: a bad line), CASUS_EINPUT (a bad file), CASUS_EIO,
 *         CASUS_ENOMEM
 */
CASUS_API enum casus_status casus_map_write(const char *map, struct casus_output *output,
                                            struct casus_error *err);

#endif
