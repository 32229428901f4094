// Help of the runs page and of one run.
import type { PageHelp } from "../frame/Help";

const choices = (
  <dl>
    <dt>Continue</dt>
    <dd>Goes on with the step where the run stands still. What is made already is not made again.</dd>
    <dt>Look again</dt>
    <dd>Looks for the result of a call whose answer got lost. This is safe at any time.</dd>
    <dt>Send again</dt>
    <dd>Makes that call once more. Only if you know that nothing was made: else there are two afterwards.</dd>
    <dt>Stop waiting</dt>
    <dd>
      Ends a long wait in the middle. What was asked of AWS, ClickHouse or you goes on, and the run looks at it again when
      you continue.
    </dd>
    <dt>Undo</dt>
    <dd>
      Removes what the run made, last thing first, and nothing else. Settings that it changed are set back. Multi-VPC
      connectivity stays on, and billed, unless you tick it, since others may use it. It can be turned off later too.
    </dd>
    <dt>Leave as it is</dt>
    <dd>Ends the run. What it made remains, and may be billed, until somebody removes it.</dd>
  </dl>
);

export const runsHelp: PageHelp = {
  title: "Runs",
  body: (
    <>
      <p>
        A run carries out one plan. Each step is written to the journal before its call is made, so that a run outlives
        the window, the program and the computer's sleep.
      </p>
      <h3>Unfinished runs</h3>
      <p>They say what is known and what is not. A run belongs to its account and region, and is continued only there.</p>
      {choices}
    </>
  ),
};

export const runHelp: PageHelp = {
  title: "Run",
  body: (
    <>
      <p>
        One run, live. You may close the window at any time: the run stops then, and nothing of it is lost. At the next
        start you continue it, undo it, or leave it as it is.
      </p>
      <h3>Steps</h3>
      <p>
        Each step names whose turn it is: AWS's, ClickHouse's, or yours. Times are the account's. "Not known" means that
        a call was sent and no answer came: Pipelink has looked, and asks you.
      </p>
      <h3>When it is your turn</h3>
      <p>
        The notice on top says what to do, with the values to copy: a TXT record to publish, an endpoint to create in
        ClickHouse, or a connection to accept. The run looks by itself, and goes on when it is done.
      </p>
      <h3>Connections</h3>
      <p>
        Everybody whom the endpoint service lets in can ask for a connection, and all of ClickHouse's customers come from
        the same account. Pipelink offers to accept only a connection whose owner and endpoint ID are those that ClickHouse
        reports for your endpoint. Anything else can only be rejected.
      </p>
      {choices}
      <h3>Delete what this run made</h3>
      <p>
        Possible at any later time. Pipelink first names what would break, in the order of deletion. What was there
        before the run is not touched.
      </p>
      <h3>Change security groups</h3>
      <p>
        Gives the gateway other security groups. That is a run of its own: undoing it sets the previous groups again,
        unless somebody has changed them meanwhile.
      </p>
      <h3>What stays in AWS</h3>
      <p>What AWS bills is marked: by the GB for the data that goes through it, by the hour for as long as it exists.</p>
    </>
  ),
};
