#!/usr/bin/python3
"""Files in the shape of GDELT 2.0 and of UCDP GED, made up, the same in every run.

usage: make_tables.py gdelt|ged ROWS FILE

Widths, empty cells and how often actors recur are those of the real files: 413 bytes a row of 61
columns, two of three rows with both actors, some actors in every tenth row and most in few; 700
bytes a row of 49 quoted columns with line breaks and doubled quotes here and there.
"""
import itertools
import random
import sys

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
COUNTRIES = ["".join(c) for c in itertools.islice(
    ((a, b, c) for a in LETTERS for b in "AEIORN" for c in LETTERS[::2]), 0, 1800, 8)]
AGENTS = ["", "", "", "GOV", "GOV", "MIL", "COP", "CVL", "MED", "EDU", "BUS", "REB", "OPP", "LEG",
          "JUD", "NGO", "CRM", "UAF"]
CODES = ["010", "020", "036", "040", "042", "043", "050", "051", "057", "060", "061", "070", "073",
         "080", "090", "100", "110", "111", "112", "120", "130", "141", "150", "160", "170", "173",
         "180", "182", "190", "193", "195", "202"]
CODE_WEIGHTS = [14, 7, 6, 8, 6, 5, 6, 6, 3, 2, 1, 3, 2, 3, 3, 2, 4, 3, 2, 2, 2, 1, 1, 1, 3, 4, 1, 1, 4,
                1, 1, 0.2]
BATCH = 10000


def zipf(count, power=1.0):
    return list(itertools.accumulate(1 / (i + 3) ** power for i in range(count)))


def quad(root):
    return 1 if root < 6 else 2 if root < 10 else 3 if root < 15 else 4


# --- GDELT -----------------------------------------------------------------------------------

def gdelt_actors(draw, count):
    """Ten cells each: code, name, country, group, ethnic, two creeds, three agents."""
    actors = []
    for i in range(count):
        country = COUNTRIES[min(int(draw.expovariate(0.03)), len(COUNTRIES) - 1)]
        agent = draw.choice(AGENTS)
        other = draw.choice(AGENTS[3:]) if agent and draw.random() < 0.2 else ""
        if agent and draw.random() < 0.3:
            country = ""
        name = "".join(draw.choice(LETTERS) for _ in range(draw.randint(4, 16)))
        code = country + agent + other
        actors.append("\t".join([code, name, country, "", "", "", "", agent, other, ""]))
    return actors


def gdelt_places(draw, count):
    places = []
    for i in range(count):
        name = "".join(draw.choice(LETTERS.lower()) for _ in range(draw.randint(5, 14))).title()
        places.append("\t".join([
            "4", "%s, %s, %s" % (name, name[::-1], name[:6]), name[:2].upper(),
            name[:2].upper() + "%02d" % (i % 30), str(1000 + i % 25000),
            "%.4f" % draw.uniform(-60, 70), "%.4f" % draw.uniform(-170, 170),
            str(-draw.randint(100000, 3000000))]))
    return places


def gdelt_deeds():
    return ["\t".join([code, code[:3], code[:2], str(quad(int(code[:2]))), "%.1f" % (i % 20 - 10)])
            for i, code in enumerate(CODES)]


def make_gdelt(rows, file):
    draw = random.Random(1)
    actors, places, deeds = gdelt_actors(draw, 12000), gdelt_places(draw, 8000), gdelt_deeds()
    actor_weights, place_weights = zipf(len(actors)), zipf(len(places))
    deed_weights = list(itertools.accumulate(CODE_WEIGHTS))
    nobody, nowhere = "\t" * 9, "\t" * 6 + "\t"
    for begin in range(0, rows, BATCH):
        n = min(BATCH, rows - begin)
        first = draw.choices(actors, cum_weights=actor_weights, k=n)
        second = draw.choices(actors, cum_weights=actor_weights, k=n)
        deed = draw.choices(deeds, cum_weights=deed_weights, k=n)
        where = draw.choices(places, cum_weights=place_weights, k=n)
        chance = [draw.random() for _ in range(n)]
        day = 20150218 + begin * 20 // max(rows, 1) % 10
        lines = []
        for i in range(n):
            c = chance[i]
            date = day if c < 0.96 else 20150118 if c < 0.98 else 20140218
            mentions = int(c * 97) % 20 + 1
            lines.append(
                f"{410000000 + begin + i}\t{date}\t{date // 100}\t{date // 10000}\t"
                f"{date // 10000}.{int(c * 9999):04d}\t{first[i] if c > 0.1 else nobody}\t"
                f"{second[i] if c < 0.72 else nobody}\t{int(c * 2)}\t{deed[i]}\t{mentions}\t1\t"
                f"{mentions}\t{(c - 0.6) * 9:.14f}\t{where[i] if c > 0.2 else nowhere}\t"
                f"{where[i] if c < 0.6 else nowhere}\t{where[i]}\t{day}234500\t"
                f"http://www.newspaper{int(c * 900)}.com/news/world/{day}/article-{int(c * 1e6):06d}-"
                f"{deed[i][:3]}-of-the-busy-day.html\n")
        file.write("".join(lines))


# --- GED -------------------------------------------------------------------------------------

def words(draw, n):
    return " ".join("".join(draw.choice("aeiourtnslmdk") for _ in range(draw.randint(2, 9)))
                    for _ in range(n))


def ged_dyads(draw, count):
    """Violence, names and ids of conflict, dyad and sides, country, gwnos."""
    dyads = []
    for i in range(count):
        kind = draw.choices("123", [6, 1, 2])[0]
        country = draw.randint(2, 990)
        where = words(draw, 1).title()
        a = ("Government of " + where, 1 + country) if kind != "2" else (words(draw, 2).title(),
                                                                         2000 + i)
        b = ("Civilians", 9999) if kind == "3" else (words(draw, draw.randint(1, 4)).title(),
                                                     5000 + i)
        dyads.append((kind, where, country, a, b))
    return dyads


def ged_row(draw, number, dyad, text):
    kind, where, country, (a, a_id), (b, b_id) = dyad
    year = draw.randint(1989, 2023)
    day = "%d-%02d-%02d" % (year, draw.randint(1, 12), draw.randint(1, 28))
    deaths = [int(draw.expovariate(0.2)) if draw.random() < 0.5 else 0 for _ in range(4)]
    best = sum(deaths)
    pair = '"%s - %s"' % (a, b)
    lat, lon = draw.uniform(-30, 60), draw.uniform(-80, 120)
    giver = '"%s"' % text[:20] if draw.random() < 0.6 else ""
    note = '""%s"" said so' % text[3:30] if draw.random() < 0.1 else text[:100]
    if draw.random() < 0.03:
        note += "\n" + text[:30]
    return (f'{number},"{where[:3].upper()}-{year}-{kind}-{country}-{number % 977}",{year},TRUE,'
            f'"Clear",{kind},"{a_id}",{a_id},{pair},"{b_id}",{b_id},{pair},"{a_id}",{a_id},"{a}",'
            f'"{b_id}",{b_id},"{b}",{number % 5 - 1},"{note}","{text[20:44]}","{day}",'
            f'"{text[7:60]}",{giver},{number % 6 + 1},"{text[5:25]}","{text[9:60]}",'
            f'"{text[11:30]} state","{text[2:19]} district",{lat:.6f},{lon:.6f},'
            f'"POINT ({lon:.6f} {lat:.6f})",{number % 250000},"{where}",{country},"Asia",'
            f'{number % 2 + 1},1,"{day} 00:00:00.000","{day} 00:00:00.000",{deaths[0]},{deaths[1]},'
            f'{deaths[2]},{deaths[3]},{best},{best + best // 9},{best - best // 9},'
            f'"{country if kind != "2" else ""}",\n')


def make_ged(rows, file):
    draw = random.Random(1)
    dyads = ged_dyads(draw, 1500)
    weights = zipf(len(dyads))
    texts = [words(draw, 40) for _ in range(500)]
    file.write("id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,"
               "conflict_new_id,conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,"
               "side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
               "source_article,source_office,source_date,source_headline,source_original,"
               "where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,"
               "geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,"
               "date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,"
               "low,gwnoa,gwnob\n")
    for begin in range(0, rows, BATCH):
        n = min(BATCH, rows - begin)
        chosen = draw.choices(dyads, cum_weights=weights, k=n)
        file.write("".join(ged_row(draw, 100 + begin + i, dyad, texts[(begin + i * 7) % 500])
                           for i, dyad in enumerate(chosen)))


def main():
    kind, rows, path = sys.argv[1:]
    with open(path, "w", encoding="utf-8", newline="") as file:
        {"gdelt": make_gdelt, "ged": make_ged}[kind](int(rows), file)


if __name__ == "__main__":
    main()
