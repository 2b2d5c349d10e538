//! The real binary, over HTTP and on the command line, against local upstreams.

mod command_line;
mod crash;
mod journey;
mod real_model;
mod support;
