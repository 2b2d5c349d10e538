//! Which addresses may never be asked: everything that is not the public internet.
//!
//! Blocks are those of the IANA special-purpose registries (RFC 6890 and its updates).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address belongs to the public internet.
///
/// Loopback, private, link-local, metadata, carrier-grade, documentation, benchmarking, multicast
/// and reserved blocks are not, nor is an IPv6 address that embeds such an IPv4 one (mapped,
/// compatible, 6to4, NAT64, Teredo).
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match a {
        0 | 10 | 127 => true,
        100 => (64..128).contains(&b),
        169 => b == 254,
        172 => (16..32).contains(&b),
        192 => matches!((b, c), (0, 0 | 2) | (88, 99) | (168, _)),
        198 => matches!(b, 18 | 19) || (b, c) == (51, 100),
        203 => (b, c) == (0, 113),
        _ => a >= 224,
    };
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(v4) = embedded_v4(address) {
        return is_public_v4(v4);
    }
    let [first, second, ..] = address.segments();
    // Only 2000::/3 is handed out as global unicast; documentation (2001:db8::/32, 3fff::/20) and
    // the protocol block 2001::/23 inside it are not.
    (0x2000..0x4000).contains(&first)
        && !(first == 0x2001 && (second == 0xdb8 || second < 0x200))
        && !(first == 0x3fff && second < 0x1000)
}

fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let last = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] if high != 0 || low > 1 => Some(last(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => Some(last(high, low)),
        [0x2001, 0, .., high, low] => Some(last(!high, !low)),
        _ => None,
    }
}

/// Whether a host name is private by its very form: nobody outside can own it.
#[must_use]
pub fn is_private_name(host: &str) -> bool {
    const PRIVATE_SUFFIXES: [&str; 10] = [
        "localhost",
        "local",
        "internal",
        "intranet",
        "private",
        "corp",
        "home",
        "lan",
        "home.arpa",
        "localdomain",
    ];
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    !host.contains('.')
        || PRIVATE_SUFFIXES
            .iter()
            .any(|suffix| host.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.')))
}
