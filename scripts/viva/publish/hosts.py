"""The files that hosts read: how long browsers may keep what, and which page is for a lost one."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

HEADERS = """\
/*
  Cache-Control: no-cache
  X-Content-Type-Options: nosniff
/*.woff2
  Cache-Control: public, max-age=604800
"""
"""What Netlify sends along: browsers ask whether a file is new, but for fonts."""
DETACHED = HEADERS.replace("/*.woff2\n", "/*.woff2\n  ! Cache-Control\n")
"""The same for Cloudflare, which sends what all rules say of a header unless one takes it away.

https://developers.cloudflare.com/pages/configuration/headers/#detach-a-header
"""
APACHE = """\
ErrorDocument 404 {base}404.html
AddType text/javascript .js
AddType application/manifest+json .webmanifest
AddType font/woff2 .woff2
AddType application/epub+zip .epub
<IfModule mod_headers.c>
  Header set Cache-Control "no-cache"
  Header set X-Content-Type-Options "nosniff"
  <FilesMatch "\\.woff2$">
    Header set Cache-Control "public, max-age=604800"
  </FilesMatch>
</IfModule>
"""
HOSTS = ("any", "apache", "cloudflare", "github", "netlify")


def files(host: str, address: str) -> Mapping[str, bytes]:
    """What a host reads beside the site; `address` is where the site will be."""
    made = {
        "apache": {".htaccess": APACHE.format(base=urlsplit(address).path or "/")},
        "cloudflare": {"_headers": DETACHED},
        "netlify": {"_headers": HEADERS},
        "github": {".nojekyll": ""},  # without it GitHub leaves out what begins with a stroke
    }
    return {name: text.encode() for name, text in made.get(host, {}).items()}
