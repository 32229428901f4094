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

/// How many other records are told, and how much of each.
const TOLD: usize = 2;
const LETTERS: usize = 48;

/// What was found where the record should be, in one line: what AWS asked for in some other form first. Whoever keeps
/// the domain's DNS wrote it, so that nothing but plain letters is told, and the order in which DNS answers does not
/// matter.
pub fn other_txt_records(found: &[String]) -> String {
    let mut texts: Vec<&str> = found.iter().map(String::as_str).collect();
    texts.sort_unstable_by_key(|text| (!text.starts_with("vpce:"), *text));
    texts.dedup();
    if texts.is_empty() {
        return "no TXT record yet".to_owned();
    }
    let told: Vec<String> = texts.iter().take(TOLD).map(|text| shown(text)).collect();
    let more = match texts.len().saturating_sub(TOLD) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "TXT records, but none with this value: {}{more}",
        told.join(", ")
    )
}

fn shown(text: &str) -> String {
    let plain: String = text
        .chars()
        .take(LETTERS)
        .map(|letter| match letter {
            '"' => '\'',
            ' '..='~' => letter,
            _ => '?',
        })
        .collect();
    let cut = if text.chars().count() > LETTERS {
        "…"
    } else {
        ""
    };
    format!("\"{plain}{cut}\"")
}

#[cfg(test)]
mod tests {
    use super::{other_txt_records, txt_record_names};

    #[test]
    fn other_records_are_told_plainly_shortly_and_in_one_order() {
        let told = |found: &[&str]| {
            let found: Vec<String> = found.iter().map(|it| (*it).to_owned()).collect();
            other_txt_records(&found)
        };
        assert_eq!(told(&[]), "no TXT record yet");
        let expected = "TXT records, but none with this value: \"vpce:old\", \"a\" and 1 more";
        assert_eq!(told(&["v=spf1 -all", "a", "vpce:old", "a"]), expected);
        assert_eq!(told(&["a", "vpce:old", "v=spf1 -all"]), expected);
        assert_eq!(
            told(&["\u{202e}x\n\"</b>"]),
            "TXT records, but none with this value: \"?x?'</b>\""
        );
        let long = told(&["ü".repeat(200).as_str()]);
        assert!(
            long.ends_with("?…\"") && long.chars().count() < 100,
            "{long}"
        );
    }

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
