//! Rate limits, in memory: how often one network and one mail address may try something. Each replica counts for
//! itself, and a restart forgets; they keep nuisance out, they are not the lock on the door.

use crate::clock::Clock;
use crate::web::Error;
use governor::clock::Clock as Ticking;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// So many seconds' worth of searches may come at once: people type in bursts, a letter at a time.
const SEARCH_BURST: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Asking for a link by mail: to sign in, to set a password.
    MailLink,
    /// A wrong password; a right one is given back.
    Password,
    /// Sending a request, or a reply from the customers' side.
    Submit,
    /// Searching and suggesting, on the page and through the API.
    Search,
}

impl Limit {
    const ALL: [Self; 4] = [Self::MailLink, Self::Password, Self::Submit, Self::Search];

    /// (how many at once, seconds until one more is allowed) for an address, and for a network: a whole company may
    /// sit behind one. Searches are counted by network alone, `search_rate` of them a second; `None` is no limit.
    fn quotas(self, search_rate: Option<NonZeroU32>) -> [Option<(NonZeroU32, Duration)>; 2] {
        let quota = |burst, seconds| Some((NonZeroU32::new(burst)?, Duration::from_secs(seconds)));
        match self {
            Self::MailLink => [quota(5, 180), quota(30, 20)],
            Self::Password => [quota(8, 60), quota(40, 10)],
            Self::Submit => [quota(10, 60), quota(60, 10)],
            Self::Search => {
                let burst = |rate: NonZeroU32| rate.saturating_mul(SEARCH_BURST);
                [None, search_rate.map(|rate| (burst(rate), Duration::from_secs(1) / rate.get()))]
            }
        }
    }
}

/// Who is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// See [`network`].
    Network(IpAddr),
    /// A normalised mail address.
    Address(String),
}

/// The network part of an IP address: all of IPv4, /64 of IPv6, which is what one customer gets.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        v4 => v4,
    }
}

impl From<IpAddr> for Key {
    fn from(address: IpAddr) -> Self {
        Self::Network(network(address))
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
    /// Per limit: by address, by network; `None` where there is none.
    limiters: Vec<[Option<Limiter>; 2]>,
    /// Tries that were given back: they are used up before any other is counted.
    given_back: Mutex<HashMap<(Limit, Key), u32>>,
}

impl Limits {
    /// `search_rate`: searches a second for one network, over time; `None` for any number.
    pub fn new(clock: Clock, search_rate: Option<NonZeroU32>) -> Self {
        let clock = Ticks(clock);
        let limiter = |(burst, period): (NonZeroU32, Duration)| {
            let quota = Quota::with_period(period.max(Duration::from_nanos(1)))
                .expect("every period is longer than zero")
                .allow_burst(burst);
            RateLimiter::dashmap_with_clock(quota, clock.clone())
        };
        let limiters = |limit: Limit| limit.quotas(search_rate).map(|quota| quota.map(limiter));
        Self {
            limiters: Limit::ALL.map(limiters).into_iter().collect(),
            clock: clock.clone(),
            given_back: Mutex::default(),
        }
    }

    /// Counts one try; [`Error::TooMany`] with the seconds to wait when there were too many. Refused tries are not
    /// counted.
    pub fn check(&self, limit: Limit, key: impl Into<Key>) -> Result<(), Error> {
        let key = key.into();
        let kind = match &key {
            Key::Address(_) => 0,
            Key::Network(_) => 1,
        };
        let Some(limiter) = &self.limiters[limit as usize][kind] else { return Ok(()) };
        if self.take_back(limit, &key) {
            return Ok(());
        }
        limiter.check_key(&key).map_err(|refused| {
            let wait = refused.wait_time_from(self.clock.now());
            metrics::counter!("kotae_limited_total", "limit" => format!("{limit:?}")).increment(1);
            Error::TooMany(wait.as_secs().max(1))
        })
    }

    /// A try that turned out to be nobody's nuisance, such as a right password, is not counted after all. Whoever calls
    /// this has counted it before.
    pub fn give_back(&self, limit: Limit, key: impl Into<Key>) {
        let mut given = self.given_back.lock().unwrap_or_else(PoisonError::into_inner);
        *given.entry((limit, key.into())).or_default() += 1;
    }

    /// Uses up a try that was given back, if there is one.
    fn take_back(&self, limit: Limit, key: &Key) -> bool {
        // Most limits never give anything back, and a search should not wait for a lock.
        if limit != Limit::Password {
            return false;
        }
        let mut given = self.given_back.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = (limit, key.clone());
        match given.get_mut(&entry) {
            Some(1) => given.remove(&entry).is_some(),
            Some(left) => {
                *left -= 1;
                true
            }
            None => false,
        }
    }

    /// Frees what nobody has used for a while.
    pub fn forget_idle(&self) {
        for limiter in self.limiters.iter().flatten().flatten() {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        // By now the counters behind these have filled up again.
        self.given_back.lock().unwrap_or_else(PoisonError::into_inner).clear();
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
        let limits = Limits::new(clock.clone(), None);
        assert_eq!(tries(&limits, Limit::MailLink, "hotaru@hoshizora.example"), 5);
        let refused = limits.check(Limit::MailLink, "hotaru@hoshizora.example");
        assert!(matches!(refused, Err(Error::TooMany(180))), "{refused:?}");
        assert_eq!(tries(&limits, Limit::MailLink, "penny@lanternfish.example"), 5, "others are not held up");
        assert_eq!(tries(&limits, Limit::Password, "hotaru@hoshizora.example"), 8, "nor other things");
        clock.advance(180 * SECOND);
        assert_eq!(tries(&limits, Limit::MailLink, "hotaru@hoshizora.example"), 1);
    }

    #[test]
    fn a_try_that_is_given_back_counts_for_nobody() {
        let limits = Limits::new(Clock::manual(0), None);
        for _ in 0..100 {
            assert!(limits.check(Limit::Password, "midori@kotae.example").is_ok());
            limits.give_back(Limit::Password, "midori@kotae.example");
        }
        assert_eq!(tries(&limits, Limit::Password, "midori@kotae.example"), 8, "no more than there were");
        assert_eq!(tries(&limits, Limit::Password, "sora@kotae.example"), 8);
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
    fn a_network_searches_in_bursts_and_at_its_rate_over_time() {
        let clock = Clock::manual(0);
        let limits = Limits::new(clock.clone(), NonZeroU32::new(20));
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        assert_eq!(tries(&limits, Limit::Search, address("192.0.2.1")), 200);
        assert_eq!(tries(&limits, Limit::Search, address("192.0.2.2")), 200, "others are not held up");
        clock.advance(3 * SECOND);
        assert_eq!(tries(&limits, Limit::Search, address("192.0.2.1")), 60);
    }

    #[test]
    fn an_operator_can_lift_the_limit_on_searches_and_on_nothing_else() {
        let limits = Limits::new(Clock::manual(0), None);
        let address = "192.0.2.1".parse::<IpAddr>().unwrap();
        assert_eq!(tries(&limits, Limit::Search, address), 1000);
        assert_eq!(tries(&limits, Limit::Password, address), 40);
    }

    #[test]
    fn idle_counters_are_forgotten() {
        let clock = Clock::manual(0);
        let limits = Limits::new(clock.clone(), None);
        tries(&limits, Limit::Submit, "hotaru@hoshizora.example");
        clock.advance(3600 * SECOND);
        limits.forget_idle();
        assert!(limits.limiters.iter().flatten().flatten().all(RateLimiter::is_empty));
    }
}
