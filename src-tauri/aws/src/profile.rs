//! The local AWS profiles: which there are, how each gets its credentials, and whether it can be used.
//!
//! Owns the reading of the AWS files and the verdict on each profile. It follows the SDK's own order of
//! resolution (aws-config 1.13, profile/credentials/repr.rs), so that what is shown is what would happen;
//! kinds that the SDK would try in silence and fail at, `mfa_serial` above all, are refused by name.
//! Holds no secret: of keys it only looks whether they are there.

use std::borrow::Cow;
use std::path::PathBuf;

use aws_config::profile::{Profile as Section, ProfileSet};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_types::os_shim_internal::{Env, Fs};
use jiff::Timestamp;
use pipelink_plan::account::{Profile, ProfileKind};
use pipelink_plan::problem::{Party, Problem};

use crate::problems::words;
use crate::sso::{CachedToken, SignIn};

/// Where the AWS files are. `None` for the standard place: `AWS_CONFIG_FILE` or `~/.aws/config`,
/// `AWS_SHARED_CREDENTIALS_FILE` or `~/.aws/credentials`. A file in a standard place may be missing, one
/// that is named may not.
#[derive(Debug, Clone, Default)]
pub struct AwsFiles {
    /// The configuration file.
    pub config: Option<PathBuf>,
    /// The credentials file.
    pub credentials: Option<PathBuf>,
}

impl AwsFiles {
    /// Where the two files are looked for, in the SDK's own order.
    pub(crate) fn places(&self) -> Vec<PathBuf> {
        let env = Env::real();
        let standard = |variable: &str, name: &str| {
            env.get(variable).ok().map(PathBuf::from).or_else(|| {
                let home = env.get("HOME").or_else(|_| env.get("USERPROFILE")).ok()?;
                Some(PathBuf::from(home).join(".aws").join(name))
            })
        };
        let config = self
            .config
            .clone()
            .or_else(|| standard("AWS_CONFIG_FILE", "config"));
        let credentials = self
            .credentials
            .clone()
            .or_else(|| standard("AWS_SHARED_CREDENTIALS_FILE", "credentials"));
        config.into_iter().chain(credentials).collect()
    }

    pub(crate) fn as_sdk(&self) -> EnvConfigFiles {
        let mut files = EnvConfigFiles::builder();
        files = match &self.config {
            Some(path) => files.with_file(EnvConfigFileKind::Config, path),
            None => files.include_default_config_file(true),
        };
        files = match &self.credentials {
            Some(path) => files.with_file(EnvConfigFileKind::Credentials, path),
            None => files.include_default_credentials_file(true),
        };
        files.build()
    }
}

/// Lists the profiles of the AWS files by name, each with its kind and, where it cannot be used, why.
///
/// No file at all is an empty list. Fails with `Malformed` where a file is there and cannot be read.
/// Makes no call: whether AWS accepts the credentials shows at [`crate::Aws::identity`].
pub async fn list(files: &AwsFiles) -> Result<Vec<Profile>, Problem> {
    let profiles = read(files, None).await?;
    let mut names: Vec<&str> = profiles.profiles().collect();
    names.sort_unstable();
    Ok(names
        .into_iter()
        .filter_map(|name| Some(entry(&profiles, profiles.get_profile(name)?)))
        .collect())
}

/// Reads both files, with one profile selected.
pub(crate) async fn read(files: &AwsFiles, selected: Option<&str>) -> Result<ProfileSet, Problem> {
    for path in files.places() {
        // The SDK takes a file that is no text for an empty one, with a word in its log alone.
        if let Ok(bytes) = tokio::fs::read(&path).await
            && std::str::from_utf8(&bytes).is_err()
        {
            return Err(Problem::Malformed {
                party: Party::Computer,
                operation: "ReadAwsFiles".to_owned(),
                message: format!("{} is not UTF-8 text", path.display()),
            });
        }
    }
    let selected = selected.map(|name| Cow::Owned(name.to_owned()));
    aws_config::profile::load(&Fs::real(), &Env::real(), &files.as_sdk(), selected)
        .await
        .map_err(|unreadable| Problem::Malformed {
            party: Party::Computer,
            operation: "ReadAwsFiles".to_owned(),
            message: words(&unreadable),
        })
}

/// Whether a profile can be used, and where its sign-in is cached if it has one; else why not.
pub(crate) fn usable(profiles: &ProfileSet, name: &str) -> Result<Option<CachedToken>, Problem> {
    let base = base_of(profiles, name)?;
    let Base::Sso(key) = base else {
        return Ok(None);
    };
    let Some(token) = CachedToken::of(key) else {
        return Ok(None);
    };
    match token.at(Timestamp::now()) {
        SignIn::Usable => Ok(Some(token)),
        SignIn::Expired => Err(Problem::CredentialsExpired {
            profile: name.to_owned(),
        }),
        SignIn::Absent => Err(Problem::SignInMissing {
            profile: name.to_owned(),
        }),
    }
}

fn entry(profiles: &ProfileSet, section: &Section) -> Profile {
    let own = |key: &str| section.get(key).map(str::to_owned);
    let role_arn = own("role_arn");
    Profile {
        name: section.name().to_owned(),
        kind: kind_of(section),
        region: own("region"),
        account_id: own("sso_account_id")
            .or_else(|| account_in(role_arn.as_deref()?))
            .or_else(|| own("aws_account_id"))
            .or_else(|| account_in(section.get("login_session")?)),
        role: own("sso_role_name").or(role_arn),
        problem: usable(profiles, section.name()).err(),
    }
}

/// The account ID inside an ARN.
fn account_in(arn: &str) -> Option<String> {
    let id = arn.split(':').nth(4)?;
    (id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit())).then(|| id.to_owned())
}

fn kind_of(section: &Section) -> ProfileKind {
    let has = |key: &str| section.get(key).is_some();
    if has("role_arn") && !has("web_identity_token_file") {
        if has("mfa_serial") {
            ProfileKind::RoleMfa
        } else {
            ProfileKind::Role
        }
    } else if has("credential_source") {
        ProfileKind::Role
    } else if has("web_identity_token_file") {
        ProfileKind::WebIdentity
    } else if has("sso_session") {
        ProfileKind::Sso
    } else if SSO_KEYS.iter().any(|key| has(key)) {
        ProfileKind::SsoLegacy
    } else if has("login_session") {
        ProfileKind::Login
    } else if has("credential_process") {
        ProfileKind::Process
    } else if has("aws_access_key_id") || has("aws_secret_access_key") {
        ProfileKind::Keys
    } else {
        ProfileKind::Nothing
    }
}

/// What credentials a chain of profiles starts from.
enum Base<'a> {
    /// IAM Identity Center, with the key of its cache entry: the session's name or the start URL.
    Sso(&'a str),
    /// Anything else that can be used.
    Other,
}

const SSO_KEYS: [&str; 5] = [
    "sso_session",
    "sso_account_id",
    "sso_role_name",
    "sso_start_url",
    "sso_region",
];

/// Follows `source_profile` to where the credentials come from.
fn base_of<'a>(profiles: &'a ProfileSet, name: &'a str) -> Result<Base<'a>, Problem> {
    let mut seen: Vec<&str> = Vec::new();
    let mut current = name;
    loop {
        let section = profiles
            .get_profile(current)
            .ok_or_else(|| Problem::ProfileMissing {
                profile: current.to_owned(),
            })?;
        if seen.contains(&current) {
            let circle = [&seen[..], &[current]].concat().join(", ");
            return Err(unavailable(
                name,
                &format!("source_profile goes in a circle: {circle}"),
            ));
        }
        seen.push(current);
        if section.get("mfa_serial").is_some() {
            return Err(unsupported(name, "mfa_serial"));
        }
        // From the second profile on, keys win over everything else in it.
        if seen.len() > 1 && has_keys(section) {
            return Ok(Base::Other);
        }
        let assumes_role =
            section.get("role_arn").is_some() && section.get("web_identity_token_file").is_none();
        if !assumes_role {
            return base_in(profiles, section, name);
        }
        match (
            section.get("source_profile"),
            section.get("credential_source"),
        ) {
            (Some(_), Some(_)) => {
                return Err(unavailable(
                    name,
                    &format!("{current} has both source_profile and credential_source"),
                ));
            }
            (None, None) => {
                return Err(unavailable(
                    name,
                    &format!(
                        "{current} has a role_arn without source_profile or credential_source"
                    ),
                ));
            }
            (Some(source), None) if source != current => current = source,
            // Its own keys, or what credential_source names.
            _ => return base_in(profiles, section, name),
        }
    }
}

/// The credentials that one profile holds or fetches itself.
fn base_in<'a>(
    profiles: &'a ProfileSet,
    section: &'a Section,
    name: &str,
) -> Result<Base<'a>, Problem> {
    if let Some(source) = section.get("credential_source") {
        // The metadata services of instances and containers answer on AWS's machines only.
        return if source.eq_ignore_ascii_case("Environment") {
            Ok(Base::Other)
        } else {
            Err(unsupported(name, &format!("credential_source = {source}")))
        };
    }
    if section.get("web_identity_token_file").is_some() {
        return match section.get("role_arn") {
            Some(_) => Ok(Base::Other),
            None => Err(unavailable(
                name,
                "web_identity_token_file without role_arn",
            )),
        };
    }
    if SSO_KEYS.iter().any(|key| section.get(key).is_some()) {
        return sso_base(profiles, section, name);
    }
    if section.get("login_session").is_some() {
        return Err(unsupported(name, "login_session"));
    }
    if section.get("credential_process").is_some() || has_keys(section) {
        return Ok(Base::Other);
    }
    Err(unavailable(
        name,
        &format!(
            "{} holds no credentials and does not say where to get them",
            section.name()
        ),
    ))
}

fn sso_base<'a>(
    profiles: &'a ProfileSet,
    section: &'a Section,
    name: &str,
) -> Result<Base<'a>, Problem> {
    if section.get("sso_account_id").is_none() || section.get("sso_role_name").is_none() {
        return Err(unavailable(
            name,
            "sso_account_id or sso_role_name is missing",
        ));
    }
    let Some(session) = section.get("sso_session") else {
        return match (section.get("sso_start_url"), section.get("sso_region")) {
            (Some(start_url), Some(_)) => Ok(Base::Sso(start_url)),
            _ => Err(unavailable(name, "sso_start_url or sso_region is missing")),
        };
    };
    match profiles.sso_session(session) {
        Some(found)
            if found.get("sso_start_url").is_some() && found.get("sso_region").is_some() =>
        {
            Ok(Base::Sso(session))
        }
        Some(_) => Err(unavailable(
            name,
            &format!("sso-session {session} lacks sso_start_url or sso_region"),
        )),
        None => Err(unavailable(
            name,
            &format!("there is no sso-session {session}"),
        )),
    }
}

fn has_keys(section: &Section) -> bool {
    section.get("aws_access_key_id").is_some() && section.get("aws_secret_access_key").is_some()
}

fn unsupported(profile: &str, kind: &str) -> Problem {
    Problem::ProfileUnsupported {
        profile: profile.to_owned(),
        kind: kind.to_owned(),
    }
}

fn unavailable(profile: &str, message: &str) -> Problem {
    Problem::CredentialsUnavailable {
        profile: profile.to_owned(),
        message: message.to_owned(),
    }
}
