//! Who a request says it is from and for: the access key and the credential scope of its `SigV4`
//! header. The signature itself is not verified: the sandbox listens on loopback only, guards
//! nothing, and hands its keys to whoever may read the caller's files anyway. What matters for the
//! simulation is that an unknown key is refused the way AWS refuses it.

/// The credential of an `Authorization: AWS4-HMAC-SHA256 …` header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Credential {
    pub(crate) access_key_id: String,
    pub(crate) region: String,
    /// The signing name: `ec2`, `vpc-lattice`, ...
    pub(crate) service: String,
}

/// Reads the header; `None` when it is not a `SigV4` header or its scope is malformed.
pub(crate) fn credential(authorization: &str) -> Option<Credential> {
    let parameters = authorization.strip_prefix("AWS4-HMAC-SHA256 ")?;
    let credential = parameters
        .split(',')
        .find_map(|parameter| parameter.trim().strip_prefix("Credential="))?;
    let mut parts = credential.split('/');
    let (access_key_id, _date) = (parts.next()?, parts.next()?);
    let (region, service) = (parts.next()?, parts.next()?);
    (parts.next()? == "aws4_request" && parts.next().is_none()).then(|| Credential {
        access_key_id: access_key_id.to_owned(),
        region: region.to_owned(),
        service: service.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scope_says_service_and_region() {
        let header = "AWS4-HMAC-SHA256 Credential=AKIAX/20261123/us-east-2/vpc-lattice/aws4_request, \
                      SignedHeaders=host;x-amz-date, Signature=00";
        let read = credential(header);
        assert_eq!(
            read.map(|c| (c.access_key_id, c.region, c.service)),
            Some(("AKIAX".into(), "us-east-2".into(), "vpc-lattice".into()))
        );
        assert_eq!(credential("Basic eDp5"), None);
        assert_eq!(
            credential("AWS4-HMAC-SHA256 Credential=AKIAX/20261123"),
            None
        );
    }
}
