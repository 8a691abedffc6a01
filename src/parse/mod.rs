//! Bytes of content files in; articles and their faults out.

pub mod decode;
pub mod marks;
pub mod wire;
