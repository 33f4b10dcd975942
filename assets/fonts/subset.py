"""Cuts the fonts of the window out of the full Inter family.

usage: python3 subset.py DIR_WITH_INTER_OTF

Keeps Latin, Greek and Cyrillic basics, punctuation, currency and arrows, and makes the
tabular figures the default ones, since the window shows columns of numbers
and cannot ask for font features.
"""
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

RANGES = [(0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x2C6, 0x2DD), (0x384, 0x3CE), (0x400, 0x45F),
          (0x1E80, 0x1E85), (0x2010, 0x2027), (0x2030, 0x203A), (0x20A0, 0x20BF), (0x2122, 0x2122),
          (0x2190, 0x2199), (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2265), (0x25CF, 0x25CF),
          (0x2713, 0x2713), (0xFB01, 0xFB02)]


def tabular(font):
    """Points the digits at their tabular forms."""
    gsub = font["GSUB"].table
    swap = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    swap.update(getattr(table, "ExtSubTable", table).mapping)
    for table in font["cmap"].tables:
        for code in range(0x30, 0x3A):
            if code in table.cmap:
                table.cmap[code] = swap.get(table.cmap[code], table.cmap[code])  # tables may share one map


def main(source):
    here = Path(__file__).parent
    for weight in ("Regular", "Medium", "SemiBold"):
        font = TTFont(Path(source) / f"Inter-{weight}.otf")
        tabular(font)
        options = Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], hinting=False,
                          desubroutinize=False, notdef_outline=True)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[c for a, b in RANGES for c in range(a, b + 1)])
        subsetter.subset(font)
        font.save(here / f"Inter-{weight}.otf")


main(sys.argv[1])
