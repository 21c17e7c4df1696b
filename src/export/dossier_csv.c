/* A dossier as a CSV set: actors.csv, sources.csv, events.csv, claims.csv in a folder.
 *
 * The form, which read/csvset.c reads (columns by name, each but the first may be missing):
 *
 *   actors.csv   id,name,aliases,kind,parent,side,note
 *   sources.csv  id,name,type,reliability,date,url,archive_url,note
 *   events.csv   id,type,relation,directed,date,until,place,lat,lon,place_note,from,to,source,note
 *   claims.csv   about,by,via,stance,of,date,source,credibility,actor,what,low,best,high,url,note
 *
 * and behind these a column for each x- key that a record of that table has.
 *
 * cell     RFC 4180. Empty is absent. A cell that a spreadsheet would take for a formula (= + - @,
 *          tab or line break at its begin, after any number of ') has one ' in front that reading
 *          takes away, but for plain numbers.
 * list     a|b. Inside of an element \| is a bar and \\ a backslash; in aliases and parent \@ is
 *          an at sign. Lists: aliases, parent, from, to, source (of events), about, what.
 * alias    name, or name@lang
 * parent   id, or id@PERIOD
 * date     2020-05-02, 2020-05, 2020; or, but in events.csv, a PERIOD
 * PERIOD   FROM/TO, each a date, '..' (open) or empty (unknown): 2012/.., 2012/, ../2014, /2014
 * until    makes an interval that begins at `date`: a date, '..' (open) or '?' (unknown); `date`
 *          may then be '..' (open) or empty (unknown)
 * loss     one row each: what is a list of kinds, counted together; low 'some' is a number unknown.
 *          Rows that follow on one another and differ in the loss alone are one claim. A row
 *          without a stance is a figure of the event's own.
 * x- key   JSON where the cell reads as JSON, else a text
 *
 * The dossier's own title, note and x- keys have no place in a set.
 */
