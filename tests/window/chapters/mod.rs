//! The way through the window, chapter by chapter: every page, dialog and state is a stop with a name that stays.
//! What is looked for at a stop is the visit's own (`visit`).
//!
//! - `job`: the first start, the main job, and the pages around it
//! - `sources`: other sources, reuse, and what does not go
//! - `advice`: what is recommended for which source
//! - `cluster`: MSK multi-VPC connectivity
//! - `balanced`: VPC endpoint services, and whose connections they accept
//! - `by_hand`: without a ClickHouse key
//! - `aftercare`: changing a gateway's groups, and deleting what was made
//! - `stops`: runs that stand still
//! - `panel`: the sandbox's panel and its exercises
//! - `states`: what pages show that are loading, empty, refused, crowded, small or large

pub mod advice;
pub mod aftercare;
pub mod balanced;
pub mod by_hand;
pub mod cluster;
pub mod job;
pub mod panel;
pub mod sources;
pub mod states;
pub mod stops;

use std::time::Duration;

use super::Window;

/// A run in a sandbox whose clock runs at [`FAST`].
const A_FAST_RUN: Duration = Duration::from_mins(1);
/// How fast the sandbox's clock runs where nobody watches a run. Faster, a moment of this computer's would be longer
/// than a run waits.
const FAST: f64 = 240.0;

/// Profiles as an admin may have them: one that can be tried (nothing listens where it leads), one that is not signed
/// in, one whose kind is not supported yet.
pub const PROFILES: &str = "\
[profile development]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
region = us-east-1
endpoint_url = http://127.0.0.1:9

[profile production]
sso_session = company
sso_account_id = 111122223333
sso_role_name = CloudAdmin
region = us-east-1

[profile staging-mfa]
role_arn = arn:aws:iam::444455556666:role/CloudAdmin
source_profile = production
mfa_serial = arn:aws:iam::444455556666:mfa/phone
region = eu-central-1

[sso-session company]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1
";

/// Goes to a page with the keys that lead there, since links may be folded away: `g`, and the page's letter.
pub async fn go(window: &Window, letter: &str, heading: &str) {
    window.let_focus_go().await;
    window.type_keys("g").await;
    window.type_keys(letter).await;
    window.expect_heading(heading).await;
}
