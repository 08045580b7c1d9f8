#!/usr/bin/env python3
"""Writes Tests/CloudflareECSTests/Fixtures/timestamp-cases.tsv: texts and what rule 7 makes of them.

Each row is a text, the moment with six fraction digits, and the moment with 3, 6 or 9. The last two
are empty if the text is unreadable. A readable text is written from a moment (a whole number of
nanoseconds since 1970), so that the expected value never comes out of a parser; the calendar is
datetime's, and every number is an integer. The seed is fixed: the same file every time.
"""

import random
from datetime import datetime, timedelta
from pathlib import Path

FIXTURE = Path(__file__).parent.parent / "CloudflareECSTests/Fixtures/timestamp-cases.tsv"
EPOCH = datetime(1970, 1, 1)
NANOSECONDS = 10**9
FIRST = (datetime(1, 1, 1) - EPOCH) // timedelta(seconds=1)
LAST = (datetime(9999, 12, 31, 23, 59, 59) - EPOCH) // timedelta(seconds=1)

COMMON_YEARS = [year for year in range(1, 10000) if year % 4 or not year % 100 and year % 400]
BAD_ZONES = [
    "+2:00", "+020", "+02:0", "ZZ", "X", "+", "\u00b102:00", "+02:00:00", "utc", " CEST", "  Z",
    "+02:00CEST", " +02:00 AB", "Z ABCDEF", "UTC Utc", " UTC UTC UTC", "+0260", " -2400",
]

rng = random.Random(20220712)
rows = []


def calendar(seconds):
    return EPOCH + timedelta(days=seconds // 86400, seconds=seconds % 86400)


def readable(text, seconds, nanoseconds):
    """A row whose moment is known; unreadable if it is outside the years 1 to 9999."""
    if not FIRST <= seconds <= LAST:
        return unreadable(text)
    start = calendar(seconds).isoformat(timespec="seconds")
    fraction = f"{nanoseconds:09}"
    if fraction.endswith("000000"):
        shortest = fraction[:3]
    elif fraction.endswith("000"):
        shortest = fraction[:6]
    else:
        shortest = fraction
    rows.append((text, f"{start}.{fraction[:6]}Z", f"{start}.{shortest}Z"))


def unreadable(text):
    rows.append((text, "", ""))


def digits(count):
    return "".join(rng.choice("0123456789") for _ in range(count))


def fraction():
    """Digits of a fraction, and the nanoseconds that they are when the rest is cut."""
    text = digits(rng.choice([1, 2, 3, 3, 3, 4, 6, 6, 6, 7, 8, 9, 9, 9, 10, 12, 15, 40]))
    if rng.random() < 0.2:
        text = text[: rng.randrange(len(text))] + "0" * 6
    if rng.random() < 0.05:
        text = "9" * len(text)
    return text, int(text[:9].ljust(9, "0"))


def unix(low, high, per_second):
    """A whole number of units from low to high - 1."""
    if rng.random() < 0.8:
        value = rng.randrange(low, high)
    else:
        value = rng.choice([low, low + 1, high - 1, high - 2])
    text = "0" * rng.choice([0, 0, 0, 0, 1, 3, 12]) + str(value)
    seconds, rest = divmod(value, per_second)
    readable(text, seconds, rest * (NANOSECONDS // per_second))


def unix_fraction():
    seconds = rng.choice([rng.randrange(10**11), rng.randrange(2 * 10**9), 0, 10**11 - 1])
    text, nanoseconds = fraction()
    readable("0" * rng.choice([0, 0, 0, 2]) + f"{seconds}.{text}", seconds, nanoseconds)


def unix_integral():
    """A Unix time as a decimal without a fraction, or with an exponent that leaves none."""
    low, high, per_second = rng.choice(
        [
            (0, 10**11, 1),
            (10**11, 10**14, 10**3),
            (10**14, 10**17, 10**6),
            (10**17, (LAST + 1) * NANOSECONDS, 10**9),
        ]
    )
    value = rng.randrange(low, high)
    if rng.random() < 0.3:
        value -= value % 10 ** rng.randrange(1, 9)  # digits that an exponent takes
        value = max(value, low)
    shift = rng.choice([0, 0, rng.randrange(25), -rng.randrange(6)])
    if shift >= 0:
        text = str(value).rjust(shift + 1, "0")
        whole, rest = text[: len(text) - shift], text[len(text) - shift :]
        if rest and rng.random() < 0.5:
            rest = rest.rstrip("0")
        rest += "0" * rng.choice([0, 0, 1, 3])
    else:
        whole, rest = str(value) + "0" * -shift, rng.choice(["", "0", "00"])
    text = "0" * rng.choice([0, 0, 0, 2]) + whole + ("." + rest if rest else "")
    if shift:
        sign = "-" if shift < 0 else rng.choice(["", "+"])
        text += rng.choice("eE") + sign + "0" * rng.choice([0, 0, 1]) + str(abs(shift))
    elif not rest:
        text += rng.choice([".0", ".000", "e0", "E+00", "e-0"])
    seconds, rest = divmod(value, per_second)
    readable(text, seconds, rest * (NANOSECONDS // per_second))


ZONES = ["Z", "z", "UTC", "", "offset", "offset"]
OFFSETS = [
    lambda hours, minutes: f"{hours:02}:{minutes:02}",
    lambda hours, minutes: f"{hours:02}{minutes:02}",
    lambda hours, minutes: f"{hours:02}" if not minutes else f"{hours:02}{minutes:02}",
]
NAMES = ["", "", "", " UTC", " CET", " CEST", " AAAAA", " GMT"]


def written(
    separators="Tt ", zones=("Z", "z", "offset"), offsets=OFFSETS[:1], spaces=("",), names=("",)
):
    if rng.random() < 0.9:
        local = rng.choice([rng.randrange(FIRST, LAST + 1), rng.randrange(2 * 10**9)])
    else:
        local = rng.choice([FIRST, LAST]) + rng.randrange(-90000, 90000)
        local = min(max(local, FIRST), LAST)
    separator = rng.choice(separators)
    text = calendar(local).isoformat(separator, timespec="seconds")
    nanoseconds = 0
    if rng.random() < 0.7:
        digits, nanoseconds = fraction()
        text += "." + digits
    zone = rng.choice(zones)
    offset = 0
    if zone == "offset":
        minutes = rng.choice([rng.randrange(24 * 60), 0, 60, 120, 330, 23 * 60 + 59])
        sign = rng.choice([1, -1])
        offset = sign * minutes * 60
        zone = ("+" if sign > 0 else "-") + rng.choice(offsets)(minutes // 60, minutes % 60)
    if zone:
        zone = rng.choice(spaces) + zone + rng.choice(names)
    readable(text + zone, local - offset, nanoseconds)


def broken():
    """A text of which every reader of rule 7 must say no, and why is plain to see."""
    year = rng.randrange(1, 10000)
    common = rng.choice(COMMON_YEARS)
    clock = f"{rng.randrange(24):02}:{rng.randrange(60):02}:{rng.randrange(60):02}"
    separator = rng.choice("T ")
    zone = rng.choice(["Z", "+02:00", "-11:30"])
    seconds = rng.randrange(10**9, 2 * 10**9)
    unreadable(
        rng.choice(
            [
                f"{common:04}-02-29{separator}{clock}{zone}",
                f"{year:04}-02-30{separator}{clock}{zone}",
                f"{year:04}-{rng.choice(['04', '06', '09', '11'])}-31{separator}{clock}{zone}",
                f"{year:04}-{rng.choice(['00', '13', '99'])}-10{separator}{clock}{zone}",
                f"{year:04}-07-{rng.choice(['00', '32', '99'])}{separator}{clock}{zone}",
                f"{year:04}-07-12{separator}24:00:00{zone}",
                f"{year:04}-07-12{separator}12:60:00{zone}",
                f"{year:04}-07-12{separator}23:59:60{zone}",
                f"0000-{rng.randrange(1, 13):02}-12{separator}{clock}{zone}",
                f"10000-01-01{separator}{clock}{zone}",
                f"{year:04}-07-12T{clock}.",
                f"{year:04}-07-12T{clock}.{digits(3)}.",
                f"{year:04}-07-12{separator}{clock}{rng.choice('+-')}24:00",
                f"{year:04}-07-12{separator}{clock}{rng.choice('+-')}12:60",
                f"{year:04}-07-12{separator}{clock}{rng.choice(BAD_ZONES)}",
                f"{year:04}-07-12{separator}{clock}.{zone}",
                f"{year:04}-07-12{separator}{clock},{digits(3)}{zone}",
                f"{year:04}-07-12{rng.choice('_/x')}{clock}{zone}",
                f"{year:04}-07-12",
                f"{year:04}-07-12{separator}12:57{zone}",
                f"{year:04}/07/12{separator}{clock}{zone}",
                f"{year:04}-7-12{separator}{clock}{zone}",
                f" {year:04}-07-12{separator}{clock}{zone}",
                f"{year:04}-07-12{separator}{clock}{zone} ",
                f"-{seconds}",
                f"+{seconds}",
                f"{seconds}e",
                f"{seconds}e3.0",
                f"{seconds}.5e0",
                f"1.{seconds}5E9",
                f"{seconds}1e-1",
                f"-{seconds}.0",
                f"-1.{seconds}E10",
                f"{seconds}e999999999",
                f"{seconds}.",
                f".{seconds}",
                f"{seconds}.5.5",
                f"{seconds}.+5",
                f"{seconds},5",
                f"{seconds}{digits(3)}.5",
                f"{seconds}{digits(9)}.01",
                f"{seconds} ",
                f" {seconds}",
                f"{seconds}Z",
                f"{seconds}_000",
                f"0x{seconds:x}",
                f"{rng.randrange(LAST + 1, 10**12)}{digits(9)}",
                f"1{digits(21)}",
                f"9{digits(rng.randrange(22, 60))}",
            ]
        )
    )


for _ in range(250):
    unix(0, 10**11, 1)
    unix(10**11, 10**14, 10**3)
    unix(10**14, 10**17, 10**6)
    unix(10**17, (LAST + 1) * NANOSECONDS, 10**9)
    unix(10**18, 10**19, 10**9)  # 19 digits
    unix_fraction()
    written()
    written("T", ("Z",))
    written(" ", ("",))
    written("T ", ("offset",))
    written("Tt ", ZONES, OFFSETS, ("", " "), NAMES)
    written("Tt ", ZONES, OFFSETS, ("", " "), NAMES)
    unix_integral()
    unix_integral()
    broken()
    broken()

for text in ["", " ", "0x", "now", "null", "true", "NaN", "Z", "T", "-", ".", "-0", "-0.0", "e0", "١٢٣"]:
    unreadable(text)

with FIXTURE.open("w", encoding="utf-8", newline="\n") as file:
    file.write("# Generated by Tests/Tools/generate_timestamp_cases.py. Do not edit.\n")
    for row in rows:
        file.write("\t".join(row) + "\n")
print(f"{len(rows)} rows, {sum(not row[1] for row in rows)} of them unreadable: {FIXTURE}")
