//! The program as a person or a pipeline calls it: arguments, environment and input go in; exit status, standard output
//! and standard error come out.

mod arguments;
mod check;
mod connect;
mod export;
mod serve;
mod support;
mod token;
