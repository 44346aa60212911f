//! Rate limits, in memory: how often one network and one mail address may try something. Each replica counts for
//! itself, and a restart forgets; they keep nuisance out, they are not the lock on the door.

use crate::clock::Clock;
use crate::web::Error;
use governor::clock::Clock as Ticking;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Asking for a link by mail: to sign in, to set a password.
    MailLink,
    /// A wrong or right password.
    Password,
    /// Sending a request, or a reply from the customers' side.
    Submit,
    /// Searching and suggesting through the API.
    Search,
}

impl Limit {
    const ALL: [Self; 4] = [Self::MailLink, Self::Password, Self::Submit, Self::Search];

    /// (how many at once, seconds until one more is allowed) for an address, and for a network: a whole company may
    /// sit behind one.
    fn quotas(self) -> [(u32, f64); 2] {
        match self {
            Self::MailLink => [(5, 180.0), (30, 20.0)],
            Self::Password => [(8, 60.0), (40, 10.0)],
            Self::Submit => [(10, 60.0), (60, 10.0)],
            Self::Search => [(60, 0.1), (60, 0.1)],
        }
    }
}

/// Who is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// The network part of an IP address: all of IPv4, /64 of IPv6, which is what one customer gets.
    Network(IpAddr),
    /// A normalised mail address.
    Address(String),
}

impl From<IpAddr> for Key {
    fn from(address: IpAddr) -> Self {
        Self::Network(match address.to_canonical() {
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                IpAddr::from([a, b, c, d, 0, 0, 0, 0])
            }
            v4 => v4,
        })
    }
}

impl From<&str> for Key {
    fn from(address: &str) -> Self {
        Self::Address(address.to_owned())
    }
}

/// The portal's clock as governor reads it.
#[derive(Clone, Debug)]
struct Ticks(Clock);

impl Ticking for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(Duration::from_millis(u64::try_from(self.0.now()).unwrap_or_default()))
    }
}

type Limiter = RateLimiter<Key, DashMapStateStore<Key>, Ticks, NoOpMiddleware<Nanos>>;

/// All counters of this process.
pub struct Limits {
    clock: Ticks,
    /// Per limit: by address, by network.
    limiters: Vec<[Limiter; 2]>,
}

impl Limits {
    pub fn new(clock: Clock) -> Self {
        let clock = Ticks(clock);
        let limiter = |(burst, seconds): (u32, f64)| {
            let quota = Quota::with_period(Duration::from_secs_f64(seconds))
                .expect("every period is longer than zero")
                .allow_burst(NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN));
            RateLimiter::dashmap_with_clock(quota, clock.clone())
        };
        Self {
            limiters: Limit::ALL.map(|limit| limit.quotas().map(limiter)).into_iter().collect(),
            clock: clock.clone(),
        }
    }

    /// Counts one try; [`Error::TooMany`] with the seconds to wait when there were too many. Refused tries are not
    /// counted. Searches from the machine itself are not limited: its own tools measure there.
    pub fn check(&self, limit: Limit, key: impl Into<Key>) -> Result<(), Error> {
        let key = key.into();
        let kind = match &key {
            Key::Network(address) if limit == Limit::Search && address.is_loopback() => return Ok(()),
            Key::Address(_) => 0,
            Key::Network(_) => 1,
        };
        self.limiters[limit as usize][kind].check_key(&key).map_err(|refused| {
            let wait = refused.wait_time_from(self.clock.now());
            metrics::counter!("kotae_limited_total", "limit" => format!("{limit:?}")).increment(1);
            Error::TooMany(wait.as_secs().max(1))
        })
    }

    /// Frees what nobody has used for a while.
    pub fn forget_idle(&self) {
        for limiter in self.limiters.iter().flatten() {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SECOND;

    fn tries(limits: &Limits, limit: Limit, key: impl Into<Key> + Clone) -> usize {
        (0..1000).take_while(|_| limits.check(limit, key.clone()).is_ok()).count()
    }

    #[test]
    fn too_many_tries_wait_and_say_how_long() {
        let clock = Clock::manual(1_000_000);
        let limits = Limits::new(clock.clone());
        assert_eq!(tries(&limits, Limit::MailLink, "hotaru@hoshizora.example"), 5);
        let refused = limits.check(Limit::MailLink, "hotaru@hoshizora.example");
        assert!(matches!(refused, Err(Error::TooMany(180))), "{refused:?}");
        assert_eq!(tries(&limits, Limit::MailLink, "penny@lanternfish.example"), 5, "others are not held up");
        assert_eq!(tries(&limits, Limit::Password, "hotaru@hoshizora.example"), 8, "nor other things");
        clock.advance(180 * SECOND);
        assert_eq!(tries(&limits, Limit::MailLink, "hotaru@hoshizora.example"), 1);
    }

    #[test]
    fn an_ipv6_customer_is_one_network_and_a_mapped_ipv4_is_itself() {
        let key = |text: &str| Key::from(text.parse::<IpAddr>().unwrap());
        assert_eq!(key("2001:db8:1:2:aaaa::1"), key("2001:db8:1:2:bbbb::2"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
        assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
    }

    #[test]
    fn searching_is_limited_for_others_and_free_on_the_machine_itself() {
        let limits = Limits::new(Clock::manual(0));
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        assert_eq!(tries(&limits, Limit::Search, address("192.0.2.1")), 60);
        assert_eq!(tries(&limits, Limit::Search, address("127.0.0.1")), 1000);
        assert_eq!(tries(&limits, Limit::Password, address("127.0.0.1")), 40);
    }

    #[test]
    fn idle_counters_are_forgotten() {
        let clock = Clock::manual(0);
        let limits = Limits::new(clock.clone());
        tries(&limits, Limit::Submit, "hotaru@hoshizora.example");
        clock.advance(3600 * SECOND);
        limits.forget_idle();
        assert!(limits.limiters.iter().flatten().all(RateLimiter::is_empty));
    }
}
