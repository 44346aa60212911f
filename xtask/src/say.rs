//! What the commands tell the person at the terminal: one line per step, with its reason.

/// Announces a step: what is done, and why.
pub fn step(what: &str, why: &str) {
    eprintln!("==> {what} ({why})");
}

/// Adds a fact below a step.
pub fn note(text: &str) {
    eprintln!("    {text}");
}

/// Opens one part of a longer command.
pub fn heading(title: &str) {
    eprintln!("\n=== {title} {}", "=".repeat(72usize.saturating_sub(title.chars().count())));
}

/// Tells what went wrong, from the outermost reason to the innermost.
pub fn failure(error: &anyhow::Error) {
    eprintln!("error: {error}");
    for cause in error.chain().skip(1) {
        eprintln!("  because: {cause}");
    }
}
