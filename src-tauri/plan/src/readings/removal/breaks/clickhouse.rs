//! What ClickHouse says uses the run's things: reverse private endpoints, and the pipes that go through them.

use super::{Found, name_and_id};
use crate::facts::clickhouse::{ClickPipe, ReversePrivateEndpoint};
use crate::pipe_use::{self, PipeUse};

impl Found<'_> {
    /// Reverse private endpoints that ClickHouse knows, but for the run's own.
    pub(super) fn endpoints(&mut self) {
        let used: Vec<&ReversePrivateEndpoint> = self
            .read(self.around.endpoints)
            .iter()
            .filter(|it| !self.is_own(it) && it.status.may_work())
            .collect();
        for endpoint in used {
            let Some((by, inferred)) = self.depends(endpoint) else {
                continue;
            };
            self.add(
                "Reverse private endpoint",
                name_and_id(&endpoint.description, &endpoint.id),
                format!(
                    "It reaches {} through the run's {by}.",
                    self.plan.source.name
                ),
                inferred,
            );
        }
    }

    /// Pipes that go through any endpoint that is deleted or broken.
    pub(super) fn pipes(&mut self) {
        let pipes = self.read(self.around.pipes);
        let affected: Vec<&ReversePrivateEndpoint> = self
            .around
            .endpoints
            .known()
            .into_iter()
            .flatten()
            .filter(|it| self.is_own(it) || self.depends(it).is_some())
            .collect();
        if affected.is_empty() && self.gone.endpoints.is_empty() {
            return;
        }
        for pipe in pipes {
            if let Some((because, inferred)) = self.breaks_pipe(pipe, &affected) {
                self.add("ClickPipe", pipe.name.clone(), because, inferred);
            }
        }
    }

    fn breaks_pipe(
        &self,
        pipe: &ClickPipe,
        affected: &[&ReversePrivateEndpoint],
    ) -> Option<(String, bool)> {
        let uses: Vec<PipeUse> = affected
            .iter()
            .filter_map(|endpoint| pipe_use::pipe_use(pipe, endpoint))
            .collect();
        let names_own = pipe
            .endpoint_ids
            .iter()
            .any(|id| self.gone.endpoints.contains(&id.as_str()));
        if names_own || uses.contains(&PipeUse::Named) {
            return Some(("It names the endpoint.".to_owned(), false));
        }
        if !uses.is_empty() || pipe_use::connects_to(pipe, self.gone.dns_names.iter().copied()) {
            return Some((
                "It connects to one of the endpoint's DNS names.".to_owned(),
                true,
            ));
        }
        // The source's own name leads to an endpoint only where custom private DNS says so.
        let source = &self.plan.source;
        pipe_use::connects_to(pipe, [&source.name].into_iter().chain(&source.tls_host)).then(|| {
            (
                format!(
                    "It connects to {}, the source's own name, which may lead to the endpoint.",
                    source.tls_host.as_ref().unwrap_or(&source.name)
                ),
                true,
            )
        })
    }

    fn is_own(&self, endpoint: &ReversePrivateEndpoint) -> bool {
        self.gone.endpoints.contains(&endpoint.id.as_str())
    }

    /// What of the run an endpoint goes through, and whether it is inferred that it needs it.
    fn depends(&self, endpoint: &ReversePrivateEndpoint) -> Option<(&'static str, bool)> {
        let is =
            |gone: Option<&str>, used: &Option<String>| gone.is_some() && used.as_deref() == gone;
        let gone = &self.gone;
        if is(gone.configuration, &endpoint.resource_configuration_id) {
            Some(("configuration", false))
        } else if is(gone.share, &endpoint.resource_share_arn) {
            Some(("share", false))
        } else if gone
            .services
            .iter()
            .any(|it| is(it.service_name, &endpoint.endpoint_service_name))
        {
            Some(("endpoint service", false))
        } else if is(gone.cluster, &endpoint.msk_cluster_arn) {
            // Others may have put statements of their own into the policy.
            Some(("statement in the cluster policy", true))
        } else {
            None
        }
    }
}
