"""What a pair of eyes would notice on a page in a browser, asked of the browser."""

from axe_playwright_python.sync_playwright import Axe

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """
() => [...document.querySelectorAll('a[href], button, input, select, summary')]
  .filter(e => e.checkVisibility())
  .filter(e => !e.closest('p, dd, li p, .source, .hide, .prose, td, .crumb'))
  .map(e => [e.textContent.trim().slice(0, 40), e.getBoundingClientRect()])
  .filter(([, r]) => r.height > 0 && r.top >= 0 && r.height < 24)
  .map(([text, r]) => `${text} ${r.height}`)
"""
# What axe is told: contrast alone, all but contrast.
VIOLATIONS = {"resultTypes": ["violations"]}
CONTRAST = {**VIOLATIONS, "runOnly": ["color-contrast"]}
STRUCTURE = {**VIOLATIONS, "rules": {"color-contrast": {"enabled": False}}}


def faults(page, options=VIOLATIONS):
    """What axe finds, as pairs of a rule and the first element; it needs a page with scripts.

    Colours that are on their way from one state to the next are nobody's contrast, so nothing
    moves while it looks.
    """
    page.emulate_media(reduced_motion="reduce")
    found = Axe().run(page, options=options).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
