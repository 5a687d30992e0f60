"""Where a request comes from, for flood control: hashed before it is stored, and never logged."""

from ipaddress import IPv6Address, ip_address, ip_network

from aiohttp import web

UNKNOWN = "unknown"
_IPV6_PREFIX = 64  # what one connection is given as a rule: its addresses are one visitor


def source_of(request: web.Request, proxies: int) -> str:
    """The visitor's address, of IPv6 the network. `proxies` of the operator's own stand before this server.

    Each of them adds to X-Forwarded-For whom it was asked by; what a visitor has put there stands before that.
    """
    hops = [hop for line in request.headers.getall("X-Forwarded-For", ()) for hop in line.split(",")]
    hops.append(request.remote or "")
    return _network(hops[max(-1 - proxies, -len(hops))].strip())


def _network(written: str) -> str:
    try:
        address = ip_address(written)
    except ValueError:
        return UNKNOWN
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), _IPV6_PREFIX), strict=False))
    return str(address)
