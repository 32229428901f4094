//! The calls to the Cloud API that Pipelink makes, and the facts they answer with.
//!
//! Each function is one operation. Nothing here decides when to call, and nothing wakes a service by
//! itself: an idle one answers 424, which comes out as [`Problem::ServiceIdle`].

use clickhouse_cloud_api::models;
use pipelink_plan::endpoint::EndpointStatus;
use pipelink_plan::facts::clickhouse::{ClickPipe, Organization, ReversePrivateEndpoint, Service};
use pipelink_plan::problem::Problem;
use reqwest::Method;
use serde_json::{Value, json};

use crate::budget::Budget;
use crate::failure::Asked;
use crate::key::ApiKey;
use crate::rows::{self, Rows};
use crate::wire::{Call, Envelope, Wire, id};

/// A key belongs to one organization, so that more pages than this are a server going round in circles.
const MOST_PAGES: usize = 50;
const ENDPOINTS: &str = "clickpipesReversePrivateEndpoints";

/// The Cloud API for one key. Clones share connections and the key's request budget.
#[derive(Debug, Clone)]
pub struct ClickHouse {
    wire: Wire,
}

impl ClickHouse {
    /// For the API at `base_url` (see [`crate::CLOUD`]). Makes no request.
    ///
    /// Every client of the same key at the same address shares one request budget.
    ///
    /// # Errors
    /// [`Problem::KeyMissing`] for a key without ID or secret; [`Problem::Refused`] for an address that is
    /// neither https nor on this computer.
    pub fn new(base_url: &str, key: ApiKey) -> Result<Self, Problem> {
        Ok(Self {
            wire: Wire::new(base_url, key, None)?,
        })
    }

    /// As [`ClickHouse::new`], with a budget of the caller's own.
    pub fn with_budget(base_url: &str, key: ApiKey, budget: Budget) -> Result<Self, Problem> {
        Ok(Self {
            wire: Wire::new(base_url, key, Some(budget))?,
        })
    }

    /// The organizations of the key: one, as a key belongs to one. Also the way to test a key.
    ///
    /// # Errors
    /// [`Problem::Malformed`] also if none of the rows could be read.
    pub async fn organizations(&self) -> Result<Vec<Organization>, Problem> {
        let asked = Asked {
            operation: "ListOrganizations",
            service_id: None,
        };
        let mut list = Vec::new();
        let mut cursor: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let page = self
                .wire
                .ask(&Call {
                    asked,
                    method: Method::GET,
                    path: &["organizations"],
                    cursor: cursor.as_deref(),
                    body: None,
                })
                .await?;
            let next = match &page.next_cursor {
                Value::String(next) if !next.is_empty() => Some(next.clone()),
                _ => None,
            };
            list.extend(array(asked, page)?);
            if next.is_none() || next == cursor {
                break;
            }
            cursor = next;
        }
        let read = Rows::read(&list, rows::organization);
        match read.odd.into_iter().next() {
            Some(odd) if read.rows.is_empty() => Err(asked.unreadable(odd.why)),
            _ => Ok(read.rows),
        }
    }

    /// The services of an organization, on every cloud.
    pub async fn services(&self, organization_id: &str) -> Result<Rows<Service>, Problem> {
        let asked = Asked {
            operation: "ListServices",
            service_id: None,
        };
        let organization_id = id(asked, "organization", organization_id)?;
        let path = ["organizations", organization_id, "services"];
        let list = self.list(asked, &path).await?;
        Ok(Rows::read(&list, |row| rows::service(organization_id, row)))
    }

    /// The reverse private endpoints of a service, of every kind.
    pub async fn endpoints(
        &self,
        organization_id: &str,
        service_id: &str,
    ) -> Result<Rows<ReversePrivateEndpoint>, Problem> {
        let list = self.raw_endpoints(organization_id, service_id).await?;
        Ok(Rows::read(&list, |row| rows::endpoint(service_id, row)))
    }

    /// One reverse private endpoint; `None` once it is gone.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the service or organization is not there, which says nothing of the
    /// endpoint.
    pub async fn endpoint(
        &self,
        organization_id: &str,
        service_id: &str,
        endpoint_id: &str,
    ) -> Result<Option<ReversePrivateEndpoint>, Problem> {
        let asked = of_service("GetReversePrivateEndpoint", service_id);
        let path = endpoint_path(asked, organization_id, service_id, endpoint_id)?;
        let answer = match self.wire.ask(&get(asked, &path)).await {
            Ok(answer) => answer.result,
            Err(Problem::NotFound { .. }) => {
                let listed = self
                    .listed(organization_id, service_id, endpoint_id)
                    .await?;
                match listed {
                    Some(row) => row,
                    None => return Ok(None),
                }
            }
            Err(problem) => return Err(problem),
        };
        rows::endpoint(service_id, &answer)
            .map(Some)
            .map_err(|why| asked.unreadable(why))
    }

    /// The endpoint as the list of its service has it. A 404 alone may come from a proxy, or mean the
    /// service; `None` here is the service's own word that it has no such endpoint.
    async fn listed(
        &self,
        organization_id: &str,
        service_id: &str,
        endpoint_id: &str,
    ) -> Result<Option<Value>, Problem> {
        let mut list = self.raw_endpoints(organization_id, service_id).await?;
        for (place, row) in list.iter().enumerate() {
            match row.get("id").and_then(Value::as_str) {
                Some(id) if id.eq_ignore_ascii_case(endpoint_id) => {
                    return Ok(Some(list.swap_remove(place)));
                }
                Some(_) => {}
                // It may be this one.
                None => {
                    return Err(of_service("ListReversePrivateEndpoints", service_id)
                        .unreadable("a row has no ID"));
                }
            }
        }
        Ok(None)
    }

    /// The `ClickPipes` of a service, as far as they tell which endpoint they use.
    pub async fn pipes(
        &self,
        organization_id: &str,
        service_id: &str,
    ) -> Result<Rows<ClickPipe>, Problem> {
        let asked = of_service("ListClickPipes", service_id);
        let path = service_path(asked, organization_id, service_id, "clickpipes")?;
        let list = self.list(asked, &path).await?;
        Ok(Rows::read(&list, rows::pipe))
    }

    /// Deletes an endpoint, which breaks the pipes that use it. One that is gone already, as the list of
    /// the service's endpoints confirms, is no error. It answers before the endpoint is gone: the status
    /// passes through `Deleting`.
    ///
    /// # Errors
    /// [`Problem::NotFound`] if the API does not find an endpoint that it lists.
    pub async fn delete_endpoint(
        &self,
        organization_id: &str,
        service_id: &str,
        endpoint_id: &str,
    ) -> Result<(), Problem> {
        let asked = of_service("DeleteReversePrivateEndpoint", service_id);
        let path = endpoint_path(asked, organization_id, service_id, endpoint_id)?;
        let call = Call {
            method: Method::DELETE,
            ..get(asked, &path)
        };
        match self.wire.send(&call).await {
            Ok(_) => Ok(()),
            Err(not_found @ Problem::NotFound { .. }) => {
                let listed = self
                    .listed(organization_id, service_id, endpoint_id)
                    .await?;
                let status = listed.as_ref().map(|row| rows::endpoint(service_id, row));
                match status {
                    None => Ok(()),
                    Some(Ok(found)) if found.status == EndpointStatus::Deleting => Ok(()),
                    Some(_) => Err(not_found),
                }
            }
            Err(problem) => Err(problem),
        }
    }

    /// Wakes an idle service, which costs money: only on the admin's word. Does not start a stopped one.
    pub async fn wake(&self, organization_id: &str, service_id: &str) -> Result<(), Problem> {
        let asked = of_service("UpdateServiceState", service_id);
        let path = service_path(asked, organization_id, service_id, "state")?;
        let call = Call {
            method: Method::PATCH,
            body: Some(&json!({"command": "awake"})),
            ..get(asked, &path)
        };
        self.wire.send(&call).await?;
        Ok(())
    }

    /// Creates an endpoint. Takes no idempotency token: after a lost answer the caller has to look for it.
    pub(crate) async fn create_endpoint(
        &self,
        organization_id: &str,
        service_id: &str,
        wanted: &models::CreateReversePrivateEndpoint,
    ) -> Result<ReversePrivateEndpoint, Problem> {
        let asked = of_service("CreateReversePrivateEndpoint", service_id);
        let body = serde_json::to_value(wanted).map_err(|error| Problem::Internal {
            message: error.to_string(),
        })?;
        let path = service_path(asked, organization_id, service_id, ENDPOINTS)?;
        let call = Call {
            method: Method::POST,
            body: Some(&body),
            ..get(asked, &path)
        };
        let answer = self.wire.ask(&call).await?;
        rows::endpoint(service_id, &answer.result).map_err(|why| asked.unreadable(why))
    }

    /// The endpoints of a service as they came.
    pub(crate) async fn raw_endpoints(
        &self,
        organization_id: &str,
        service_id: &str,
    ) -> Result<Vec<Value>, Problem> {
        let asked = of_service("ListReversePrivateEndpoints", service_id);
        let path = service_path(asked, organization_id, service_id, ENDPOINTS)?;
        self.list(asked, &path).await
    }

    /// A list without pages: the API has none for services, endpoints and pipes.
    async fn list(&self, asked: Asked<'_>, path: &[&str]) -> Result<Vec<Value>, Problem> {
        array(asked, self.wire.ask(&get(asked, path)).await?)
    }
}

fn of_service<'a>(operation: &'static str, service_id: &'a str) -> Asked<'a> {
    Asked {
        operation,
        service_id: Some(service_id),
    }
}

fn get<'a>(asked: Asked<'a>, path: &'a [&'a str]) -> Call<'a> {
    Call {
        asked,
        method: Method::GET,
        path,
        cursor: None,
        body: None,
    }
}

/// The path of something that a service has.
fn service_path<'a>(
    asked: Asked<'_>,
    organization_id: &'a str,
    service_id: &'a str,
    what: &'a str,
) -> Result<[&'a str; 5], Problem> {
    Ok([
        "organizations",
        id(asked, "organization", organization_id)?,
        "services",
        id(asked, "service", service_id)?,
        what,
    ])
}

fn endpoint_path<'a>(
    asked: Asked<'_>,
    organization_id: &'a str,
    service_id: &'a str,
    endpoint_id: &'a str,
) -> Result<[&'a str; 6], Problem> {
    let [o, o_id, s, s_id, endpoints] =
        service_path(asked, organization_id, service_id, ENDPOINTS)?;
    let endpoint_id = id(asked, "endpoint", endpoint_id)?;
    Ok([o, o_id, s, s_id, endpoints, endpoint_id])
}

/// A list that is not there is no empty list.
fn array(asked: Asked<'_>, answer: Envelope) -> Result<Vec<Value>, Problem> {
    match answer.result {
        Value::Array(list) => Ok(list),
        _ => Err(asked.unreadable("the answer holds no list")),
    }
}
