//! Installs what is missing, and only that. Looking takes well under a second, so every command
//! looks each time.

mod page;
mod python;
mod rust;
mod system;

pub(crate) use page::{build as build_page, npm};
pub(crate) use python::Python;

use crate::checkout::Checkout;
use crate::stop::Stop;

/// What a command is going to do; more needs more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Build and open the window.
    Run,
    /// Run the library tests.
    Test,
    /// Open windows on a display of our own.
    Windows,
}

/// Installs the system's packages that this needs, and the page's.
pub(crate) fn for_purposes(checkout: &Checkout, purposes: &[Purpose]) -> Result<(), Stop> {
    system::install(purposes)?;
    page::install(checkout)
}

/// Installs rustfmt and clippy.
pub(crate) fn lints(checkout: &Checkout) -> Result<(), Stop> {
    rust::install_lints(checkout)
}
