//! The command line after the command's name. Whatever is not known is refused: a mistyped flag
//! must not quietly do something else.

use std::ffi::OsString;

use crate::stop::Stop;

/// What was given: switches (`--fast`) and values (`--speed 60` or `--speed=60`).
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Flags {
    switches: Vec<String>,
    values: Vec<(String, String)>,
}

impl Flags {
    /// Reads `words`, allowing these switches and these flags with a value, each at most once.
    pub(crate) fn read(
        words: Vec<OsString>,
        switches: &[&str],
        valued: &[&str],
    ) -> Result<Self, Stop> {
        let mut flags = Self::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let word = text(word)?;
            let (name, given) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (word.as_str(), None),
            };
            if flags.has(name) || flags.value(name).is_some() {
                return Err(Stop::Usage(format!("{name} is given twice")));
            }
            if switches.contains(&name) {
                if given.is_some() {
                    return Err(Stop::Usage(format!("{name} takes no value")));
                }
                flags.switches.push(name.to_owned());
            } else if valued.contains(&name) {
                let value = match given {
                    Some(value) => value,
                    None => text(
                        words
                            .next()
                            .ok_or_else(|| Stop::Usage(format!("{name} needs a value")))?,
                    )?,
                };
                flags.values.push((name.to_owned(), value));
            } else {
                return Err(Stop::Usage(format!(
                    "`{word}` is not known here; see --help"
                )));
            }
        }
        Ok(flags)
    }

    pub(crate) fn has(&self, switch: &str) -> bool {
        self.switches.iter().any(|given| given == switch)
    }

    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.values
            .iter()
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.as_str())
    }

    /// The values in the order given, to hand on to another program.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

fn text(word: OsString) -> Result<String, Stop> {
    word.into_string()
        .map_err(|word| Stop::Usage(format!("`{}` is not valid text", word.display())))
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        reason = "a test may stop at the first surprise"
    )]

    use super::*;

    fn read(words: &[&str]) -> Result<Flags, Stop> {
        Flags::read(
            words.iter().map(OsString::from).collect(),
            &["--fast"],
            &["--speed"],
        )
    }

    #[test]
    fn both_ways_of_giving_a_value_are_the_same() {
        assert_eq!(
            read(&["--speed", "60"]).unwrap(),
            read(&["--speed=60"]).unwrap()
        );
        assert_eq!(
            read(&["--fast", "--speed=60"]).unwrap().value("--speed"),
            Some("60")
        );
        assert!(read(&["--fast"]).unwrap().has("--fast"));
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for words in [
            &["--fsat"][..],
            &["fast"],
            &["--speed"],
            &["--fast=yes"],
            &["--fast", "--fast"],
            &["--speed=1", "--speed", "2"],
            &[""],
        ] {
            match read(words) {
                Err(Stop::Usage(_)) => {}
                other => panic!("{words:?} was read as {other:?}"),
            }
        }
    }
}
