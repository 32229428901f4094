// Help of the account picker and of the first start.
import type { PageHelp } from "../frame/Help";

const profiles = (
  <>
    <h3>AWS profiles</h3>
    <p>
      They come from the AWS files of this computer, as the AWS command line uses them. Pipelink stores no AWS credentials
      and sends none to this page. Before anything is written it shows who acts, and where.
    </p>
    <p>
      A profile that has expired is signed in to again in a terminal, with the command that stands beside it. A profile of
      a kind that Pipelink does not use yet says so in its row.
    </p>
    <h3>Sandbox</h3>
    <p>A simulated account and organization on this computer. Nothing in it is real, and nothing is billed.</p>
  </>
);

export const accountsHelp: PageHelp = {
  title: "Accounts",
  body: (
    <>
      <p>
        Everything in this window belongs to the account in use: its endpoints, its runs, and the ClickHouse key. The top
        bar names it on every page.
      </p>
      {profiles}
    </>
  ),
};

export const startHelp: PageHelp = {
  title: "First start",
  body: (
    <>
      <p>
        Pipelink connects a private database in your AWS account with ClickHouse ClickPipes, through AWS PrivateLink.
        Choose where to work: in the sandbox, or in one of your AWS accounts.
      </p>
      {profiles}
    </>
  ),
};
