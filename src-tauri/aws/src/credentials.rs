//! The credentials of one open profile, fresh whenever the profile has fresh ones.
//!
//! The SDK's provider parses the AWS files once, and its identity cache keeps keys without an end for a
//! quarter of an hour whatever AWS says about them (aws-config 1.13, aws-smithy-runtime 1.16). So the cache
//! is here instead: what was loaded is held until it ends, the files change or AWS refuses it; then the
//! profile is read again from the start. Whatever a profile comes to mean while it is open, it stays the
//! account that was opened: new keys are asked for their account before anything else is done with them.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use aws_config::SdkConfig;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use pipelink_plan::problem::Problem;
use tokio::sync::Mutex;

use crate::problems::missing;
use crate::profile::{self, AwsFiles};

/// How long the credentials may take. Under the time of one attempt, which runs at the same time: else a
/// slow credential command would look like an AWS that does not answer.
const LOAD_TIMEOUT: Duration = Duration::from_secs(8);
/// Credentials that end this soon are not used for a call any more.
const ENDS_SOON: Duration = Duration::from_secs(10);
/// How long credentials are held that do not say when they end, such as those of a command.
const HELD_WITHOUT_END: Duration = Duration::from_mins(15);

/// Gives the credentials of a profile to the SDK's clients. Clones are the same.
#[derive(Clone)]
pub(crate) struct ProfileCredentials {
    inner: Arc<Inner>,
}

struct Inner {
    files: AwsFiles,
    name: String,
    /// What the SDK's provider is set up with.
    provider_config: ProviderConfig,
    /// What STS is called with, but for the credentials.
    sts: aws_sdk_sts::config::Builder,
    refused: AtomicBool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// The account of the first credentials that AWS knew.
    account: Option<String>,
    /// The access key last seen to be of that account.
    known_key: Option<String>,
}

struct Held {
    credentials: Credentials,
    until: SystemTime,
    files: Vec<Version>,
}

/// A file as it was when it was read.
#[derive(PartialEq, Eq)]
struct Version {
    path: PathBuf,
    /// When it was last written, and its length; `None` if it was not there.
    seen: Option<(SystemTime, u64)>,
}

impl ProfileCredentials {
    /// Reads nothing yet. `config` is what the clients will have, without credentials.
    pub(crate) fn new(
        files: &AwsFiles,
        name: &str,
        provider_config: ProviderConfig,
        config: &SdkConfig,
        sts_endpoint: Option<String>,
    ) -> Self {
        let mut sts = aws_sdk_sts::config::Builder::from(config);
        sts.set_endpoint_url(sts_endpoint);
        Self {
            inner: Arc::new(Inner {
                files: files.clone(),
                name: name.to_owned(),
                provider_config,
                sts,
                refused: AtomicBool::new(false),
                state: Mutex::default(),
            }),
        }
    }

    /// AWS refused what was given last: the next call is made with what the profile has by then.
    pub(crate) fn refused(&self) {
        self.inner.refused.store(true, Ordering::Relaxed);
    }
}

impl Inner {
    /// What is held if it is still good, else what the profile gives now. One at a time: the calls of a
    /// discovery must not all start the same command.
    async fn credentials(&self) -> Result<Credentials, CredentialsError> {
        let mut state = self.state.lock().await;
        let refused = self.refused.swap(false, Ordering::Relaxed);
        // Taken out first, so that nothing stale is left if this ends early.
        if let Some(held) = state.held.take().filter(|_| !refused)
            && held.until > SystemTime::now()
            && held.files == self.versions()
        {
            let credentials = held.credentials.clone();
            state.held = Some(held);
            return Ok(credentials);
        }
        // Before reading: a change while reading is then seen at the next call.
        let files = self.versions();
        let credentials = self.load().await?;
        self.same_account(&mut state, &credentials).await?;
        let until = match credentials.expiry() {
            Some(end) => end.checked_sub(ENDS_SOON),
            None => SystemTime::now().checked_add(HELD_WITHOUT_END),
        };
        state.held = until.map(|until| Held {
            credentials: credentials.clone(),
            until,
            files,
        });
        Ok(credentials)
    }

    fn versions(&self) -> Vec<Version> {
        let places = self.files.places().into_iter();
        places
            .map(|path| Version {
                seen: std::fs::metadata(&path)
                    .and_then(|file| Ok((file.modified()?, file.len())))
                    .ok(),
                path,
            })
            .collect()
    }

    /// With a new provider each time, since the SDK's keeps what it read first. The profile is judged anew
    /// too: it may have become one that the SDK would try in silence.
    async fn load(&self) -> Result<Credentials, CredentialsError> {
        let profiles = profile::read(&self.files, Some(&self.name))
            .await
            .map_err(|unreadable| self.unreadable(&unreadable))?;
        profile::usable(&profiles, &self.name).map_err(CredentialsError::not_loaded)?;
        let provider = ProfileFileCredentialsProvider::builder()
            .configure(&self.provider_config)
            .profile_files(self.files.as_sdk())
            .profile_name(&self.name)
            .with_custom_provider("Ec2InstanceMetadata", NotOnADesktop)
            .with_custom_provider("EcsContainer", NotOnADesktop)
            .build();
        tokio::time::timeout(LOAD_TIMEOUT, provider.provide_credentials())
            .await
            .map_err(|_| CredentialsError::provider_timed_out(LOAD_TIMEOUT))?
    }

    /// For a file caught half written, say: no call was made, so that no outcome is left open.
    fn unreadable(&self, problem: &Problem) -> CredentialsError {
        CredentialsError::not_loaded(Problem::CredentialsUnavailable {
            profile: self.name.clone(),
            message: problem.raw().unwrap_or_default().to_owned(),
        })
    }

    /// Asks AWS whose keys these are, unless it said so before. The answer to the first ones is the account
    /// that is open.
    async fn same_account(
        &self,
        state: &mut State,
        credentials: &Credentials,
    ) -> Result<(), CredentialsError> {
        if state.known_key.as_deref() == Some(credentials.access_key_id()) {
            return Ok(());
        }
        let config = self.sts.clone().credentials_provider(credentials.clone());
        let found = aws_sdk_sts::Client::from_conf(config.build())
            .get_caller_identity()
            .send()
            .await
            .map_err(CredentialsError::provider_error)?
            .account
            .ok_or_else(|| {
                CredentialsError::provider_error(missing("GetCallerIdentity", "Account"))
            })?;
        let opened = state.account.get_or_insert_with(|| found.clone());
        if *opened != found {
            return Err(CredentialsError::not_loaded(
                Problem::CredentialsUnavailable {
                    profile: self.name.clone(),
                    message: format!(
                        "the profile was opened for account {opened} and now gives credentials of account {found}"
                    ),
                },
            ));
        }
        state.known_key = Some(credentials.access_key_id().to_owned());
        Ok(())
    }
}

impl ProvideCredentials for ProfileCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.inner.credentials())
    }
}

impl fmt::Debug for ProfileCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProfileCredentials")
            .field("profile", &self.inner.name)
            .finish_non_exhaustive()
    }
}

/// Stands where the SDK would ask the metadata service of an instance or container. A profile that names
/// one is refused before this is reached; the SDK would otherwise wait for an address nobody answers.
#[derive(Debug)]
struct NotOnADesktop;

impl ProvideCredentials for NotOnADesktop {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err(CredentialsError::invalid_configuration(
            "metadata services are not used",
        )))
    }
}
