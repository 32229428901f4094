//! What MSK says is connected to the cluster from other VPCs.

use super::Found;
use crate::facts::msk::ClientVpcConnection;
use crate::paths::msk_multi_vpc::{Standing, is_word, standing};
use crate::problem::Problem;
use crate::step::{MskAuthentication, MultiVpcSchemes};

impl<'a> Found<'a> {
    /// Only where the admin asks for it: whoever connects with a scheme that goes off is cut off.
    pub(super) fn connectivity_off(
        &mut self,
        schemes: MultiVpcSchemes,
        previous: MultiVpcSchemes,
        asked: bool,
    ) {
        let when = if asked {
            "when multi-VPC connectivity is turned off."
        } else {
            "if multi-VPC connectivity is turned off as well, which is done only if you ask for it."
        };
        for connection in self.live_connections() {
            let scheme = connection.authentication.as_deref();
            let off = match scheme {
                Some(word) if is_word(word, "TLS") => schemes.tls && !previous.tls,
                Some(word) => [MskAuthentication::SaslIam, MskAuthentication::SaslScram]
                    .into_iter()
                    .any(|it| is_word(word, it.as_wire()) && schemes.has(it) && !previous.has(it)),
                // It may be any of them.
                None => schemes != previous,
            };
            if off {
                self.add(
                    "VPC connection",
                    connection.arn.clone(),
                    format!(
                        "{} connects to the cluster with it. It stops working {when}",
                        whose(connection)
                    ),
                    scheme.is_none(),
                );
            }
        }
    }

    /// Other connections of the account that the statement lets in. The policy may let it in otherwise, too.
    pub(super) fn let_in_no_more(&mut self, principal: &str) {
        for connection in self.live_connections() {
            if connection.owner.as_deref() == Some(principal) {
                self.add(
                    "VPC connection",
                    connection.arn.clone(),
                    format!(
                        "Account {principal} connects to the cluster with it, and the policy no longer says that it may."
                    ),
                    true,
                );
            }
        }
    }

    /// Connections that work or may come to, but for the one that goes with the run's own endpoint.
    fn live_connections(&mut self) -> Vec<&'a ClientVpcConnection> {
        let Some(observed) = self.around.cluster_connections else {
            self.not_read(Problem::NotAsked {
                reason: "the connections to the cluster were not read".to_owned(),
            });
            return Vec::new();
        };
        let own = self.gone.own_authentication.map(MskAuthentication::as_wire);
        self.read(observed)
            .iter()
            .filter(|it| standing(it) == Standing::Live)
            .filter(|it| {
                let clickpipes = it.owner.as_deref() == Some(crate::CLICKPIPES_ACCOUNT);
                let scheme = it.authentication.as_deref();
                let same = own.zip(scheme).is_some_and(|(own, it)| is_word(it, own));
                !(clickpipes && same)
            })
            .collect()
    }
}

fn whose(connection: &ClientVpcConnection) -> String {
    match &connection.owner {
        Some(owner) => format!("Account {owner}"),
        None => "An account that AWS does not name".to_owned(),
    }
}
