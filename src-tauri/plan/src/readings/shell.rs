//! Quoting for a POSIX shell: names come from AWS and ClickHouse and may hold anything.

/// The text as one word of a POSIX shell. Plain words stay as they are, everything else goes into single
/// quotes, within which a shell interprets nothing.
pub fn quote(text: &str) -> String {
    let plain = !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_./:@%+,".contains(&b));
    if plain {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// A command over several lines: the program and its subcommands, then one option with its values a line.
pub(crate) fn command(program: &str, options: &[(String, Vec<String>)]) -> String {
    let mut command = program.to_owned();
    for (option, values) in options {
        command.push_str(" \\\n    ");
        command.push_str(option);
        for value in values {
            command.push(' ');
            command.push_str(&quote(value));
        }
    }
    command
}
