"""The site target with its blocks."""

from papers.models import Workshop
from program.models import SiteBlock, SiteTarget
from program.workshop_files.tables.rows import save_row, take_fields
from program.workshop_files.values import BlockSettings, SiteSettings, WorkshopSettings


def read_site(workshop: Workshop) -> SiteSettings | None:
    """Return the site target, or nothing."""
    target = SiteTarget.objects.filter(workshop=workshop).prefetch_related("blocks").first()
    if target is None:
        return None
    blocks = tuple(take_fields(BlockSettings, block, options=tuple(sorted(block.options.items()))) for block in target.blocks.all())
    return take_fields(SiteSettings, target, blocks=blocks)


def save_site(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write the site target; what was last published stays known."""
    target = SiteTarget.objects.filter(workshop=workshop).prefetch_related("blocks").first()
    if settings.site is None:
        if target:
            target.delete()
        return
    target = target or SiteTarget(workshop=workshop)
    save_row(target, url=settings.site.url)
    held = {(block.path, block.name): block for block in target.blocks.all()}
    for position, one in enumerate(settings.site.blocks, start=1):
        block = held.pop((one.path, one.name), None) or SiteBlock(target=target, path=one.path, name=one.name)
        save_row(block, position=position, format=one.format, options=dict(one.options), heading=one.heading)
    for block in held.values():
        block.delete()
