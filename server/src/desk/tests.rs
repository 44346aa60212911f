//! What the desk promises, on both databases.

mod changes;
mod inbox;
mod numbers;
mod replies;
mod routing;
mod silent;
mod threads;
