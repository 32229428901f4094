//! Many calls of one kind at once, but not all at once: AWS throttles bursts per account, and other tools
//! of the account share the allowance.

use std::future::Future;

use pipelink_plan::problem::Problem;
use tokio::task::JoinSet;

/// How many calls of one kind are under way at most.
const AT_ONCE: usize = 16;

/// Does one thing for each item, a bounded number at a time. The answers keep the items' order; the first
/// problem ends it and stops the rest.
pub(crate) async fn for_each<I, T, F>(
    items: Vec<I>,
    call: impl Fn(I) -> F,
) -> Result<Vec<T>, Problem>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Problem>> + Send + 'static,
{
    let mut answers = Vec::with_capacity(items.len());
    let mut under_way = JoinSet::new();
    let mut waiting = items.into_iter().enumerate();
    loop {
        while under_way.len() < AT_ONCE {
            let Some((place, item)) = waiting.next() else {
                break;
            };
            let answer = call(item);
            under_way.spawn(async move { (place, answer.await) });
        }
        match under_way.join_next().await {
            None => break,
            Some(Ok((place, answer))) => answers.push((place, answer?)),
            Some(Err(failed)) => {
                return Err(Problem::Internal {
                    message: failed.to_string(),
                });
            }
        }
    }
    answers.sort_unstable_by_key(|(place, _)| *place);
    Ok(answers.into_iter().map(|(_, answer)| answer).collect())
}
