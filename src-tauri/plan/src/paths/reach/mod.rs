//! How far traffic gets inside the customer's network: where a source is, and whether security groups let its port
//! through. For every path that puts something into the VPC in front of the source.

pub(super) mod destination;
pub(super) mod port_path;
pub(super) mod security_gate;
