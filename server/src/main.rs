//! The `kotae` program: see `kotae --help`.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Many small things that live short, many threads, and articles that are kept a while: where the system's allocator
/// leaves holes, this one gives memory back, and takes half of the time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    kotae::cli::run()
}
