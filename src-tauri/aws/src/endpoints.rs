//! Which address each service is called at, where it is not AWS's own.
//!
//! Owns the reading of `endpoint_url` settings. The SDK could find them out by itself, but would not tell
//! which it took, and a hidden one redirects writes. It also reads `[services]` keys differently from the
//! AWS CLI: `vpc_lattice` there, `vpc-lattice` in the Rust SDK (aws-runtime 1.10). Both are honoured here.

use aws_config::profile::ProfileSet;
use aws_runtime::env_config::property::PropertiesKey;

/// The address for each service; `None` for AWS's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Endpoints {
    pub(crate) ec2: Option<String>,
    pub(crate) elb: Option<String>,
    pub(crate) kafka: Option<String>,
    pub(crate) lattice: Option<String>,
    pub(crate) pricing: Option<String>,
    pub(crate) quotas: Option<String>,
    pub(crate) ram: Option<String>,
    pub(crate) rds: Option<String>,
    pub(crate) sts: Option<String>,
}

impl Endpoints {
    /// Every service at one address.
    pub(crate) fn all_at(url: &str) -> Self {
        let url = Some(url.to_owned());
        Self {
            ec2: url.clone(),
            elb: url.clone(),
            kafka: url.clone(),
            lattice: url.clone(),
            pricing: url.clone(),
            quotas: url.clone(),
            ram: url.clone(),
            rds: url.clone(),
            sts: url,
        }
    }

    /// As the environment and the selected profile say.
    pub(crate) fn of(profiles: &ProfileSet) -> Self {
        Self::read(profiles, |name| std::env::var(name).ok())
    }

    fn read(profiles: &ProfileSet, environment: impl Fn(&str) -> Option<String>) -> Self {
        let ignored = environment("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
            .or_else(|| {
                profiles
                    .get("ignore_configured_endpoint_urls")
                    .map(str::to_owned)
            })
            .is_some_and(|word| word.eq_ignore_ascii_case("true"));
        if ignored {
            return Self::default();
        }
        // Strongest first: the service's variable, the general variable, the services section, the profile
        // (AWS SDKs and Tools Reference, "Service-specific endpoints").
        let of = |service: &str| {
            environment(&format!("AWS_ENDPOINT_URL_{}", service.to_uppercase()))
                .or_else(|| environment("AWS_ENDPOINT_URL"))
                .or_else(|| in_services_section(profiles, service))
                .or_else(|| in_services_section(profiles, &service.replace('_', "-")))
                .or_else(|| profiles.get("endpoint_url").map(str::to_owned))
                .filter(|url| !url.is_empty())
        };
        Self {
            ec2: of("ec2"),
            elb: of("elastic_load_balancing_v2"),
            kafka: of("kafka"),
            lattice: of("vpc_lattice"),
            pricing: of("pricing"),
            quotas: of("service_quotas"),
            ram: of("ram"),
            rds: of("rds"),
            sts: of("sts"),
        }
    }

    /// What the admin is shown: nothing, the one address, or which service goes where.
    pub(crate) fn shown(&self) -> Option<String> {
        let services = [
            ("ec2", &self.ec2),
            ("elastic-load-balancing-v2", &self.elb),
            ("kafka", &self.kafka),
            ("pricing", &self.pricing),
            ("ram", &self.ram),
            ("rds", &self.rds),
            ("service-quotas", &self.quotas),
            ("sts", &self.sts),
            ("vpc-lattice", &self.lattice),
        ];
        if self.ec2.is_some() && services.iter().all(|(_, url)| *url == &self.ec2) {
            return self.ec2.clone();
        }
        let set: Vec<_> = services
            .iter()
            .filter_map(|(service, url)| Some(format!("{service}: {}", url.as_ref()?)))
            .collect();
        (!set.is_empty()).then(|| set.join(", "))
    }
}

fn in_services_section(profiles: &ProfileSet, service: &str) -> Option<String> {
    let key = PropertiesKey::builder()
        .section_key("services")
        .section_name(profiles.get("services")?)
        .property_name(service)
        .sub_property_name("endpoint_url")
        .build()
        .ok()?;
    profiles.other_sections().get(&key).cloned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::profile::{self, AwsFiles};

    async fn profiles(config: &str) -> ProfileSet {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(config.as_bytes()).unwrap();
        let none = tempfile::NamedTempFile::new().unwrap();
        let files = AwsFiles {
            config: Some(file.path().to_owned()),
            credentials: Some(none.path().to_owned()),
        };
        profile::read(&files, Some("p")).await.unwrap()
    }

    #[tokio::test]
    async fn nothing_set_means_awss_own() {
        let found = Endpoints::read(&profiles("[profile p]\nregion = us-east-1\n").await, |_| {
            None
        });
        assert_eq!(found, Endpoints::default());
        assert_eq!(found.shown(), None);
    }

    #[tokio::test]
    async fn the_profiles_address_holds_for_all_and_is_shown_once() {
        let found = Endpoints::read(
            &profiles("[profile p]\nendpoint_url = http://127.0.0.1:4566\n").await,
            |_| None,
        );
        assert_eq!(found, Endpoints::all_at("http://127.0.0.1:4566"));
        assert_eq!(found.shown().as_deref(), Some("http://127.0.0.1:4566"));
    }

    #[tokio::test]
    async fn the_services_section_is_read_in_both_spellings() {
        for key in ["vpc_lattice", "vpc-lattice"] {
            let config = format!(
                "[profile p]\nservices = local\n[services local]\n{key} =\n  endpoint_url = http://127.0.0.1:1\n"
            );
            let found = Endpoints::read(&profiles(&config).await, |_| None);
            assert_eq!(
                found.lattice.as_deref(),
                Some("http://127.0.0.1:1"),
                "{key}"
            );
            assert_eq!(found.ec2, None, "{key}");
            assert_eq!(
                found.shown().as_deref(),
                Some("vpc-lattice: http://127.0.0.1:1")
            );
        }
    }

    #[tokio::test]
    async fn quotas_and_prices_have_addresses_of_their_own() {
        let config = "[profile p]\nservices = local\n[services local]\nservice_quotas =\n  endpoint_url = http://127.0.0.1:1\n";
        let found = Endpoints::read(&profiles(config).await, |name| {
            (name == "AWS_ENDPOINT_URL_PRICING").then(|| "http://127.0.0.1:2".to_owned())
        });
        assert_eq!(found.quotas.as_deref(), Some("http://127.0.0.1:1"));
        assert_eq!(found.pricing.as_deref(), Some("http://127.0.0.1:2"));
        assert_eq!(
            found.shown().as_deref(),
            Some("pricing: http://127.0.0.1:2, service-quotas: http://127.0.0.1:1")
        );
        let found = Endpoints::read(&profiles("[profile p]\n").await, |name| {
            (name == "AWS_ENDPOINT_URL_SERVICE_QUOTAS").then(|| "http://127.0.0.1:3".to_owned())
        });
        assert_eq!(found.quotas.as_deref(), Some("http://127.0.0.1:3"));
    }

    #[tokio::test]
    async fn the_environment_is_stronger_and_ignoring_strongest() {
        let config = "[profile p]\nendpoint_url = http://127.0.0.1:1\n";
        let found = Endpoints::read(&profiles(config).await, |name| match name {
            "AWS_ENDPOINT_URL" => Some("http://127.0.0.1:2".to_owned()),
            "AWS_ENDPOINT_URL_VPC_LATTICE" => Some("http://127.0.0.1:3".to_owned()),
            _ => None,
        });
        assert_eq!(found.ram.as_deref(), Some("http://127.0.0.1:2"));
        assert_eq!(found.lattice.as_deref(), Some("http://127.0.0.1:3"));
        let config = format!("{config}ignore_configured_endpoint_urls = true\n");
        assert_eq!(
            Endpoints::read(&profiles(&config).await, |_| None),
            Endpoints::default()
        );
    }
}
