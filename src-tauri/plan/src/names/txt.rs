//! Where the TXT record may be that proves to AWS whose domain a private DNS name belongs to.

/// Every name at which AWS looks for the record, the one to recommend first: below the private DNS name or one of
/// its parent domains, or, for DNS providers that take no underscore, on the domain itself.
/// Source: AWS `PrivateLink` Guide, "Manage DNS names for VPC endpoint services".
pub fn txt_record_names(private_dns_name: &str, first_label: &str) -> Vec<String> {
    let labels: Vec<&str> = private_dns_name.split('.').collect();
    // A public domain has two labels at least.
    let domains: Vec<String> = (0..labels.len().saturating_sub(1))
        .map(|from| labels[from..].join("."))
        .collect();
    let below = domains
        .iter()
        .map(|domain| format!("{first_label}.{domain}"));
    below.chain(domains.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::txt_record_names;

    #[test]
    fn the_record_is_looked_for_below_the_name_and_its_parents_then_on_them() {
        assert_eq!(
            txt_record_names("kafka.example.com", "_6e86"),
            [
                "_6e86.kafka.example.com",
                "_6e86.example.com",
                "kafka.example.com",
                "example.com",
            ]
        );
    }
}
