//! The app's state behind the commands: the account in use, its engine, and the runs being carried out.
//!
//! It puts the rooms together and decides nothing that they decide: rules are pipelink-plan's, durability is
//! pipelink-engine's. It never hands a secret to the page.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pipelink_aws::profile::{self, AwsFiles};
use pipelink_engine::Engine;
use pipelink_engine::clock::Clock;
use pipelink_plan::account::AccountRef;
use pipelink_plan::board::Board;
use pipelink_plan::check::CheckId;
use pipelink_plan::paths::choices::Choices;
use pipelink_plan::problem::{Party, Problem};
use pipelink_plan::readings::removal::Removal;
use pipelink_plan::readings::{connect, review, topology};
use pipelink_plan::run::RunId;
use pipelink_plan::step::StepId;
use tauri::async_runtime::JoinHandle;
use tokio::sync::RwLock;

use crate::commands::accounts::{AccountPicker, AccountView};
use crate::commands::runs::{GatewayGroupsPage, RunPage};
use crate::commands::sandbox::SandboxPanel;
use crate::commands::settings::{SettingsPage, Theme};
use crate::folders::Folders;
use crate::keys::Keys;
use crate::open_account::{OpenAccount, SandboxWorld};
use crate::sandbox_control::SandboxControl;
use crate::settings_file::Settings;

/// What changed, told to the page so that it reads again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Runs or endpoints.
    Journal,
    /// The account in use.
    Account,
}

/// Tells the page that something changed.
pub type Notify = Arc<dyn Fn(What) + Send + Sync>;

/// An account, and what becomes of opening it.
type Reopening = (AccountRef, JoinHandle<Result<OpenAccount, Problem>>);

/// Everything the commands work on.
pub struct App {
    pub(crate) folders: Folders,
    pub(crate) files: AwsFiles,
    pub(crate) keys: Keys,
    pub(crate) sandbox: SandboxWorld,
    pub(crate) notify: Notify,
    settings: Mutex<Settings>,
    open: RwLock<Option<Arc<OpenAccount>>>,
    /// The account of the last time, being opened since the program's start.
    reopening: Mutex<Option<Reopening>>,
    /// The engine of real accounts: one journal for all of them, opened once.
    real: tokio::sync::OnceCell<Engine>,
}

impl App {
    /// An app with no account open. `notify` is called from any thread.
    pub fn new(folders: Folders, files: AwsFiles, notify: Notify) -> Self {
        Self {
            settings: Mutex::new(Settings::read(&folders.settings())),
            sandbox: SandboxWorld::new(folders.world(), folders.sandbox_journal()),
            keys: Keys::system(),
            folders,
            files,
            notify,
            open: RwLock::default(),
            reopening: Mutex::default(),
            real: tokio::sync::OnceCell::new(),
        }
    }

    /// The account in use.
    pub(crate) async fn open(&self) -> Result<Arc<OpenAccount>, Problem> {
        self.open
            .read()
            .await
            .clone()
            .ok_or_else(|| Problem::NotAsked {
                reason: "no account is open".to_owned(),
            })
    }

    // ---- accounts

    pub(crate) async fn account_picker(&self) -> AccountPicker {
        let (profiles, problem) = match profile::list(&self.files).await {
            Ok(profiles) => (profiles, None),
            Err(problem) => (Vec::new(), Some(problem)),
        };
        let last = self.settings().last_account;
        let current = self
            .open
            .read()
            .await
            .as_ref()
            .map(|open| open.view.clone());
        AccountPicker {
            profiles,
            problem,
            current,
            last,
        }
    }

    pub(crate) async fn regions(&self, account: &AccountRef) -> Result<Vec<String>, Problem> {
        self.aws(account).await?.regions().await
    }

    /// Begins to open the account of the last time, while the page still loads: [`Self::select`] of that account,
    /// which is the page's first wish, then takes it.
    pub fn reopen_last(self: &Arc<Self>) {
        let Some(last) = self.settings().last_account else {
            return;
        };
        let (app, account) = (Arc::clone(self), last.clone());
        let task = tauri::async_runtime::spawn(async move { app.open_anew(account).await });
        *self.reopening() = Some((last, task));
    }

    fn reopening(&self) -> MutexGuard<'_, Option<Reopening>> {
        self.reopening
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The account, opened anew, or as it is being opened since the start. Another one is then not waited for, and
    /// left to come to its end: cut off, the sandbox would stop while it starts.
    async fn opened(&self, account: &AccountRef) -> Result<OpenAccount, Problem> {
        let begun = self.reopening().take();
        if let Some((last, task)) = begun
            && last == *account
            && let Ok(opened) = task.await
        {
            return opened;
        }
        self.open_anew(account.clone()).await
    }

    async fn open_anew(&self, account: AccountRef) -> Result<OpenAccount, Problem> {
        self.folders.make()?;
        OpenAccount::open(self, account).await
    }

    pub(crate) async fn select(&self, account: AccountRef) -> Result<AccountView, Problem> {
        let opened = Arc::new(self.opened(&account).await?);
        let view = opened.view.clone();
        self.put_in_use(opened, None).await;
        // The account is open all the same: at worst it has to be picked again at the next start.
        if let Err(problem) = self.change_settings(|settings| settings.last_account = Some(account))
        {
            tracing::warn!(%problem, "the account in use could not be remembered");
        }
        Ok(view)
    }

    /// Opens the same account anew, with its key as it is kept now; unless another one was opened meanwhile,
    /// which then stays in use.
    pub(crate) async fn reopen(&self, before: &Arc<OpenAccount>) -> Result<AccountView, Problem> {
        let opened = Arc::new(OpenAccount::open(self, before.view.account.clone()).await?);
        Ok(self.put_in_use(opened, Some(before)).await)
    }

    /// Exchanges the account in use; with `instead_of`, only if that one still is. Answers what is in use then.
    async fn put_in_use(
        &self,
        opened: Arc<OpenAccount>,
        instead_of: Option<&Arc<OpenAccount>>,
    ) -> AccountView {
        let mut in_use = self.open.write().await;
        if let Some(current) = in_use.as_ref() {
            if instead_of.is_some_and(|before| !Arc::ptr_eq(before, current)) {
                return current.view.clone();
            }
            // Before the new one begins: both would read with the same lease.
            current.stop_following();
        }
        opened.follow(&self.notify);
        let view = opened.view.clone();
        *in_use = Some(opened);
        drop(in_use);
        (self.notify)(What::Account);
        view
    }

    pub(crate) async fn real_engine(&self) -> Result<Engine, Problem> {
        self.real
            .get_or_try_init(async || Engine::open(&self.folders.journal(), Clock::system()))
            .await
            .cloned()
    }

    // ---- endpoints

    pub(crate) async fn sweep(&self) -> Result<Board, Problem> {
        let open = self.open().await?;
        open.engine.sweep(&open.session).await
    }

    // ---- runs

    pub(crate) async fn start_run(
        &self,
        choices: &Choices,
        accepted: Vec<CheckId>,
    ) -> Result<RunId, Problem> {
        let open = self.open().await?;
        let plan = open.wizard.approved_plan(choices, &accepted).await?;
        let run = open.engine.begin(&open.session, plan, accepted).await?;
        open.drive(run.clone(), Drive::Forward).await?;
        Ok(run)
    }

    pub(crate) async fn run_page(&self, id: &RunId) -> Result<RunPage, Problem> {
        let open = self.open().await?;
        let run = open.engine.run(id).await?.ok_or_else(|| no_run(id))?;
        let made = run
            .steps
            .iter()
            .map(|step| (step.id.clone(), step.outputs.clone()))
            .collect();
        Ok(RunPage {
            review: review::review(&run.plan),
            topology: topology::topology(&run.plan, &made),
            sheet: connect::sheet(&run.plan, &made),
            now: open.engine.clock().now(),
            clock_speed: open.engine.clock().speed(),
            run,
        })
    }

    pub(crate) async fn continue_run(&self, run: RunId) -> Result<(), Problem> {
        self.drive(run, Drive::Forward).await
    }

    pub(crate) async fn undo_run(&self, run: RunId, also: Vec<StepId>) -> Result<(), Problem> {
        self.drive(run, Drive::Back { also }).await
    }

    pub(crate) async fn send_again(&self, run: RunId, step: StepId) -> Result<(), Problem> {
        self.open().await?.engine.send_again(&run, &step).await?;
        self.drive(run, Drive::Forward).await
    }

    // ---- after a run

    pub(crate) async fn removal(&self, run: &RunId) -> Result<Removal, Problem> {
        self.open().await?.removal(run).await
    }

    pub(crate) async fn gateway_groups(&self, run: &RunId) -> Result<GatewayGroupsPage, Problem> {
        self.open().await?.gateway_groups(run).await
    }

    pub(crate) async fn change_gateway_groups(
        &self,
        run: &RunId,
        shown: &[String],
        security_group_ids: &[String],
    ) -> Result<RunId, Problem> {
        let open = self.open().await?;
        let plan = open.group_change(run, shown, security_group_ids).await?;
        let run = open.engine.begin(&open.session, plan, Vec::new()).await?;
        open.drive(run.clone(), Drive::Forward).await?;
        Ok(run)
    }

    // ---- the sandbox

    /// The sandbox's own interface, while the sandbox is the account in use.
    pub(crate) async fn sandbox_control(&self) -> Result<SandboxControl, Problem> {
        match self.open().await?.view.account {
            AccountRef::Sandbox => {
                SandboxControl::at(&self.sandbox.running().await?.0.aws_endpoint_url)
            }
            AccountRef::Profile { .. } => Err(Problem::NotAsked {
                reason: "only the sandbox has a panel".to_owned(),
            }),
        }
    }

    /// Moves the sandbox's clock on, or changes its speed. Whoever waits in this account's time sees it at once, and
    /// not in the middle of a later wait.
    pub(crate) async fn sandbox_clock(
        &self,
        advance_seconds: Option<f64>,
        speed: Option<f64>,
    ) -> Result<SandboxPanel, Problem> {
        let control = self.sandbox_control().await?;
        let panel = control.clock(advance_seconds, speed).await?;
        self.open().await?.engine.clock().refresh().await?;
        Ok(panel)
    }

    async fn drive(&self, id: RunId, direction: Drive) -> Result<(), Problem> {
        self.open().await?.drive(id, direction).await
    }

    // ---- settings

    pub(crate) async fn settings_page(&self) -> SettingsPage {
        let key = self
            .open
            .read()
            .await
            .as_ref()
            .map(|open| open.view.key.clone());
        SettingsPage {
            key,
            theme: self.settings().theme,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data_folder: self.folders.data().display().to_string(),
            log_folder: self.folders.logs().display().to_string(),
        }
    }

    pub(crate) fn set_theme(&self, theme: Theme) -> Result<(), Problem> {
        self.change_settings(|settings| settings.theme = theme)
    }

    fn settings(&self) -> Settings {
        self.settings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn change_settings(&self, change: impl FnOnce(&mut Settings)) -> Result<(), Problem> {
        let mut settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut settings);
        settings.write(&self.folders.settings())
    }
}

/// Which way a run is driven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Drive {
    Forward,
    /// And what others may have come to use in the steps named.
    Back {
        also: Vec<StepId>,
    },
}

pub(crate) fn no_run(id: &RunId) -> Problem {
    Problem::NotFound {
        party: Party::Computer,
        operation: "Run".to_owned(),
        message: id.to_string(),
    }
}
