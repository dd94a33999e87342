"""What a page may run and load, and what authors are told of."""

from __future__ import annotations

import pytest

from viva.base.reader import Source
from viva.build import security
from viva.course.settings import FILE, Settings
from viva.site import policy

HASH = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"  # of alert(1)


def rule(name: str, html: str, hosts: tuple[str, ...] = ()) -> list[str]:
    rules = dict(one.split(" ", 1) for one in policy.policy(html, hosts).split("; "))
    return rules[name].split()


def test_a_script_in_a_page_is_named_by_its_hash_and_data_are_not():
    assert rule("script-src", "<script>alert(1)</script>")[2:] == [HASH]
    assert rule("script-src", '<script type="module">alert(1)</script>')[2:] == [HASH]
    assert rule("script-src", '<script type="application/json">alert(1)</script>')[2:] == []
    assert rule("script-src", '<script defer src="a.js"></script>')[2:] == []


def test_nothing_inline_is_let_through_wholesale():
    html = '<script>a</script><style>b</style><p style="color: red">'
    assert "unsafe-inline" not in policy.policy(html)
    assert "unsafe-eval" not in policy.policy(html)


def test_a_style_that_an_author_wrote_into_a_tag_is_named_by_its_hash():
    one = rule("style-src", "<p style=\"font: 1em 'A'\">")
    other = rule("style-src", "<p style='font: 1em &#39;A&#39;'>")
    assert one == other
    assert one[2] == "'unsafe-hashes'"
    assert rule("style-src", "<p>") == ["'self'", "file:"]


def test_pictures_and_films_that_a_page_names_are_shown():
    html = '<img alt="" src="https://a.example/x.png"><video src="//b.example/y.mp4"></video>'
    assert rule("img-src", html)[4:] == ["https://a.example", "https://b.example"]
    assert "https://a.example" not in rule("script-src", html)


def test_a_host_of_the_settings_counts_for_everything():
    assert rule("default-src", "", ("https://video.example",))[2:] == ["https://video.example"]
    assert rule("script-src", "", ("https://video.example",))[2:] == ["https://video.example"]


def test_the_policy_stands_before_all_that_it_is_about():
    made = policy.secured('<html><head><meta charset="utf-8"><title>a</title></head></html>')
    assert made.startswith('<html><head><meta charset="utf-8"><meta http-equiv="Content-Security-')
    assert policy.secured("<head><title>").startswith("<head><meta http-equiv")


CASES = {
    "a frame": ('<iframe src="https://v.example/1"></iframe>', "content_security: [https://v.example]"),
    "a script": ('<script src="https://v.example/a.js"></script>', "content_security: [https://v.example]"),
    "a handler": ('<button onclick="go()">Go</button>', "will not run onclick"),
    "a diagram": ('<pre class="mermaid"><code>graph</code></pre>', "draws Mermaid"),
}


@pytest.mark.parametrize(("html", "said"), CASES.values(), ids=CASES.keys())
def test_what_would_be_lost_is_told(html, said):
    ((_, told),) = security.forbidden(html)
    assert said in told


@pytest.mark.parametrize(
    "html",
    [
        '<iframe src="assets/own.html"></iframe>',
        '<a href="https://v.example">there</a>',
        '<code>&lt;p onclick="x"&gt;</code> onclick="x"',
        '<img alt="" src="https://v.example/a.png">',
    ],
)
def test_what_works_is_not_told(html):
    assert list(security.forbidden(html)) == []


@pytest.mark.parametrize("host", ["https://v.example", "https://*.example"])
def test_a_host_of_the_settings_is_not_told(host):
    assert not list(security.forbidden('<iframe src="https://v.example/1"></iframe>', [host]))


def settings(given: object, **more: object) -> Settings:
    plugins = [{"viva": {"content_security": given}}]
    return Settings(Source(FILE, {}, {}), {"plugins": plugins, **more})


def test_settings_turn_it_off_or_add_hosts():
    assert settings(False).hosts is None
    assert settings(True).hosts == ()
    assert settings(["https://v.example"]).hosts == ("https://v.example",)
    scripts = ["own.js", {"path": "https://cdn.example/x.js", "defer": True}]
    assert settings(True, extra_javascript=scripts).hosts == ("https://cdn.example",)


@pytest.mark.parametrize("given", [["v.example"], ["https://v.example; script-src *"], "https"])
def test_what_is_no_host_is_told(given):
    (problem,) = settings(given).problems
    assert "https://video.example.org" in problem.message
