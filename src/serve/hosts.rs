//! Which `Host` a request may name. A page of a stranger can make a browser send requests here under the stranger's
//! own name (DNS rebinding) and read the answers; names are therefore refused, save those that always mean this machine.

use std::net::IpAddr;

/// Whether a request to a server bound to `interface` may name this `Host` (RFC 9110, section 7.2).
pub fn allowed(host: &str, interface: IpAddr) -> bool {
    let name = without_port(host);
    let lower = name.trim_end_matches('.').to_ascii_lowercase();
    if lower == "localhost" || lower.ends_with(".localhost") {
        return true;
    }
    let literal = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(name);
    match literal.parse::<IpAddr>() {
        // An address in figures cannot be rebound; on a loopback server another one is a mistake or a trick.
        Ok(address) => address.is_loopback() || address == interface || interface.is_unspecified(),
        Err(_) => false,
    }
}

fn without_port(host: &str) -> &str {
    match host.rfind(':') {
        // In `[::1]` the last colon is part of the address.
        Some(colon) if !host.ends_with(']') && host[colon + 1..].bytes().all(|b| b.is_ascii_digit()) => {
            &host[..colon]
        }
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_strangers_are_refused() {
        let check = |host: &str, interface: &str, expect: bool| {
            assert_eq!(allowed(host, interface.parse().unwrap()), expect, "{host} on {interface}");
        };
        check("localhost:1111", "127.0.0.1", true);
        check("LOCALHOST.", "127.0.0.1", true);
        check("site.localhost:1111", "127.0.0.1", true);
        check("127.0.0.1:1111", "127.0.0.1", true);
        check("[::1]:1111", "::1", true);
        check("[::1]", "::1", true);
        check("evil.example:1111", "127.0.0.1", false);
        check("localhost.evil.example", "127.0.0.1", false);
        check("127.0.0.1.evil.example", "127.0.0.1", false);
        check("192.168.1.7:1111", "127.0.0.1", false);
        check("192.168.1.7:1111", "0.0.0.0", true);
        check("192.168.1.7", "192.168.1.7", true);
        check("evil.example", "0.0.0.0", false);
        check("", "127.0.0.1", false);
        check(":", "127.0.0.1", false);
    }
}
