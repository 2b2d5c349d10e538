//! Has the crate built again when the pages that it embeds were.

fn main() {
    println!("cargo:rerun-if-changed=../../web/dist");
}
