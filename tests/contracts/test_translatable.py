"""No string escapes translation: templates hold no words of their own."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "frontend/templates").rglob("*.html"))
SPOKEN = {"alt", "title", "placeholder", "aria-label", "label", "content"}

# A sheet of samples: a page for builders, half of it written in Arabic on purpose.
EXEMPT = {
    "components.html": "the component sheet shows invented samples",
    "specimens.html": "the samples themselves, in several languages",
}


class Words(HTMLParser):
    """Collects the words of a template that stand outside translation."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style", "code", "pre")
        if tag == "meta" and dict(attrs).get("name") != "description":
            return
        for name, value in attrs:
            if name in SPOKEN and value and re.search(r"[^\W\d_]{2}", value):
                self.found.append(f"{name}={value}")

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style", "code", "pre")

    def handle_data(self, data):
        if not self.silent and re.search(r"[^\W\d_]{2}", data):
            self.found.append(data.strip())


def words_of(text):
    text = re.sub(r"{% comment.*?endcomment %}", "", text, flags=re.DOTALL)
    text = re.sub(r"{#.*?#}", "", text, flags=re.DOTALL)
    text = re.sub(r"{% blocktranslate.*?endblocktranslate %}", "", text, flags=re.DOTALL)
    text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
    parser = Words()
    parser.feed(text)
    return parser.found


def test_a_template_holds_no_words_of_its_own():
    found = {
        path.relative_to(ROOT).as_posix(): words
        for path in TEMPLATES
        if path.name not in EXEMPT and (words := words_of(path.read_text()))
    }
    assert found == {}


def test_the_search_would_find_them():
    planted = '<p aria-label="Close it">{% translate "fine" %} Not fine</p><code>GET x</code>'
    assert words_of(planted) == ["aria-label=Close it", "Not fine"]


def test_labels_of_vocabularies_and_forms_are_translatable():
    """A literal given to a label, a help text or an error is wrapped in a gettext call."""
    names = {"label", "help_text", "empty_label", "verbose_name"}
    for folder in ("frontend/forms", "directory/enums", "network/enums.py"):
        target = ROOT / folder
        files = [target] if target.is_file() else target.rglob("*.py")
        for path in files:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.keyword) and node.arg in names:
                    assert not isinstance(node.value, ast.Constant) or not node.value.value, (
                        f"{path}:{node.value.lineno}"
                    )
