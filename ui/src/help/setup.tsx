// What the help panel says beside each step of the wizard: what the step is for, what the words mean, what to know.
import type { PageHelp } from "../frame/Help";
import type { StepName } from "../setup/draft";

export const setupHelp: Record<StepName, PageHelp> = {
  source: {
    title: "Source and path",
    body: (
      <>
        <p>Choose what ClickPipes is to reach. Nothing is created before the last step.</p>
        <h3>Three kinds of source</h3>
        <dl>
          <dt>A database of this account</dt>
          <dd>
            An RDS or Aurora cluster or instance, named by its ARN: AWS finds its address itself. It must not be publicly
            accessible.
          </dd>
          <dt>A domain name</dt>
          <dd>
            Anything that a VPC reaches by name; the gateway looks the name up. A name that leads outside the VPC needs a
            way out of it, such as a NAT gateway.
          </dd>
          <dt>An IP address</dt>
          <dd>A private IPv4 address. The connection does not follow when the source moves to another one.</dd>
        </dl>
        <h3>Where names are looked up</h3>
        <p>
          A gateway looks its names up either in public DNS or with the resolver of its VPC, and cannot be changed later.
          Names in private hosted zones need the resolver of the VPC. A gateway that uses it takes no database by its
          ARN: for that, another gateway is made.
        </p>
        <h3>The path</h3>
        <p>
          Pipelink uses a VPC resource: a resource gateway in your VPC, a resource configuration that leads to the source,
          and a resource share with the AWS account of ClickPipes.
        </p>
      </>
    ),
  },
  account: {
    title: "Account and region",
    body: (
      <>
        <p>Everything is created in the account and region shown here, with the identity shown here.</p>
        <h3>The ClickHouse service</h3>
        <p>
          The endpoint belongs to one service. Its ClickPipes run in one AWS region, which need not be the region of the
          service: it depends on the service&apos;s region and on the day it was created. A VPC resource works only where
          that region is the region of the source.
        </p>
        <h3>Who creates the endpoint</h3>
        <ul>
          <li>With a ClickHouse API key, Pipelink creates it and waits until it is Ready.</li>
          <li>
            Without one, you paste two values into ClickHouse at the end, and Pipelink watches for the share to be
            accepted.
          </li>
        </ul>
        <p>The key is entered in the settings. What you chose here is kept meanwhile.</p>
      </>
    ),
  },
  network: {
    title: "Resource and network",
    body: (
      <>
        <p>The best fit is chosen already. Change it where you know better.</p>
        <h3>Use what is there, or make new ones</h3>
        <p>
          A resource gateway serves many configurations, and a configuration can be shared many times. What this run uses
          and does not make stays as it is, also when the run is undone. A share serves one endpoint only, so there is
          always a new one.
        </p>
        <h3>Subnets</h3>
        <p>
          The gateway takes sixteen addresses in a row in each subnet, and the endpoint as many again: two free /28
          blocks. Zones are compared by AZ ID, which means the same zone in every account. The subnets of a gateway cannot
          be changed later.
        </p>
        <h3>Security groups</h3>
        <p>
          The groups of the gateway have to let it out to the port of the source, and those of the source have to let it
          in. They can be changed later.
        </p>
      </>
    ),
  },
  checks: {
    title: "Checks",
    body: (
      <>
        <p>
          AWS and ClickHouse are read afresh, and everything is looked at that would make the endpoint fail later. Nothing
          is written.
        </p>
        <dl>
          <dt>Failure</dt>
          <dd>The endpoint would fail. Put it right, then check again.</dd>
          <dt>Warning</dt>
          <dd>It works, or may work, and there is something to know. Going on takes a tick.</dd>
          <dt>Not known</dt>
          <dd>
            The check could not be answered, for instance for want of a right. It is never taken for passed, and going on
            takes a tick.
          </dd>
          <dt>Passed</dt>
          <dd>Looked at, and good. What was looked at is in the folded list.</dd>
        </dl>
        <p>The ticks are kept with the run. Every check is repeated once more before the run begins.</p>
      </>
    ),
  },
  review: {
    title: "Review",
    body: (
      <>
        <p>All that will be created, call by call. Nothing is created before you press the button that names the account.</p>
        <dl>
          <dt>Steps</dt>
          <dd>What will exist afterwards, the call, the right it needs, how it is undone, and what is billed.</dd>
          <dt>AWS CLI</dt>
          <dd>The same calls for a terminal, and for ClickHouse with curl.</dd>
          <dt>IAM policy</dt>
          <dd>The least rights for exactly this set-up, in parts: to look, to create, to undo.</dd>
        </dl>
        <h3>Prices</h3>
        <p>
          What AWS bills is marked, with its measure. The price comes from the AWS Price List at this moment, in AWS&apos;s own
          words; where it cannot be read it is not known, and you can go on all the same.
        </p>
        <h3>After that</h3>
        <p>
          The run goes on by itself for as long as the window is open. Close it, and the run stops and waits: it can be
          continued, undone or left as it is at any later time. Undoing removes only what the run made.
        </p>
      </>
    ),
  },
};
