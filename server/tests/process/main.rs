//! The program as an operator meets it: started, asked, killed, started again.

mod crash;
mod portal;
mod startup;
