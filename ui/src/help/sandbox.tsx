// Help of the sandbox's panel.
import type { PageHelp } from "../frame/Help";

export const sandboxHelp: PageHelp = {
  title: "Sandbox",
  body: (
    <>
      <p>
        The sandbox answers like AWS and ClickHouse, on this computer and without either. Here you disturb it, to see
        what Pipelink does then and to practise. Nothing on this page exists for a real account.
      </p>
      <h3>Time</h3>
      <p>
        Everything in the sandbox lives by its clock. At 60x a step that takes a minute in AWS takes a second. Move it on
        to see a deletion window end. A stopped clock stops runs where they wait.
      </p>
      <h3>Exercises</h3>
      <p>
        Each one prepares a situation. The goal is judged by what is in the sandbox, however you get there. Begin it
        again whenever you like.
      </p>
      <h3>What goes wrong</h3>
      <p>
        A fault strikes one call, so often as you say, whoever makes it. "The answer gets lost after it is done" is the
        one that makes people create things twice: Pipelink looks for what carries the run's ID and takes it over.
      </p>
      <h3>Another operator</h3>
      <p>
        Somebody else works in the same account. What they change is not undone by Pipelink, and Pipelink does not
        overwrite it unasked.
      </p>
      <h3>Grace period</h3>
      <p>
        ClickHouse does not say from when its grace period counts. Pipelink assumes that it starts when the endpoint
        enters its status. Choose the other start to see what that would mean.
      </p>
    </>
  ),
};
