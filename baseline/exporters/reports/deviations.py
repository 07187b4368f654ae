"""Which deviations of a norm were accepted, by whom, and until when: on one page."""

from collections import Counter

from baseline.exporters.reports.document import Block, Conclusion, Document, Tile, Tiles
from baseline.exporters.reports.material import Material
from baseline.exporters.reports.parts import SOON_DAYS, make_document
from baseline.exporters.reports.waiver_table import waiver_table, waivers_of_norm
from baseline.models.waiver import Standing, standing_of


def deviations_report(material: Material) -> Document:
    """The waivers that touch the norm, the first to end first."""
    say, day = material.say, material.request.day
    waivers = waivers_of_norm(material)
    counts = Counter(standing_of(each.starts, each.ends, day, SOON_DAYS) for each in waivers)
    valid = counts[Standing.STANDING] + counts[Standing.EXPIRING]
    used = {waiver for account in material.accounts for waiver in account.waivers}
    text = say(
        f"Op {say.day(day)} {'geldt 1 geaccepteerde afwijking' if valid == 1 else f'gelden {valid} geaccepteerde afwijkingen'}; een verlopen afwijking telt niet mee.",
        f"On {say.day(day)} {'1 accepted deviation is' if valid == 1 else f'{valid} accepted deviations are'} valid; one that has expired counts for nothing.",
    )
    blocks: list[Block] = [
        Conclusion(text, "doubt" if valid else "good"),
        Tiles(
            (
                Tile(str(valid), say("geldig", "valid"), "plain"),
                Tile(
                    str(counts[Standing.EXPIRING]),
                    say(f"verloopt binnen {SOON_DAYS} dagen", f"ends within {SOON_DAYS} days"),
                    "doubt" if counts[Standing.EXPIRING] else "plain",
                ),
                Tile(
                    str(counts[Standing.EXPIRED]),
                    say("verlopen", "expired"),
                    "bad" if counts[Standing.EXPIRED] else "plain",
                ),
                Tile(
                    str(len(used & {each.id for each in waivers})),
                    say("in de periode gebruikt", "used in the period"),
                    "plain",
                ),
            )
        ),
        waiver_table(material, waivers),
    ]
    title = say("Geaccepteerde afwijkingen", "Accepted deviations")
    return make_document(material, "DEVIATIONS", title, blocks, main_table="waivers")
