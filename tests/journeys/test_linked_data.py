"""Data blocks in a browser: there for machines, and no matter for the policy of the page."""

import json

import pytest

pytestmark = pytest.mark.journey

DESK = {"viewport": {"width": 1280, "height": 900}}
PATHS = {
    "/": "WebSite",
    "/programs/gb-scottish-detainee-visitors/": "Service",
    "/ar/programs/de-ag-abschiebehaft-pforzheim/": "Service",
    "/facilities/us-adelanto-ice-processing-center/": "Place",
    "/countries/FR/": "Country",
}
BLOCKS = "script[type='application/ld+json']"
INLINE = """() => {
  const script = document.createElement('script');
  script.textContent = 'window.ran = true';
  document.head.append(script);
}"""


@pytest.mark.parametrize("opened", [DESK], indirect=True)
def test_a_data_block_offends_no_policy_and_a_script_does(opened, site):
    opened.add_init_script(
        "window.refused = []; document.addEventListener("
        "'securitypolicyviolation', e => window.refused.push(e.violatedDirective))"
    )
    for path, kind in PATHS.items():
        answer = opened.goto(site.origin + path)
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        (text,) = opened.locator(BLOCKS).all_text_contents()
        assert json.loads(text)["@type"] == kind
        assert opened.evaluate("window.refused") == [], path
    assert opened.complaints == []
    opened.evaluate(INLINE)
    assert opened.evaluate("[window.ran, window.refused]") == [None, ["script-src-elem"]]
    assert opened.complaints != []
