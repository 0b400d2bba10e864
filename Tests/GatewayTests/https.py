"""Endpoints of https, good and bad in every way, and the YAMLs that reach them."""

from configurations import ABSENT_PORT, ADDRESS, FOLDER, PRIMARY_PORT, UNLIMITED

# Servers of https, each with one thing that is its own. nginx stands at the first of them.
NGINX_KINDS = ("good", "expired", "misnamed", "alone", "unknown", "truncated", "mutual", "rotating")
NGINX_KINDS += ("old", "ancient", "plain")
TLS_KINDS = (*NGINX_KINDS, "demanding", "strict", "mute", "manual")
TLS_PORTS = {name: 18130 + number for number, name in enumerate(TLS_KINDS)}
TLS_FOLDER = f"{FOLDER}/tls"
# What an endpoint shows of itself.
TLS_IDENTITIES = {
    "mutual": (f"${{file:{TLS_FOLDER}/client.pem}}", "${TLS_CLIENT_KEY}"),
    "rotating": tuple(f"${{file:{TLS_FOLDER}/rotating-client.{end}}}" for end in ("pem", "key")),
}


def https_endpoint(kind, *lines, prefix=""):
    """An endpoint at the server of that kind, with further lines."""
    rows = [f"- name: {prefix}{kind}", f"  url: https://{ADDRESS}:{TLS_PORTS[kind]}"]
    rows += [f"  models: [{prefix}{kind}-model]", *(f"  {line}" for line in lines)]
    rows += ["  tls:", "    server_name: endpoint.test"]
    if kind in TLS_IDENTITIES:
        certificate, key = TLS_IDENTITIES[kind]
        rows += [f"    client_certificate: {certificate}", f"    client_key: {key}"]
    return "".join(f"  {row}\n" for row in rows)


HTTPS = (
    f"""\
# Endpoints of https that are good and bad in every way; what they trust is told at the start.
# Each is reached twice: by the gateway itself, and by libcurl.
server: {{{UNLIMITED}}}
timeouts: {{connect: 5s, tls: 5s}}
endpoints:
"""
    + "".join(
        https_endpoint(kind, *more, *lines, prefix=prefix)
        for kind in TLS_KINDS
        for more in ([("timeouts: {connect: 500ms, tls: 500ms}",)] if kind == "mute" else [()])
        for prefix, lines in [("", ()), ("wide-", ("proxy: environment",))]
    )
)

# Egress proxies of all kinds; the last one asks a proxy that the environment names.
PROXY_PORTS = {"plain": 18150, "secure": 18151, "socks": 18152}
PROXY_SECRET = f"{FOLDER}/proxy-password"


def proxied(name, kind, scheme, url, *lines):
    user = f"gateway:${{file:{PROXY_SECRET}}}"
    proxy = f'proxy: "{scheme}://{user}@{ADDRESS}:{PROXY_PORTS[kind]}"'
    rows = [f"- name: {name}", f"  url: {url}", f"  models: [{{name: {name}, upstream: gpt-4o}}]"]
    return "".join(f"  {row}\n" for row in (*rows, f"  {proxy}", *(f"  {line}" for line in lines)))


GOOD_URL = f"https://endpoint.test:{TLS_PORTS['good']}"
EGRESS = (
    f"server: {{workers: 1, {UNLIMITED}}}\n"
    "endpoints:\n"
    + proxied("asked", "plain", "http", f"http://{ADDRESS}:{PRIMARY_PORT}")
    + proxied("asked-secretly", "secure", "https", f"http://{ADDRESS}:{PRIMARY_PORT}")
    + proxied("tunnel", "plain", "http", GOOD_URL)
    + proxied("tunnel-secretly", "secure", "https", GOOD_URL)
    + proxied("socks", "socks", "socks5h", GOOD_URL)
    + proxied("socks-plain", "socks", "socks5h", f"http://endpoint.test:{PRIMARY_PORT}")
    + proxied("socks-two", "socks", "socks5h", GOOD_URL, 'http_version: "2"')
    + proxied(
        *("tunnel-mutual", "plain", "http", f"https://endpoint.test:{TLS_PORTS['rotating']}"),
        *("tls:", f"  client_certificate: {TLS_IDENTITIES['rotating'][0]}"),
        f"  client_key: {TLS_IDENTITIES['rotating'][1]}",
    )
    + proxied("tunnel-expired", "plain", "http", f"https://endpoint.test:{TLS_PORTS['expired']}")
    + proxied("socks-unknown", "socks", "socks5h", f"https://endpoint.test:{TLS_PORTS['unknown']}")
    + proxied("tunnel-nowhere", "plain", "http", f"https://{ADDRESS}:{ABSENT_PORT}")
)

SECURED = f"""\
# Clients come over TLS.
server:
  {UNLIMITED}
  tls: {{certificate: {TLS_FOLDER}/gateway.pem, key: {TLS_FOLDER}/gateway.key}}
endpoints:
  - name: primary
    url: http://{ADDRESS}:{PRIMARY_PORT}
"""
