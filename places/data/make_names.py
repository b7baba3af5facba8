"""Write `names/<language>.json`: by its code what a state, province or city is called in a language
of the interface, as CLDR has it. Run at development time only, where CLDR is unpacked (Debian:
`unicode-cldr-core`):

    python places/data/make_names.py /usr/share/unicode/cldr

A place without a name there keeps the one it was given. So do places that a language would call
alike, such as a city and the province around it: nobody could tell them apart in a list.
"""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from babel import Locale

HERE = Path(__file__).parent
LANGUAGES = ("hi", "bn", "km", "th", "my", "es", "fr", "ur")  # of Filipino CLDR has none
# Cities of our own coding that have the name of the place around them, or that name a time zone.
LIKE = {"IN-DL-DEL": "IN-DL", "KH-PNH": "KH-12", "TH-BKK": "TH-10", "TH-SKA": "TH-74"}
ZONES = {"IN-WB-KOL": "Asia/Kolkata", "PH-MNL": "Asia/Manila"}


def parts(file: Path) -> dict[str, str]:
    """Of every country we have: CLDR writes IN-WB as inwb."""
    rows = ET.parse(file).iterfind(".//subdivision")  # noqa: S314 - a file of CLDR
    known = {str(row.get("type")).upper(): " ".join((row.text or "").split()) for row in rows}
    return {f"{code[:2]}-{code[2:]}": name.replace("\u200b", "") for code, name in known.items()}


def names(cldr: Path, language: str, countries: set[str]) -> dict[str, str]:
    file = cldr / "common" / "subdivisions" / f"{language}.xml"
    known = {code: name for code, name in parts(file).items() if code[:2] in countries}
    alike = Counter((code[:2], name) for code, name in known.items())
    known = {code: name for code, name in known.items() if alike[code[:2], name] == 1}
    known |= {city: known[code] for city, code in LIKE.items() if code in known}
    zones = Locale.parse(language).time_zones
    return known | {
        city: zones[zone]["city"] for city, zone in ZONES.items() if "city" in zones.get(zone, {})
    }


if __name__ == "__main__":
    listed = json.loads((HERE / "jurisdictions.json").read_text(encoding="utf-8"))
    ours = {row[0][:2] for row in listed}
    for language in LANGUAGES:
        rows = dict(sorted(names(Path(sys.argv[1]), language, ours).items()))
        text = json.dumps(rows, ensure_ascii=False, indent=0)
        (HERE / "names" / f"{language}.json").write_text(text + "\n", encoding="utf-8")
