//! What this path looks up a source in.

use crate::facts::RegionFacts;
use crate::facts::msk::{MskCluster, MskFacts};

/// The region, and an MSK cluster where one is chosen: only [`SourceChoice::MskServerless`] needs it.
///
/// [`SourceChoice::MskServerless`]: super::choices::SourceChoice::MskServerless
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// What the region holds.
    pub region: &'a RegionFacts,
    /// What is known of the chosen cluster, its VPC above all.
    pub msk: Option<&'a MskFacts>,
}

impl<'a> From<&'a RegionFacts> for Facts<'a> {
    fn from(region: &'a RegionFacts) -> Self {
        Self { region, msk: None }
    }
}

impl<'a> Facts<'a> {
    /// A cluster as it was read last: by itself, or in the list.
    pub(super) fn cluster(self, arn: &str) -> Option<&'a MskCluster> {
        let afresh = self.msk.and_then(|it| it.cluster.known());
        let listed = self.region.msk_clusters.known().into_iter().flatten();
        afresh.into_iter().chain(listed).find(|it| it.arn == arn)
    }
}
