//! One session: the clients of one profile (or the sandbox) in one region.
//!
//! Owns how the SDK is set up: explicit credentials, explicit region, timeouts, retries, product name,
//! endpoint. All clients share one `SdkConfig`, and with it the credentials.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{AppName, BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use pipelink_plan::problem::Problem;

use crate::allowance::Allowance;
use crate::credentials::ProfileCredentials;
use crate::endpoints::Endpoints;
use crate::load_balancing;
use crate::pricing;
use crate::profile::{self, AwsFiles};
use crate::sso::CachedToken;

/// Reads and writes in one account and region. Cheap to clone; all clones share connections and credentials.
///
/// Has no way to give its credentials out, and its `Debug` shows none.
#[derive(Clone)]
pub struct Aws {
    pub(crate) session: Arc<Session>,
}

/// What all clones of an [`Aws`] share.
pub(crate) struct Session {
    /// The profile's name, or `sandbox`: for messages about its credentials.
    pub(crate) profile: String,
    pub(crate) region: String,
    pub(crate) endpoint_override: Option<String>,
    /// Where the profile's sign-in is cached, if it is one of IAM Identity Center.
    pub(crate) sso: Option<CachedToken>,
    /// The profile's credentials; none in the sandbox, whose keys are given.
    pub(crate) credentials: Option<ProfileCredentials>,
    /// What discoveries may draw of Elastic Load Balancing's calls.
    pub(crate) balancing: Allowance,
    pub(crate) ec2: aws_sdk_ec2::Client,
    pub(crate) elb: aws_sdk_elasticloadbalancingv2::Client,
    pub(crate) kafka: aws_sdk_kafka::Client,
    pub(crate) lattice: aws_sdk_vpclattice::Client,
    pub(crate) pricing: aws_sdk_pricing::Client,
    pub(crate) quotas: aws_sdk_servicequotas::Client,
    pub(crate) ram: aws_sdk_ram::Client,
    pub(crate) rds: aws_sdk_rds::Client,
    pub(crate) sts: aws_sdk_sts::Client,
}

/// How long one call may take with all its attempts. The SDK itself sets no limit.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(30);
/// How long one attempt may take.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);
/// What `CloudTrail` shows in the user agent of each call.
const APP_NAME: &str = "pipelink";

impl Aws {
    /// Opens a local profile in a region. Makes no call yet: the first one is [`Aws::identity`].
    ///
    /// Fails with `ProfileMissing`, `ProfileUnsupported`, `CredentialsUnavailable` or `CredentialsExpired`,
    /// as the AWS files themselves tell; and with `Malformed` where the files cannot be read.
    pub async fn open_profile(files: &AwsFiles, name: &str, region: &str) -> Result<Self, Problem> {
        let profiles = profile::read(files, Some(name)).await?;
        let sso = profile::usable(&profiles, name)?;
        let endpoints = Endpoints::of(&profiles);

        let region = Region::new(region.to_owned());
        let provider_config = ProviderConfig::without_region()
            .with_region(Some(region.clone()))
            .with_behavior_version(Some(BehaviorVersion::latest()))
            .with_retry_config(retries())
            .with_timeout_config(timeouts());
        let config = aws_config::defaults(BehaviorVersion::latest())
            .profile_files(files.as_sdk())
            .profile_name(name)
            .region(region.clone())
            .no_credentials()
            .identity_cache(aws_config::identity::IdentityCache::no_cache())
            .retry_config(retries())
            .timeout_config(timeouts())
            .app_name(app_name()?)
            .load()
            .await;
        let config = without_endpoints(config);
        let credentials =
            ProfileCredentials::new(files, name, provider_config, &config, endpoints.sts.clone());
        let config = config
            .into_builder()
            .credentials_provider(SharedCredentialsProvider::new(credentials.clone()))
            .build();
        Ok(Self::new(
            name.to_owned(),
            region.as_ref(),
            &config,
            &endpoints,
            sso,
            Some(credentials),
        ))
    }

    /// Opens the sandbox at a loopback address, over plain HTTP and past any proxy.
    pub fn open_sandbox(
        endpoint_url: &str,
        region: &str,
        access_key_id: &str,
        secret_access_key: &str,
    ) -> Self {
        let keys = Credentials::new(access_key_id, secret_access_key, None, None, "sandbox");
        let mut config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(region.to_owned()))
            .credentials_provider(SharedCredentialsProvider::new(keys))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .retry_config(retries())
            .timeout_config(timeouts());
        config.set_app_name(app_name().ok());
        let endpoints = Endpoints::all_at(endpoint_url);
        Self::new(
            "sandbox".to_owned(),
            region,
            &config.build(),
            &endpoints,
            None,
            None,
        )
    }

    fn new(
        profile: String,
        region: &str,
        config: &SdkConfig,
        endpoints: &Endpoints,
        sso: Option<CachedToken>,
        credentials: Option<ProfileCredentials>,
    ) -> Self {
        macro_rules! client {
            ($sdk:ident, $endpoint:expr) => {
                client!($sdk, $endpoint, region)
            };
            ($sdk:ident, $endpoint:expr, $region:expr) => {{
                let mut builder = $sdk::config::Builder::from(config);
                builder.set_endpoint_url($endpoint.clone());
                builder.set_region(Some(Region::new($region.to_owned())));
                $sdk::Client::from_conf(builder.build())
            }};
        }
        Self {
            session: Arc::new(Session {
                profile,
                region: region.to_owned(),
                endpoint_override: endpoints.shown(),
                sso,
                credentials,
                balancing: load_balancing::allowance(),
                ec2: client!(aws_sdk_ec2, endpoints.ec2),
                elb: client!(aws_sdk_elasticloadbalancingv2, endpoints.elb),
                kafka: client!(aws_sdk_kafka, endpoints.kafka),
                lattice: client!(aws_sdk_vpclattice, endpoints.lattice),
                pricing: client!(aws_sdk_pricing, endpoints.pricing, pricing::SERVED_IN),
                quotas: client!(aws_sdk_servicequotas, endpoints.quotas),
                ram: client!(aws_sdk_ram, endpoints.ram),
                rds: client!(aws_sdk_rds, endpoints.rds),
                sts: client!(aws_sdk_sts, endpoints.sts),
            }),
        }
    }
}

impl fmt::Debug for Aws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Aws")
            .field("profile", &self.session.profile)
            .field("region", &self.session.region)
            .field("endpoint_override", &self.session.endpoint_override)
            .finish_non_exhaustive()
    }
}

/// Set explicitly: from the environment or profile, an invalid mode would panic inside the SDK.
fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(3)
}

fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .operation_timeout(OPERATION_TIMEOUT)
        .operation_attempt_timeout(ATTEMPT_TIMEOUT)
        .build()
}

fn app_name() -> Result<AppName, Problem> {
    AppName::new(APP_NAME).map_err(|invalid| Problem::Internal {
        message: invalid.to_string(),
    })
}

/// Takes away what the SDK found out about endpoints: each client is given its own, by [`Endpoints`], so
/// that what is shown is what is used.
fn without_endpoints(config: SdkConfig) -> SdkConfig {
    let mut builder = config.into_builder();
    builder.set_endpoint_url(None);
    builder.set_service_config(None::<NoServiceConfig>);
    builder.build()
}

/// Names the type of the service configuration that is not there.
#[derive(Debug)]
struct NoServiceConfig;

impl LoadServiceConfig for NoServiceConfig {
    fn load_config(&self, _key: ServiceConfigKey<'_>) -> Option<String> {
        None
    }
}
