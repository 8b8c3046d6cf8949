"""What a web page states of its article where no reader sees it.

In `<meta>`, `<title>`, links and JSON-LD, of which most pages have one or the other. What they show
is for `masthead` to find.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple

from chipstance.articles.dates import from_cell
from chipstance.patterns import lazily

_ATTRIBUTES = r"(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>"
_STATED = lazily(rf"<(?:meta\b|link\b|\w++(?=[^<>]*\bitemprop\s*=)){_ATTRIBUTES}", re.I)
_ATTRIBUTE = lazily(
    r"(?<![-\w:])(?P<name>property|name|itemprop|http-equiv|content|datetime|rel|href)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))",
    re.I,
)
# A title is shorter; every article that the page's data name is looked for in it.
_TITLE = lazily(r"<title\b[^<>]*>(?P<inside>[^<]{0,1000}+)", re.I)
_LINKED_DATA = lazily(r"<script\b(?=[^<>]*\bld\+json\b)[^<>]*+>", re.I)
# Names of metadata that say when an article was published, and not when it was changed.
_PUBLISHED = lazily(
    r"(?!.*(?:modif|updat|expir|revis|valid))"
    r".*(?:publi(?:sh|cation)|pub_?(?:date|time)|date|issued|created?\b|release|post_?time|\bptime)"
)
_TITLES = ("og:title", "twitter:title", "headline", "title")
_SITES = ("og:site_name", "application-name", "publisher", "dc.publisher", "mediaid", "source")
# On this site everyone publishes.
_PLATFORMS = frozenset({"微信公众平台"})
_ACCOUNT = lazily(
    rf"<\w+\b(?=[^<>]*\bid=[\"']js_name[\"']){_ATTRIBUTES}(?P<name>[^<]{{1,200}})",
    hints=("js_name",),
)
_CREATED = lazily(
    r"\bvar\s+(?:ct|createTime|oriCreateTime)\s*=\s*[\"'](?P<stamp>[^\"'<>]{8,40})[\"']"
)
# Browsers write where they saved a page from above it.
_SAVED_FROM = lazily(r"<!-- saved from url=\(\d+\)(?P<address>\S+) -->", hints=("saved from",))
_HOST = lazily(r"https?://(?:www\.)?(?P<host>[^/:?#]+)", re.I)
_DEEPEST = 6


class Metadata(NamedTuple):
    """What a page states of its article.

    Attributes:
        titles: Its headline as metadata have it, the likeliest first.
        window: What stands above the window: the headline, with sections and the site or without.
        stamp: When it was published, as it is written, or None.
        site: Who publishes it, or None.
        address: Where the page is from, or None.
    """

    titles: tuple[str, ...]
    window: str
    stamp: str | None
    site: str | None
    address: str | None

    @property
    def all_titles(self) -> tuple[str, ...]:
        """The titles, and that of the window where it has one."""
        return (*self.titles, self.window) if self.window else self.titles

    @property
    def host(self) -> str | None:
        """The site's name in the net."""
        found = _HOST.match(self.address or "")
        return found["host"].lower() if found else None


def metadata(html: str, end: int | None = None) -> Metadata:
    """Read what a page states of its article.

    Args:
        html: The decoded page.
        end: Where the article ends: what elements behind it state is of others.
    """
    named, stamps = _named(html, len(html) if end is None else end)
    window = _TITLE.search(html)
    title = _plain(window["inside"]) if window else ""
    found = list(_articles(html))
    # The page's own, where others are listed beside it.
    data = next((each for each in found if _is_of(each, title)), found[0] if found else {})
    account = _ACCOUNT.search(html)
    created = _CREATED.search(html) if account else None
    saved = _SAVED_FROM.search(html)
    headline, publisher = data.get("headline"), data.get("publisher")
    site = publisher.get("name") if isinstance(publisher, dict) else publisher
    return Metadata(
        _texts(*map(named.get, _TITLES), headline),
        title,
        next(_stamps([data.get("datePublished"), *stamps, created and created["stamp"]]), None),
        next(
            filter(_is_site, _texts(account and account["name"], *map(named.get, _SITES), site)),
            None,
        ),
        next(iter(_texts(named.get("canonical"), named.get("og:url"), saved and saved[1])), None),
    )


def _named(html: str, end: int) -> tuple[Mapping[str, str], list[str]]:
    """What elements before `end` say, by name, and what says when the article was published."""
    named: dict[str, str] = {}
    stamps = []
    for tag in _STATED.finditer(html, 0, end):
        found = {
            each["name"].lower(): each["double"] or each["single"] or each["bare"] or ""
            for each in _ATTRIBUTE.finditer(tag[0])
        }
        names = [found.get(key, "").lower() for key in ("property", "name", "itemprop", "rel")]
        name = next(filter(None, [*names, found.get("http-equiv", "").lower()]), "")
        value = found.get("content") or found.get("datetime") or found.get("href") or ""
        named.setdefault(name, value)
        if _PUBLISHED.match(name):
            stamps.append(value)
    return named, stamps


def _articles(html: str) -> Iterator[Mapping[str, Any]]:
    """What the page's linked data say of articles, its own and others, in the order of the page."""
    at = 0
    while script := _LINKED_DATA.search(html, at):
        at = html.find("</script", script.end())
        if at < 0:
            return
        try:
            found = json.loads(html[script.end() : at], strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _with_headline(found, _DEEPEST)


def _with_headline(found: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if isinstance(found, dict) and ("datePublished" in found or "headline" in found):
        yield found
    elif depth and isinstance(found, (dict, list)):
        for each in found.values() if isinstance(found, dict) else found:
            yield from _with_headline(each, depth - 1)


def _is_of(article: Mapping[str, Any], title: str) -> bool:
    headline = article.get("headline")
    return isinstance(headline, str) and len(headline) > 1 and _plain(headline) in title


def _stamps(values: list[object]) -> Iterator[str]:
    return (text for text in _texts(*values) if from_cell(text))


def _texts(*values: object) -> tuple[str, ...]:
    return tuple(text for value in values if isinstance(value, str) and (text := _plain(value)))


def _plain(text: str) -> str:
    return " ".join(unescape(text).split())


def _is_site(name: str) -> bool:
    return name not in _PLATFORMS and "://" not in name and len(name) <= 60
