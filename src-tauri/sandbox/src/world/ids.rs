//! Identifiers in the shapes of their services. Random: no client may guess one.

use uuid::Uuid;

/// `prefix-` and 17 hexadecimal digits, as EC2 and VPC Lattice name things.
pub(crate) fn hex17(prefix: &str) -> String {
    format!("{prefix}-{}", random(17))
}

/// Lower-case hexadecimal digits; at most 32.
pub(crate) fn random(length: usize) -> String {
    let mut digits = Uuid::new_v4().simple().to_string();
    // The 13th and 17th digit of a UUID are not random: take from both ends.
    digits.replace_range(12..17, "");
    while digits.len() < length {
        digits.push_str(&Uuid::new_v4().simple().to_string()[..12]);
    }
    digits.truncate(length);
    digits
}

/// Upper-case letters and digits of an access key's alphabet.
pub(crate) fn upper(length: usize) -> String {
    random(length)
        .to_uppercase()
        .replace('0', "Q")
        .replace('1', "Z")
}
