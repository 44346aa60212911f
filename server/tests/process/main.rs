//! The program as an operator meets it: started, asked, killed, started again.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "what cannot be had here fails the test, and a test outside the program has only the system's clock"
)]

mod crash;
mod portal;
mod startup;
