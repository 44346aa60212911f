//! The `kotae` program: see `kotae --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    kotae::cli::run()
}
